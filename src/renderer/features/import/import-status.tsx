import { X } from 'lucide-react';
import { attempt, useEngine, useImports } from '../../engine/index.ts';
import { useOpenDialog, useUploads } from '../../state/index.ts';
import { formatBytes, Progress } from '../../ui/index.ts';

/** Uploads and imports under way, in the status bar. */
export function ImportStatus() {
  const uploads = useUploads();
  const running = useImports().filter((one) => one.state === 'running');
  const engine = useEngine();
  const openDialog = useOpenDialog();
  return (
    <>
      {uploads.map((upload, index) => (
        <StatusLine
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity beyond their order
          key={`upload-${index}`}
          label={`Copying ${upload.finished} of ${upload.files} · ${formatBytes(upload.sentBytes)} of ${formatBytes(upload.totalBytes)}`}
          fraction={upload.totalBytes > 0 ? upload.sentBytes / upload.totalBytes : null}
          onCancel={upload.cancel}
        />
      ))}
      {running.map((one) => (
        <StatusLine
          key={one.id}
          label={`Importing ${one.imported + one.duplicates + one.refused} of ${one.found}`}
          fraction={one.found > 0 ? (one.imported + one.duplicates + one.refused) / one.found : null}
          onOpen={() => openDialog({ kind: 'import-result', importId: one.id })}
          onCancel={() => void attempt(() => engine.library.cancelImport({ importId: one.id }))}
        />
      ))}
    </>
  );
}

interface StatusLineProps {
  label: string;
  fraction: number | null;
  onCancel: () => void;
  onOpen?: () => void;
}

function StatusLine({ label, fraction, onCancel, onOpen }: StatusLineProps) {
  return (
    <span className="tabular flex items-center gap-2 text-ink-2">
      {onOpen ? (
        <button type="button" onClick={onOpen} className="hover:text-ink">
          {label}
        </button>
      ) : (
        label
      )}
      <Progress label={label} fraction={fraction} className="w-24" />
      <button type="button" aria-label="Cancel import" onClick={onCancel} className="text-ink-3 hover:text-ink">
        <X className="size-3" />
      </button>
    </span>
  );
}
