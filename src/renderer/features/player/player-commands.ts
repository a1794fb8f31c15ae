import { type Ratio, ratios } from '#shared/model/index.ts';
import type { Transport } from '../../preview/transport.ts';
import type { Command } from '../../ui/index.ts';
import type { Overlay } from './overlay-choice.ts';

/** Frames a step with Shift moves. */
const bigStepFrames = 10;

/** Keys of every player: the same in the timeline, the source viewer and the variant player. */
export function playerCommands(
  transport: Transport,
  extra: {
    toggleFullScreen?: () => void;
    overlay?: Pick<Overlay, 'toggle' | 'next'>;
    showRatio?: ((ratio: Ratio) => void) | undefined;
  } = {},
): Command[] {
  const group = 'Player';
  const last = () => transport.getState().lengthFrames - 1;
  const step = (id: string, label: string, keys: string, frames: number): Command => ({
    id: `player.${id}`,
    label,
    group,
    keys,
    run: () => transport.step(frames),
    isHidden: true,
    repeats: true,
  });
  const commands: Command[] = [
    { id: 'player.play', label: 'Play or pause', group, keys: ['Space', 'K'], run: () => transport.toggle() },
    { id: 'player.back', label: 'Play backwards, faster', group, keys: 'J', run: () => transport.shuttle(-1) },
    { id: 'player.forward', label: 'Play forwards, faster', group, keys: 'L', run: () => transport.shuttle(1) },
    step('previousFrame', 'One frame back', 'ArrowLeft', -1),
    step('nextFrame', 'One frame on', 'ArrowRight', 1),
    step('previousFrames', 'Ten frames back', 'Shift+ArrowLeft', -bigStepFrames),
    step('nextFrames', 'Ten frames on', 'Shift+ArrowRight', bigStepFrames),
    { id: 'player.start', label: 'Go to the start', group, keys: 'Home', run: () => transport.seek(0) },
    { id: 'player.end', label: 'Go to the end', group, keys: 'End', run: () => transport.seek(last()) },
    {
      id: 'player.loop',
      label: 'Loop',
      group,
      keys: 'Alt+L',
      run: () => transport.setLooping(!transport.getState().isLooping),
    },
    {
      id: 'player.mute',
      label: 'Mute the player',
      group,
      keys: 'Alt+M',
      run: () => transport.setMuted(!transport.getState().isMuted),
    },
  ];
  if (extra.toggleFullScreen)
    commands.push({ id: 'player.fullScreen', label: 'Full screen', group, keys: 'F', run: extra.toggleFullScreen });
  if (extra.overlay) {
    const { toggle, next } = extra.overlay;
    commands.push(
      { id: 'player.safeZones', label: 'Show or hide safe zones', group, keys: 'Shift+S', run: toggle },
      { id: 'player.nextSafeZones', label: 'Safe zones of the next placement', group, keys: 'Alt+Shift+S', run: next },
    );
  }
  const { showRatio } = extra;
  if (showRatio)
    commands.push(
      ...ratios.map((ratio, index) => ({
        ...{ id: `player.ratio${ratio}`, label: `Show ${ratio}`, group, keys: `Alt+${index + 1}` },
        run: () => showRatio(ratio),
      })),
    );
  return commands;
}
