import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import type { AssetId, Ratio, Timeline } from '#shared/model/index.ts';
import type { Transport } from '../../preview/transport.ts';
import { cn, useCommands } from '../../ui/index.ts';
import { useOverlay } from './overlay-choice.ts';
import { qualityCommands, usePlaybackQuality } from './playback-quality.tsx';
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
  /** A scrub bar all the same. */
  hasScrubBar?: boolean;
  isAutoPlaying?: boolean;
  /** Asks the user where a missing file is now. */
  onRelink?: ((assetId: AssetId) => void) | undefined;
  /** More buttons for the bar. */
  extra?: ReactNode;
  /** Lies over the picture, as large as it. */
  children?: ReactNode;
  className?: string;
}

/** Plays a timeline in one ratio; fills its parent. */
export function SequencePlayer(props: SequencePlayerProps) {
  const { timeline, ratio, onRatioChange, isAutoPlaying = false, onRelink, extra, children, className } = props;
  const transport = useOwnTransport(props.transport);
  const { sources } = useSources(timeline);
  const root = useRef<HTMLElement>(null);
  const overlay = useOverlay(ratio);
  const [, chooseQuality] = usePlaybackQuality();

  useEffect(() => transport.setTimeline(timeline.lengthFrames, timeline.rate), [transport, timeline]);
  useEffect(() => {
    if (isAutoPlaying) transport.play();
  }, [isAutoPlaying, transport]);

  const toggleFullScreen = useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void root.current?.requestFullscreen().catch(() => undefined);
  }, []);
  useCommands([
    ...playerCommands(transport, { toggleFullScreen, overlay, showRatio: onRatioChange }),
    ...qualityCommands(chooseQuality),
  ]);

  return (
    <section
      ref={root}
      aria-label="Player"
      tabIndex={-1}
      data-area
      className={cn('ring-inset-focus flex min-h-0 min-w-0 grow flex-col bg-app', className)}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the play button below */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Space plays */}
      <div
        className="dark-area flex min-h-0 grow flex-col bg-app p-3"
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
          overlay={overlay.isShown ? overlay.choice : null}
          onRelink={onRelink}
        >
          {children}
        </Stage>
      </div>
      {(!props.transport || props.hasScrubBar) && <ScrubBar transport={transport} />}
      <PlayerBar
        transport={transport}
        ratio={ratio}
        onRatioChange={onRatioChange}
        onFullScreen={toggleFullScreen}
        extra={extra}
      />
    </section>
  );
}
