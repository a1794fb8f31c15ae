import { ChevronLeft, ChevronRight, LayoutGrid } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { exportUrl, useMediaBase } from '../../engine/index.ts';
import { useReviewView } from '../../state/index.ts';
import { IconButton } from '../../ui/index.ts';
import { useOwnTransport } from '../player/index.ts';
import { BesideBar, BesideStage } from './beside-stage.tsx';
import { Film, FilmRoom } from './film.tsx';
import { MissingFile } from './missing-file.tsx';
import { PhoneStage } from './phone-stage.tsx';
import { type PlayerDeeds, useLoadedFilm, usePlayerDeeds } from './player-deeds.ts';
import { ProgressLine } from './progress-line.tsx';
import { ReviewBar } from './review-bar.tsx';
import { nextUndecided, type ReviewItem } from './review-list.ts';
import { useReview } from './review-model.tsx';
import { ReviewPanel } from './review-panel.tsx';
import { ReviewScrubBar } from './review-scrub-bar.tsx';
import { isPlayable } from './seams.ts';
import { type SeamNow, useSeams } from './use-seams.ts';

/** One finished file, large, with everything to judge it by. */
export function ReviewPlayer({ shown }: { shown: ReviewItem }) {
  const { visible } = useReview();
  const [view] = useReviewView();
  const transport = useOwnTransport();
  const swapping = useRef<string | null>(null);
  const beside =
    view.besideId === shown.file.id ? null : (visible.find(({ file }) => file.id === view.besideId) ?? null);
  useLoadedFilm(transport, { shown, beside, swapping });
  const seam = useSeams(transport, shown);
  const deeds = usePlayerDeeds(transport, shown, swapping);
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    // A note that is in writing from the start has the focus already.
    if (!root.current?.contains(document.activeElement)) root.current?.focus({ preventScroll: true });
  }, []);
  const canPlay = isPlayable(shown.file);
  return (
    <section ref={root} tabIndex={-1} aria-label="Review player" className="flex min-h-0 grow flex-col outline-none">
      <PlayerHeader shown={shown} deeds={deeds} />
      <div className="flex min-h-0 grow">
        <div className="flex min-w-0 grow flex-col bg-app">
          <FilmRoom transport={transport}>
            {!canPlay && <MissingFile item={shown} />}
            {canPlay && beside && <BesideStage shown={shown} beside={beside} />}
            {canPlay && !beside && view.isPhone && <PhoneStage file={shown.file} transport={transport} />}
            {canPlay && !beside && !view.isPhone && (
              <div className="relative flex min-h-0 grow justify-center p-3">
                <Film key={shown.file.id} file={shown.file} />
                {seam && <SeamCaption now={seam} deeds={deeds} />}
              </div>
            )}
          </FilmRoom>
          {beside && <BesideBar deeds={deeds} />}
          {canPlay && <ReviewScrubBar transport={transport} shown={shown} />}
          {canPlay && <ReviewBar transport={transport} shown={shown} deeds={deeds} />}
        </div>
        <ReviewPanel shown={shown} transport={transport} deeds={deeds} />
      </div>
      <NextFilm shown={shown} />
    </section>
  );
}

function PlayerHeader({ shown, deeds }: { shown: ReviewItem; deeds: PlayerDeeds }) {
  const { visible, open } = useReview();
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-2">
      <IconButton label="Contact sheet" shortcut="Escape" onClick={() => open(null)}>
        <LayoutGrid />
      </IconButton>
      <h2 className="min-w-0 truncate text-base font-semibold" title={shown.file.fileName}>
        {shown.file.variantName}
      </h2>
      <div className="grow" />
      <ProgressLine className="max-[1000px]:hidden" />
      <span className="tabular ml-3 flex items-center gap-1 text-sm whitespace-nowrap text-ink-3">
        <IconButton label="File before" shortcut="PageUp" disabled={deeds.index <= 0} onClick={() => deeds.go(-1)}>
          <ChevronLeft />
        </IconButton>
        {deeds.index < 0 ? `Filtered out, ${visible.length} shown` : `${deeds.index + 1} of ${visible.length}`}
        <IconButton
          label="File behind"
          shortcut="PageDown"
          disabled={deeds.index >= visible.length - 1}
          onClick={() => deeds.go(1)}
        >
          <ChevronRight />
        </IconButton>
      </span>
    </header>
  );
}

function SeamCaption({ now, deeds }: { now: SeamNow; deeds: PlayerDeeds }) {
  const { visible } = useReview();
  const [view] = useReviewView();
  return (
    <div
      role="status"
      aria-label="Cut"
      className="pointer-events-none absolute inset-x-3 top-3 flex justify-center text-center"
    >
      <p className="rounded-md dark-area bg-black/75 px-3 py-1.5 text-base text-ink">
        <strong className="font-semibold">{now.seam.before}</strong>
        <span className="px-1.5 text-ink-3" role="img" aria-label="then">
          →
        </span>
        <strong className="font-semibold">{now.seam.after}</strong>
        <span className="tabular block text-xs text-ink-2">
          cut {now.number} of {now.count}
          {view.seams === 'all' && ` · file ${deeds.index + 1} of ${visible.length}`}
        </span>
      </p>
    </div>
  );
}

/** Reads the beginning of the file that comes next, so that it plays at once. */
function NextFilm({ shown }: { shown: ReviewItem }) {
  const { visible } = useReview();
  const mediaBase = useMediaBase();
  const next = nextUndecided(visible, shown.file.id);
  if (!next || !isPlayable(next.file) || mediaBase === '') return null;
  return <video key={next.file.id} src={exportUrl(mediaBase, next.file.id)} preload="auto" muted hidden aria-hidden />;
}
