import { cn } from '../../ui/index.ts';
import { tallyText } from './review-list.ts';
import { useReview } from './review-model.tsx';

/** How far the review has come: a bar of two colours, and the same in words. */
export function ProgressLine({ className }: { className?: string }) {
  const { tally } = useReview();
  const part = (count: number) => `${tally.total === 0 ? 0 : (count / tally.total) * 100}%`;
  return (
    <div className={cn('flex min-w-0 items-center gap-3', className)}>
      <div
        role="progressbar"
        aria-label="Looked at"
        aria-valuemin={0}
        aria-valuemax={tally.total}
        aria-valuenow={tally.looked}
        className="flex h-1.5 w-40 shrink-0 overflow-hidden rounded-full bg-lift"
      >
        <div className="h-full bg-ok transition-[width]" style={{ width: part(tally.approved) }} />
        <div className="h-full bg-warn transition-[width]" style={{ width: part(tally.fix) }} />
      </div>
      <p role="status" aria-label="Progress of the review" className="tabular truncate text-sm text-ink-2">
        {tallyText(tally)}
      </p>
    </div>
  );
}
