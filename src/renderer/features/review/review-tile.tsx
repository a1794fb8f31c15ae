import { FileX, ShieldAlert, ShieldCheck, TriangleAlert } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import { exportCoverUrl, exportFrameUrl, useMediaBase } from '../../engine/index.ts';
import { useReviewFocus } from '../../state/index.ts';
import { Badge, cn, formatShortLength } from '../../ui/index.ts';
import {
  hasChosenCover,
  hasFailedCheck,
  isReviewable,
  posterFrameOf,
  type ReviewItem,
  shortName,
} from './review-list.ts';
import { useReview } from './review-model.tsx';
import { isPlayable } from './seams.ts';
import { VerdictMark, verdictWord } from './verdict-mark.tsx';

interface ReviewTileProps {
  item: ReviewItem;
  /** From 0. */
  place: number;
  count: number;
  isFocused: boolean;
}

/** One file of the contact sheet. */
export const ReviewTile = memo(function ReviewTile({ item, place, count, isFocused }: ReviewTileProps) {
  const { open, choices } = useReview();
  const [, setFocus] = useReviewFocus();
  const { file } = item;
  const { verdict, notes } = file.review;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox around it answers the keyboard
    <div
      id={`review-${file.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={isFocused}
      aria-posinset={place + 1}
      aria-setsize={count}
      data-testid="review-tile"
      data-verdict={verdict}
      onClick={(event) => {
        setFocus(file.id);
        // The list answers the keys, and an option that has the focus would keep Enter to itself.
        event.currentTarget.closest<HTMLElement>('[role=listbox]')?.focus({ preventScroll: true });
      }}
      onDoubleClick={() => open(file.id)}
      className={cn(
        'flex min-w-0 flex-col-reverse overflow-hidden rounded-md border bg-panel',
        verdict === 'approved' ? 'border-ok/50' : verdict === 'fix' ? 'border-warn/60' : 'border-line',
        isFocused && 'outline-2 outline-offset-1 outline-accent',
      )}
    >
      {/* First in the text, so that what is read out begins with the name; drawn below the picture. */}
      <div className="h-15.5 shrink-0 px-2 py-1">
        <p className="line-clamp-2 h-8 text-sm text-ink" title={file.variantName}>
          {shortName(item, choices)}
        </p>
        <p className="tabular flex justify-between text-xs text-ink-3">
          <span>{formatShortLength(file.durationSeconds)}</span>
          {notes.length > 0 && <span>{notes.length === 1 ? '1 note' : `${notes.length} notes`}</span>}
          <span className="sr-only">{isReviewable(item) ? verdictWord(verdict) : ''}</span>
        </p>
      </div>
      <div className="relative min-h-0 grow dark-area bg-black">
        <Poster item={item} />
        <span className="absolute top-1 left-1 flex gap-1">
          <Badge tone="dark">{file.ratio}</Badge>
          {file.version !== 'full' && <Badge tone="dark">{file.version}</Badge>}
        </span>
        <span className="absolute top-1 right-1 flex gap-1">
          {file.revision > 1 && <Badge tone="dark">v{file.revision}</Badge>}
          <CheckMark item={item} />
        </span>
        {verdict !== 'none' && (
          <span aria-hidden className="absolute right-1 bottom-1 rounded-full bg-black/75 p-1">
            <VerdictMark verdict={verdict} className="size-5" />
          </span>
        )}
        {item.earlierFixes.length > 0 && verdict === 'none' && (
          <span className="absolute inset-x-0 bottom-0 bg-black/75 px-1.5 py-0.5 text-2xs text-warn">
            v{item.earlierFixes[0]?.revision} had to be fixed
          </span>
        )}
      </div>
    </div>
  );
});

function CheckMark({ item }: { item: ReviewItem }) {
  const { check } = item.file;
  if (!check) return null;
  const hasFailed = hasFailedCheck(item);
  return (
    <Badge tone="dark">
      {hasFailed ? (
        <ShieldAlert role="img" aria-label="Check failed" className="text-bad" />
      ) : (
        <ShieldCheck role="img" aria-label="Checked" className="text-ok" />
      )}
    </Badge>
  );
}

const posterHeightPx = 360;
const mostTries = 3;
const retryMs = 3000;

/** How often a picture was asked for in vain; it is asked for again some seconds later, a few times. */
function useTries(): { tries: number; isGivenUp: boolean; onError: () => void } {
  const [tries, setTries] = useState(0);
  const [isWaiting, setWaiting] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => {
      setTries((count) => count + 1);
      setWaiting(false);
    }, retryMs);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return { tries, isGivenUp: tries >= mostTries || isWaiting, onError: () => setWaiting(true) };
}

function Poster({ item }: { item: ReviewItem }) {
  const mediaBase = useMediaBase();
  const { tries, isGivenUp: hasFailed, onError } = useTries();
  const { project } = useReview();
  const { file } = item;
  if (!isPlayable(file) || hasFailed) {
    const isMissing = file.state === 'finished' && !hasFailed;
    return (
      <span className="absolute inset-0 flex flex-col items-center justify-center gap-1 px-2 text-center text-xs text-warn">
        {isMissing ? <FileX className="size-6" aria-hidden /> : <TriangleAlert className="size-6" aria-hidden />}
        {isMissing ? 'The file is gone' : hasFailed ? 'No picture' : 'Could not be made'}
      </span>
    );
  }
  if (mediaBase === '') return null;
  const version = file.finishedAtMs ?? 0;
  const url = hasChosenCover(item, project)
    ? exportCoverUrl(mediaBase, file.id, version)
    : exportFrameUrl(mediaBase, file.id, { frame: posterFrameOf(file), height: posterHeightPx, version });
  return (
    <img
      src={`${url}${tries > 0 ? `&try=${tries}` : ''}`}
      alt=""
      draggable={false}
      decoding="async"
      onError={onError}
      className="absolute inset-0 size-full object-contain"
    />
  );
}
