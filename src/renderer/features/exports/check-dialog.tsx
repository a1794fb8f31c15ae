import { CircleAlert, CircleCheck, CircleMinus, Info } from 'lucide-react';
import { Fragment } from 'react';
import type { CheckFinding, CheckReport } from '#shared/contract/index.ts';
import type { Rate } from '#shared/units/index.ts';
import { useMediaBase } from '../../engine/index.ts';
import { Dialog } from '../../ui/index.ts';
import { placesText } from './check-places.ts';

const icons = {
  ok: <CircleCheck className="size-4 text-ok" aria-label="In order" />,
  failed: <CircleAlert className="size-4 text-bad" aria-label="Wrong" />,
  skipped: <CircleMinus className="size-4 text-ink-3" aria-label="Not judged" />,
  note: <Info className="size-4 text-ink-3" aria-label="Worth knowing" />,
} as const;

/** What comes first: what is wrong, then what was not judged, then the rest as it was looked at. */
const order = { failed: 0, skipped: 1, note: 1, ok: 2 } as const;

interface CheckDialogProps {
  report: CheckReport;
  /** Of the ad; frames are told as times where it is known. */
  rate?: Rate;
  onClose: () => void;
}

/** What looking at a finished file found, line by line, with pictures of what is wrong. */
export function CheckDialog({ report, rate, onClose }: CheckDialogProps) {
  const findings = report.findings.toSorted((a, b) => order[a.state] - order[b.state]);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={report.isPassed ? 'Everything is in order' : 'Something is wrong with this file'}
      description={report.path}
      className="w-180"
    >
      <div className="max-h-[65vh] overflow-y-auto">
        <table className="w-full text-sm">
          <thead className="text-left text-xs text-ink-3">
            <tr>
              <th className="w-6 font-normal">
                <span className="sr-only">Result</span>
              </th>
              <th className="w-48 py-1 font-normal">Checked</th>
              <th className="w-44 py-1 font-normal">Expected</th>
              <th className="py-1 font-normal">Found</th>
            </tr>
          </thead>
          <tbody>
            {findings.map((finding) => (
              <Fragment key={finding.id}>
                <tr className="border-t border-line align-top">
                  <td className="py-1.5">{icons[finding.state]}</td>
                  <td className="py-1.5 pr-3">{finding.label}</td>
                  <td className="tabular py-1.5 pr-3 text-ink-3">{finding.expected}</td>
                  <td className="tabular break-words py-1.5 text-ink-2">{finding.found}</td>
                </tr>
                {finding.state === 'failed' && <Evidence finding={finding} rate={rate} />}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}

/** Where something is wrong, and how it looks. */
function Evidence({ finding, rate }: { finding: CheckFinding; rate: Rate | undefined }) {
  const mediaBase = useMediaBase();
  const { frames, pictures } = finding;
  if (frames.length === 0 && pictures.length === 0) return null;
  return (
    <tr>
      <td />
      <td colSpan={3} className="pb-3">
        {frames.length > 0 && <p className="tabular mb-2 text-xs text-ink-3">{placesText(frames, rate)}</p>}
        {pictures.length > 0 && (
          <ul className="flex gap-2 overflow-x-auto">
            {pictures.map(({ label, url }) => (
              <li key={`${label}${url}`} className="w-44 shrink-0">
                {url === '' ? (
                  <div className="grid h-44 place-items-center rounded bg-raise px-2 text-center text-xs text-ink-3">
                    No picture could be read here
                  </div>
                ) : (
                  <img
                    src={`${mediaBase}/${url}`}
                    alt={label}
                    className="h-44 w-full rounded bg-black object-contain"
                  />
                )}
                <p className="mt-1 text-xs text-ink-3">{label}</p>
              </li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}
