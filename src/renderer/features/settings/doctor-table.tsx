import { CircleAlert, CircleCheck, RotateCw, TriangleAlert } from 'lucide-react';
import type { DoctorCheck } from '#shared/contract/index.ts';
import { useDoctor } from '../../engine/index.ts';
import { Button, ErrorNotice, Spinner } from '../../ui/index.ts';

const icons: Record<DoctorCheck['state'], { icon: React.ReactNode; text: string }> = {
  ok: { icon: <CircleCheck className="text-ok" aria-hidden />, text: 'In order' },
  warning: { icon: <TriangleAlert className="text-warn" aria-hidden />, text: 'Warning' },
  error: { icon: <CircleAlert className="text-bad" aria-hidden />, text: 'Problem' },
};

/** What Spotloom needs and whether it is there. */
export function DoctorTable() {
  const { data, error, isFetching, refetch } = useDoctor();
  return (
    <section aria-label="Check-up">
      <div className="mb-2 flex items-center">
        <h3 className="grow text-base font-semibold">Check-up</h3>
        <Button size="sm" isBusy={isFetching} icon={<RotateCw className="size-3.5" />} onClick={() => void refetch()}>
          Check again
        </Button>
      </div>
      {error && <ErrorNotice error={error} />}
      {!data && !error && <Spinner label="Checking" />}
      {data && (
        <table className="w-full border-separate border-spacing-0 overflow-hidden rounded-lg border border-line bg-panel text-sm">
          <tbody>
            {data.checks.map((check) => (
              <tr key={check.id} className="align-top not-last:[&>*]:border-b not-last:[&>*]:border-line">
                <td className="w-8 py-2.5 pl-4 [&>svg]:size-4">
                  {icons[check.state].icon}
                  <span className="sr-only">{icons[check.state].text}</span>
                </td>
                <th scope="row" className="w-44 px-2 py-2.5 text-left font-normal text-ink">
                  {check.label}
                </th>
                <td className="py-2.5 pr-4 break-words text-ink-2" data-selectable>
                  {check.detail}
                  {check.fix && <span className="block text-ink-3">{check.fix}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
