import { CircleAlert, CircleCheck, CircleMinus } from 'lucide-react';
import type { CheckReport } from '#shared/contract/index.ts';
import { Dialog } from '../../ui/index.ts';

const icons = {
  ok: <CircleCheck className="size-4 text-ok" aria-label="In order" />,
  failed: <CircleAlert className="size-4 text-bad" aria-label="Wrong" />,
  skipped: <CircleMinus className="size-4 text-ink-3" aria-label="Not looked at" />,
} as const;

/** What looking at a finished file found, line by line. */
export function CheckDialog({ report, onClose }: { report: CheckReport; onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={report.isPassed ? 'Everything is in order' : 'Something is wrong with this file'}
      description={report.path}
      className="w-160"
    >
      <table className="w-full text-sm">
        <thead className="text-left text-xs text-ink-3">
          <tr>
            <th className="w-6 font-normal">
              <span className="sr-only">Result</span>
            </th>
            <th className="py-1 font-normal">Checked</th>
            <th className="py-1 font-normal">Expected</th>
            <th className="py-1 font-normal">Found</th>
          </tr>
        </thead>
        <tbody>
          {report.findings.map((finding) => (
            <tr key={finding.id} className="border-t border-line align-top">
              <td className="py-1.5">{icons[finding.state]}</td>
              <td className="py-1.5 pr-3">{finding.label}</td>
              <td className="tabular py-1.5 pr-3 text-ink-3">{finding.expected}</td>
              <td className="tabular py-1.5 text-ink-2">{finding.found}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
