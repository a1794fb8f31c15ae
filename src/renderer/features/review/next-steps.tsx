import { ClipboardCopy, Pencil, Play } from 'lucide-react';
import { attempt } from '../../engine/index.ts';
import { plainView, useReviewFilter, useReviewView, wholeReview } from '../../state/index.ts';
import { Button, formatCount, Kbd, toast } from '../../ui/index.ts';
import { editPlace, noteLine, notesAsText } from './notes.ts';
import { nextUndecided, type ReviewItem } from './review-list.ts';
import { useReview } from './review-model.tsx';

/** What comes next: go on looking, or, when all have been looked at, the fixes with their way into the editor. */
export function NextSteps() {
  const { visible, tally, open } = useReview();
  const [, setView] = useReviewView();
  const next = nextUndecided(visible, null);
  const isOver = tally.total > 0 && tally.looked === tally.total;
  if (isOver) return <Outcome />;
  if (!next) return null;
  return (
    <Button
      variant="primary"
      icon={<Play className="size-4 fill-current" />}
      onClick={() => {
        setView(plainView);
        open(next.file.id);
      }}
    >
      {tally.looked === 0 ? 'Start the review' : 'Go on'}
    </Button>
  );
}

/** The list of what has to be fixed, under the progress of a review that is over. */
function Outcome() {
  const { items } = useReview();
  const [, setFilter] = useReviewFilter();
  const fixes = items.filter(({ file }) => file.review.verdict === 'fix');
  const hasNotes = items.some(({ file }) => file.review.notes.length > 0);
  const copy = async () => {
    const text = notesAsText(items);
    if (await attempt(() => navigator.clipboard.writeText(text).then(() => true))) toast.done('Notes copied.');
  };
  return (
    <span className="flex items-center gap-2">
      {fixes.length > 0 && (
        <Button onClick={() => setFilter({ ...wholeReview, verdict: 'fix' })}>
          Show the {formatCount(fixes.length, 'fix', 'fixes')}
        </Button>
      )}
      {(fixes.length > 0 || hasNotes) && (
        <Button icon={<ClipboardCopy className="size-4" />} onClick={() => void copy()}>
          Copy notes
        </Button>
      )}
    </span>
  );
}

/** Everything to fix with a way into the editor; shown once all have been looked at. */
export function FixList() {
  const { items, tally } = useReview();
  const fixes = items.filter(({ file }) => file.review.verdict === 'fix');
  if (fixes.length === 0 || tally.looked < tally.total) return null;
  return (
    <section aria-label="To fix" className="max-h-2/5 shrink-0 overflow-y-auto border-b border-line bg-panel px-4 py-2">
      <h3 className="mb-1 text-sm font-semibold">
        {formatCount(fixes.length, 'file')} to fix
        <span className="ml-2 font-normal text-ink-3">
          Change the option in the editor and export again: the next version comes back here with these notes.
        </span>
      </h3>
      <ul className="divide-y divide-line">
        {fixes.map((item) => (
          <Fix key={item.file.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

function Fix({ item }: { item: ReviewItem }) {
  const { project, open, edit } = useReview();
  const { file } = item;
  const lines = file.review.notes.length > 0 ? file.review.notes : [{ frame: null, text: 'No note' }];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1 text-sm">
      <button type="button" onClick={() => open(file.id)} className="rounded-sm text-left hover:text-accent">
        {file.variantName} <span className="text-ink-3">{file.ratio}</span>
      </button>
      <ul aria-label={`Notes of ${file.variantName}, ${file.ratio}`} className="ml-auto flex flex-wrap gap-x-3 gap-y-1">
        {lines.map((note) => {
          const place = project && editPlace(file, note.frame, project);
          const line = noteLine(note, file.rate);
          return (
            <li key={`${note.frame} ${note.text}`} className="flex items-center gap-1.5">
              <span className="text-ink-2">{line}</span>
              <Button
                size="sm"
                disabled={!place}
                icon={<Pencil className="size-3.5" />}
                aria-label={place ? `Edit ${place.optionName}: ${line}` : `Its option has been removed: ${line}`}
                onClick={() => place && edit(place.optionId, place.frame)}
              >
                {place ? `Edit ${place.optionName}` : 'Option removed'}
              </Button>
            </li>
          );
        })}
      </ul>
    </li>
  );
}

/** The most needed keys, where there is room. */
export function KeyHints() {
  const hints = [
    ['Enter', 'open'],
    ['A', 'approve'],
    ['F', 'fix'],
    ['U', 'take back'],
    ['Shift+S', 'all cuts'],
    ['?', 'all keys'],
  ] as const;
  return (
    <p className="flex shrink-0 gap-3 text-xs whitespace-nowrap text-ink-3 max-[1180px]:hidden">
      {hints.map(([keys, word]) => (
        <span key={keys} className="flex items-center gap-1">
          <Kbd keys={keys} /> {word}
        </span>
      ))}
    </p>
  );
}
