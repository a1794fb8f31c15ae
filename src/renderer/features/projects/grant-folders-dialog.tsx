import { Folder } from 'lucide-react';
import { Button, Dialog } from '../../ui/index.ts';
import { useOpenProjectFile } from './use-project-file.ts';

interface GrantFoldersDialogProps {
  path: string;
  folders: readonly string[];
  onClose: () => void;
}

/** Asks before media outside a project file's own folder is read. */
export function GrantFoldersDialog({ path, folders, onClose }: GrantFoldersDialogProps) {
  const openFile = useOpenProjectFile();
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="This project uses media elsewhere"
      description="Its file names media outside of its own folder. Allow it only if you trust where the file comes from."
      className="w-140"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            onClick={() => {
              onClose();
              openFile(path, folders);
            }}
          >
            {folders.length === 1 ? 'Allow this folder and open' : `Allow ${folders.length} folders and open`}
          </Button>
        </>
      }
    >
      <ul aria-label="Folders" className="max-h-60 divide-y divide-line overflow-y-auto rounded-md border border-line">
        {folders.map((folder) => (
          <li key={folder} className="flex items-center gap-2 px-2.5 py-1.5 text-sm">
            <Folder className="size-4 shrink-0 text-ink-3" aria-hidden />
            <span className="break-all" data-selectable>
              {folder}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
