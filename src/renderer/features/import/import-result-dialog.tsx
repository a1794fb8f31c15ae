import { useQuery } from '@tanstack/react-query';
import { FileX2 } from 'lucide-react';
import { useEngine, useImports } from '../../engine/index.ts';
import { Button, Dialog, ErrorNotice, formatCount } from '../../ui/index.ts';
import { importSummary } from './use-import.ts';

/** What became of an import, with the reason for each refused file. */
export function ImportResultDialog({ importId, onClose }: { importId: string; onClose: () => void }) {
  const engine = useEngine();
  const known = useImports().find((one) => one.id === importId);
  const { data, error } = useQuery({
    queryKey: ['import-result', importId, known?.state],
    queryFn: ({ signal }) => engine.library.getImport({ importId }, { signal }),
  });
  const view = data ?? known;
  const refused = view?.items.filter((item) => item.outcome === 'refused') ?? [];
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Import"
      description={view ? importSummary(view) : undefined}
      className="w-150"
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      {error && !view && <ErrorNotice error={error} />}
      {refused.length > 0 && (
        <section aria-label="Refused files">
          <h3 className="mb-1 text-sm font-semibold text-ink-2">{formatCount(refused.length, 'file')} refused</h3>
          <ul className="divide-y divide-line rounded-md border border-line">
            {refused.map((item) => (
              <li key={item.path} className="flex gap-2.5 p-2.5">
                <FileX2 className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
                <div className="min-w-0">
                  <p className="truncate text-sm text-ink" title={item.path}>
                    {item.path.split(/[\\/]/).at(-1)}
                  </p>
                  <p className="text-sm text-ink-3" data-selectable>
                    {item.error?.userMessage ?? 'It could not be read.'}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {view && refused.length === 0 && <p className="text-sm text-ink-3">No file was refused.</p>}
    </Dialog>
  );
}
