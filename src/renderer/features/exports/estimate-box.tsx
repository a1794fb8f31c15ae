import { useNavigate } from '@tanstack/react-router';
import type { VariantKey } from '#shared/model/index.ts';
import {
  Button,
  cn,
  ErrorNotice,
  formatBytes,
  formatCount,
  formatDuration,
  formatEstimate,
  formatShortLength,
} from '../../ui/index.ts';
import type { ExportRow } from './export-choice.ts';
import { toRenderText } from './left-to-make.ts';
import type { LiveEstimate } from './use-live-estimate.ts';

interface EstimateBoxProps {
  rows: readonly ExportRow[];
  live: LiveEstimate;
  onUntick: (key: VariantKey) => void;
  onClose: () => void;
}

/** What the export will bring and cost, and what stands in its way. */
export function EstimateBox({ rows, live, onUntick, onClose }: EstimateBoxProps) {
  const { answer, error, isFresh } = live;
  const navigate = useNavigate();
  if (error) return <ErrorNotice error={error} />;
  if (!answer) return null;
  const isShortOfDisk = answer.estimatedBytes > answer.freeBytes;
  const relink = () => {
    onClose();
    void navigate({ to: '/library', search: { missing: true } });
  };
  return (
    <section aria-label="Estimate" aria-busy={!isFresh}>
      <dl
        className={cn(
          'tabular grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm transition-opacity',
          !isFresh && 'opacity-50',
        )}
      >
        <Fact
          label="Files"
          value={`${formatShortLength(answer.distinctSeconds)} of video make ${formatCount(answer.outputs.length, 'file')} (${formatDuration(answer.totalSeconds)})`}
        />
        <Fact label="To render" value={toRenderText(answer)} />
        <Fact label="Time" value={formatEstimate(answer.estimatedMs)} />
        <Fact
          label="Disk"
          value={`${formatBytes(answer.estimatedBytes)} of ${formatBytes(answer.freeBytes)} free`}
          isBad={isShortOfDisk}
        />
      </dl>
      {answer.problems.length > 0 && (
        <ul aria-label="Problems" className="mt-3 flex flex-col gap-2">
          {answer.problems.slice(0, 20).map((problem, index) => {
            const row = rows.find((one) => one.key === problem.variantKey);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole
              <li key={index}>
                {row && <p className="mb-1 truncate text-xs text-ink-3">{row.name}</p>}
                <ErrorNotice
                  error={problem.error}
                  actions={{ relink }}
                  className={
                    problem.severity === 'warning' ? 'border-warn/30 bg-warn-soft [&>svg]:text-warn' : undefined
                  }
                >
                  {row && problem.severity === 'error' && (
                    <Button size="sm" onClick={() => onUntick(row.key)}>
                      Leave this one out
                    </Button>
                  )}
                </ErrorNotice>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function Fact({ label, value, isBad = false }: { label: string; value: string; isBad?: boolean }) {
  return (
    <>
      <dt className="text-ink-3">{label}</dt>
      <dd className={isBad ? 'text-bad' : 'text-ink'}>{value}</dd>
    </>
  );
}
