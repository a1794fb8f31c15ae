import { useEffect, useRef } from 'react';
import type { AssetId, Ratio, Timeline } from '#shared/model/index.ts';
import type { Transport } from '../../preview/transport.ts';
import { rememberedAtom, useAtom } from '../../state/index.ts';
import { cn, useCommands } from '../../ui/index.ts';
import { PlayerBar } from './player-bar.tsx';
import { playerCommands } from './player-commands.ts';
import { ScrubBar } from './scrub-bar.tsx';
import { Stage } from './stage.tsx';
import { useSources } from './use-sources.ts';
import { useOwnTransport } from './use-transport.ts';

/** Properties of {@link SequencePlayer}. */
export interface SequencePlayerProps {
  /** What to play: from flattenSequence or flattenVariant. Keep its identity while nothing changed. */
  timeline: Timeline;
  ratio: Ratio;
  /** Shows the ratio switch when given. */
  onRatioChange?: (ratio: Ratio) => void;
  /** Shared with a timeline; a player of its own (with a scrub bar) when left out. */
  transport?: Transport;
  isAutoPlaying?: boolean;
  /** Asks the user where a missing file is now. */
  onRelink?: ((assetId: AssetId) => void) | undefined;
  className?: string;
}

const safeFrameAtom = rememberedAtom('player.safeFrame', false);

/** Plays a timeline in one ratio; fills its parent. */
export function SequencePlayer(props: SequencePlayerProps) {
  const { timeline, ratio, onRatioChange, isAutoPlaying = false, onRelink, className } = props;
  const transport = useOwnTransport(props.transport);
  const { sources } = useSources(timeline);
  const root = useRef<HTMLElement>(null);
  const [isSafeFrameShown, setSafeFrameShown] = useAtom(safeFrameAtom);

  useEffect(() => transport.setTimeline(timeline.lengthFrames, timeline.rate), [transport, timeline]);
  useEffect(() => {
    if (isAutoPlaying) transport.play();
  }, [isAutoPlaying, transport]);

  const toggleFullScreen = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void root.current?.requestFullscreen().catch(() => undefined);
  };
  const toggleSafeFrame = () => setSafeFrameShown((isShown) => !isShown);
  useCommands(playerCommands(transport, { toggleFullScreen, toggleSafeFrame }));

  return (
    <section ref={root} aria-label="Player" className={cn('flex min-h-0 min-w-0 grow flex-col bg-app', className)}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the play button below */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Space plays */}
      <div
        className="flex min-h-0 grow flex-col p-3"
        onClick={(event) =>
          event.target instanceof HTMLCanvasElement || (event.target as Element).closest('button')
            ? undefined
            : transport.toggle()
        }
      >
        <Stage
          timeline={timeline}
          ratio={ratio}
          sources={sources}
          transport={transport}
          isSafeFrameShown={isSafeFrameShown}
          onRelink={onRelink}
        />
      </div>
      {!props.transport && <ScrubBar transport={transport} />}
      <PlayerBar
        transport={transport}
        ratio={ratio}
        onRatioChange={onRatioChange}
        isSafeFrameShown={isSafeFrameShown}
        onSafeFrame={toggleSafeFrame}
        onFullScreen={toggleFullScreen}
      />
    </section>
  );
}
