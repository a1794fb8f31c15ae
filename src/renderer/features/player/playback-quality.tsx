import { Gauge } from 'lucide-react';
import type { PreviewQuality } from '../../preview/backend.ts';
import type { Transport } from '../../preview/transport.ts';
import { rememberedAtom, useAtom } from '../../state/index.ts';
import { type Command, IconButton, Menu, type MenuItem, Tooltip } from '../../ui/index.ts';
import { useTransportState } from './use-transport.ts';

const qualities: readonly { quality: PreviewQuality; label: string }[] = [
  { quality: 'full', label: 'Full' },
  { quality: 'half', label: 'Half' },
  { quality: 'quarter', label: 'Quarter' },
];

const qualityAtom = rememberedAtom<PreviewQuality>('player.quality', 'full', (value) =>
  qualities.some(({ quality }) => quality === value),
);

/** How finely moving pictures are drawn, for all players; remembered. */
export const usePlaybackQuality = () => useAtom(qualityAtom);

/** The same as commands. */
export function qualityCommands(choose: (quality: PreviewQuality) => void): Command[] {
  return qualities.map(({ quality, label }) => ({
    ...{ id: `player.quality.${quality}`, label: `Playback quality: ${label.toLowerCase()}`, group: 'Player' },
    run: () => choose(quality),
  }));
}

/** Chooses {@link usePlaybackQuality}. */
export function PlaybackQualityMenu() {
  const [chosen, choose] = usePlaybackQuality();
  const items: MenuItem[] = [
    { kind: 'heading', label: 'Picture while playing' },
    ...qualities.map(({ quality, label }) => ({
      ...{ label, isChecked: quality === chosen },
      onSelect: () => choose(quality),
    })),
  ];
  const name = qualities.find(({ quality }) => quality === chosen)?.label ?? 'Full';
  return (
    <Menu items={items} align="end" side="top">
      <IconButton
        className="@max-[560px]:hidden"
        label={`Playback quality: ${name}`}
        isActive={chosen === 'full' ? undefined : true}
        tooltipSide="top"
      >
        <Gauge />
      </IconButton>
    </Menu>
  );
}

/** How many frames the player left out since it began to play; nothing while it leaves out none. */
export function DroppedFrames({ transport }: { transport: Transport }) {
  const count = useTransportState(transport, (state) => state.droppedFrames);
  const isFull = usePlaybackQuality()[0] === 'full';
  if (count === 0) return null;
  const help = isFull ? ' A lower playback quality may help.' : '';
  return (
    <Tooltip label={`Frames that could not be shown in time since it began to play. The export has them all.${help}`}>
      <span className="tabular shrink-0 text-xs text-ink-3 @max-[720px]:hidden">{count} dropped</span>
    </Tooltip>
  );
}
