import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { PreflightFinding } from '#shared/contract/index.ts';
import { type PlacementId, placements } from '#shared/model/index.ts';
import { Badge, Button, Checkbox, ErrorNotice, formatCount } from '../../ui/index.ts';

interface PlacementOptionsProps {
  value: readonly PlacementId[];
  onChange: (value: PlacementId[]) => void;
  findings: readonly PreflightFinding[];
  error: unknown;
  /** False while the findings belong to an earlier choice. */
  isFresh: boolean;
  onFix: (finding: PreflightFinding) => void;
}

/** Where the files are meant to be published, and which rules of these places they would break. */
export function PlacementOptions({ value, onChange, findings, error, isFresh, onFix }: PlacementOptionsProps) {
  return (
    <section aria-label="Placements" aria-busy={!isFresh} className="flex flex-col gap-2.5">
      <p className="text-xs text-ink-3">
        Files are held against the rules of the places ticked here, now and again when they are made.
      </p>
      {error !== null && <ErrorNotice error={error} />}
      {Object.values(placements).map((placement) => {
        const own = findings.filter((finding) => finding.placement === placement.id);
        const isIn = value.includes(placement.id);
        return (
          <div key={placement.id}>
            <div className="flex items-center gap-2">
              <Checkbox
                label={placement.name}
                value={isIn}
                onChange={(next) =>
                  onChange(next ? [...value, placement.id] : value.filter((one) => one !== placement.id))
                }
                className="min-w-0"
              />
              <span className="tabular text-xs text-ink-3">{placement.ratios.join(', ')}</span>
              {isIn && isFresh && error === null && own.length === 0 && (
                <Badge tone="ok" className="ml-auto">
                  In order
                </Badge>
              )}
            </div>
            {isIn && own.length > 0 && <Findings findings={own} onFix={onFix} />}
          </div>
        );
      })}
    </section>
  );
}

function Findings({
  findings,
  onFix,
}: {
  findings: readonly PreflightFinding[];
  onFix: (one: PreflightFinding) => void;
}) {
  return (
    <ul className="mt-1 ml-6 flex flex-col gap-2">
      {findings.map((finding, index) => {
        const isError = finding.severity === 'error';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole
          <li key={`${finding.id}-${index}`} className="flex gap-2 text-sm">
            {isError ? (
              <CircleAlert className="mt-px size-4 shrink-0 text-bad" aria-label="Breaks a rule" />
            ) : (
              <TriangleAlert className="mt-px size-4 shrink-0 text-warn" aria-label="Worth a look" />
            )}
            <div className="min-w-0">
              <p className="break-words text-ink" data-selectable>
                {finding.message}
              </p>
              <p
                className="text-xs text-ink-3"
                title={finding.outputs.map((one) => `${one.variantName} ${one.ratio}`).join('\n')}
              >
                {formatCount(finding.outputs.length, 'file')} · {finding.source}
              </p>
              {finding.fix && (
                <Button size="sm" className="mt-1" onClick={() => onFix(finding)}>
                  {finding.fix.label}
                </Button>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
