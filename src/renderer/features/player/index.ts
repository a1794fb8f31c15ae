export { useOverlay } from './overlay-choice.ts';
export { keepFocus, PlayerBar } from './player-bar.tsx';
export { playerCommands } from './player-commands.ts';
export { ScrubBar } from './scrub-bar.tsx';
export { SequencePlayer, type SequencePlayerProps } from './sequence-player.tsx';
export { Stage } from './stage.tsx';
export { TimecodeField } from './timecode.tsx';
export { assetIdsOf, useSources } from './use-sources.ts';
export { useOwnTransport, useTransportState } from './use-transport.ts';
