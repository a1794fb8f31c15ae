import { Loader, Pause, Play } from 'lucide-react';
import { lazy, Suspense, useRef } from 'react';
import { fullSizes, type Timeline } from '#shared/model/index.ts';
import { usePlayingCard, useShownRatio } from '../../state/index.ts';
import { cn } from '../../ui/index.ts';
import { PosterPicture } from './poster-picture.tsx';

const PlayInPlace = lazy(() => import('./play-in-place.tsx').then((module) => ({ default: module.PlayInPlace })));

interface PlayablePictureProps {
  /** Of the card or cell; at most one plays. */
  id: string;
  name: string;
  /** Null: there is nothing to play. */
  timeline: Timeline | null;
  className?: string;
  /** −1 where something around it is reached by Tab instead. */
  tabIndex?: number;
}

/** How long the pointer rests before it plays. */
const dwellMs = 450;

/** The poster of a timeline; plays in place: without sound while the pointer rests on it, with sound by click or Space. */
export function PlayablePicture({ id, name, timeline, className, tabIndex }: PlayablePictureProps) {
  const [playing, setPlaying] = usePlayingCard();
  const [ratio] = useShownRatio();
  const dwell = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isPlaying = playing?.id === id;
  const canPlay = timeline !== null && timeline.lengthFrames > 0;
  const { width, height } = fullSizes[ratio];
  const stopDwell = () => clearTimeout(dwell.current);
  const toggle = () => {
    stopDwell();
    if (!canPlay) return;
    setPlaying(isPlaying && !playing.isMuted ? null : { id, isMuted: false });
  };
  return (
    <button
      type="button"
      aria-label={isPlaying && !playing.isMuted ? `Stop ${name}` : `Play ${name}`}
      disabled={!canPlay}
      tabIndex={tabIndex}
      onClick={toggle}
      onPointerEnter={() => {
        if (!canPlay || playing) return;
        dwell.current = setTimeout(() => setPlaying({ id, isMuted: true }), dwellMs);
      }}
      onPointerLeave={() => {
        stopDwell();
        if (isPlaying && playing.isMuted) setPlaying(null);
      }}
      // One target for the whole surface: a double click must survive that the picture under it starts to play.
      className={cn(
        'ring-inset-focus group/play relative block w-full overflow-hidden dark-area bg-black *:pointer-events-none',
        className,
      )}
      style={{ aspectRatio: `${width} / ${height}` }}
    >
      {timeline && <PosterPicture timeline={timeline} ratio={ratio} />}
      {isPlaying && timeline && (
        <span className="absolute inset-0 flex" aria-hidden>
          <Suspense fallback={<Loader className="m-auto size-5 animate-spin text-ink-2" aria-hidden />}>
            <PlayInPlace timeline={timeline} ratio={ratio} isMuted={playing.isMuted} onEnd={() => setPlaying(null)} />
          </Suspense>
        </span>
      )}
      {canPlay && (
        <span
          aria-hidden
          className="absolute right-1.5 bottom-1.5 flex size-6 items-center justify-center rounded-full bg-black/65 text-white opacity-0 transition-opacity group-hover/play:opacity-100 group-focus-visible/play:opacity-100"
        >
          {isPlaying && !playing.isMuted ? <Pause className="size-3" /> : <Play className="ml-px size-3" />}
        </span>
      )}
    </button>
  );
}
