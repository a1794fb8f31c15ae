import { useQuery } from '@tanstack/react-query';
import { Layers } from 'lucide-react';
import type { ExportView, SegmentOrigin } from '#shared/contract/index.ts';
import { keys, useEngine } from '../../engine/index.ts';
import { cn, Dialog, EmptyState, ErrorNotice, Spinner, Tooltip } from '../../ui/index.ts';
import { type Stretch, stretchesOf, sumByReason } from './why.ts';

const looks: Record<SegmentOrigin['reason'], { name: string; className: string }> = {
  reused: { name: 'Reused', className: 'bg-lift' },
  'first-time': { name: 'New', className: 'bg-ok' },
  text: { name: 'Text changed', className: 'bg-accent' },
  timing: { name: 'Cut changed', className: 'bg-body' },
  picture: { name: 'Picture changed', className: 'bg-custom' },
  source: { name: 'Other footage', className: 'bg-hook' },
  settings: { name: 'Other settings', className: 'bg-cta' },
  engine: { name: 'Spotloom updated', className: 'bg-sound' },
  evicted: { name: 'Left the cache', className: 'bg-warn' },
};

/** What of an export was reused, what was made anew, and why. */
export function WhyDialog({ exportId, onClose }: { exportId: string; onClose: () => void }) {
  const engine = useEngine();
  const { data, error } = useQuery({
    queryKey: [...keys.exports, 'why', exportId],
    queryFn: async ({ signal }) => ({
      view: await engine.render.get({ id: exportId }, { signal }),
      ...(await engine.render.explain({ exportId }, { signal })),
    }),
  });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="What was made anew"
      description={data?.view.fileName}
      className="w-200"
    >
      {error && <ErrorNotice error={error} />}
      {!data && !error && <Spinner label="Reading" className="m-6 size-5" />}
      {data && data.segments.length === 0 && (
        <EmptyState icon={<Layers />} size="sm" title="Nothing is known about this one">
          It was exported before this was written down, or ended before anything was made.
        </EmptyState>
      )}
      {data && data.segments.length > 0 && (
        <Origins view={data.view} segments={data.segments} previousRevision={data.previousRevision} />
      )}
    </Dialog>
  );
}

interface OriginsProps {
  view: ExportView;
  segments: readonly SegmentOrigin[];
  previousRevision: number | null;
}

function Origins({ view, segments, previousRevision }: OriginsProps) {
  const fps = view.rate.num / view.rate.den;
  const seconds = (frames: number) => `${(frames / fps).toFixed(1)} s`;
  const sums = sumByReason(segments);
  const total = segments.reduce((sum, one) => sum + one.frames, 0);
  const reused = sums.get('reused') ?? 0;
  return (
    <div className="flex flex-col gap-4">
      <p className="tabular text-base text-ink">
        {total === reused
          ? `All ${seconds(total)} were reused; nothing had to be made.`
          : `${seconds(total - reused)} made anew, ${seconds(reused)} reused${previousRevision === null ? '.' : `, compared with v${previousRevision}.`}`}
      </p>
      <Strip segments={segments} fps={fps} />
      <ul aria-label="Colours" className="tabular flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
        {[...sums].map(([reason, frames]) => (
          <li key={reason} className="flex items-center gap-1.5">
            <span className={cn('size-2.5 rounded-sm', looks[reason].className)} aria-hidden />
            {looks[reason].name} <span className="text-ink-3">{seconds(frames)}</span>
          </li>
        ))}
      </ul>
      <ol aria-label="Made anew" className="flex flex-col divide-y divide-line">
        {stretchesOf(segments)
          .filter((stretch) => stretch.reason !== 'reused')
          .map((stretch) => (
            <li key={stretch.startFrame} className="flex gap-3 py-1.5 text-sm">
              <span className="tabular w-24 shrink-0 text-ink-3">{timesOf(stretch, fps)}</span>
              <span className="text-ink-2">{stretch.because}</span>
            </li>
          ))}
      </ol>
    </div>
  );
}

function timesOf({ startFrame, frames }: Pick<Stretch, 'startFrame' | 'frames'>, fps: number): string {
  return `${(startFrame / fps).toFixed(1)} – ${((startFrame + frames) / fps).toFixed(1)} s`;
}

/** The ad from left to right; each piece says on hover and focus where it came from. */
function Strip({ segments, fps }: { segments: readonly SegmentOrigin[]; fps: number }) {
  return (
    <fieldset aria-label="The ad, piece by piece" className="flex h-12 gap-px overflow-hidden rounded-md">
      {segments.map((one) => (
        <Tooltip key={one.startFrame} label={`${timesOf(one, fps)}: ${one.because}`}>
          <button
            type="button"
            aria-label={`${timesOf(one, fps)}: ${looks[one.reason].name}`}
            className={cn(
              'ring-inset-focus h-full min-w-0.5 outline-none hover:brightness-125',
              looks[one.reason].className,
            )}
            style={{ flexGrow: one.frames, flexBasis: 0 }}
          />
        </Tooltip>
      ))}
    </fieldset>
  );
}
