import { useAppDialog } from '../../state/index.ts';
import { ExportDialog } from '../exports/export-dialog.tsx';
import { PlayExportDialog } from '../exports/play-export-dialog.tsx';
import { WhyDialog } from '../exports/why-dialog.tsx';
import { ImportResultDialog } from '../import/import-result-dialog.tsx';
import { CommandPalette } from '../palette/command-palette.tsx';
import { GrantFoldersDialog } from '../projects/grant-folders-dialog.tsx';
import { NewProjectDialog } from '../projects/new-project-dialog.tsx';
import { ShortcutsDialog } from '../shortcuts/shortcuts-dialog.tsx';

/** The dialog that is open, if any. */
export function AppDialogs() {
  const [dialog, setDialog] = useAppDialog();
  const close = () => setDialog(null);
  switch (dialog?.kind) {
    case 'palette':
      return <CommandPalette onClose={close} />;
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />;
    case 'new-project':
      return <NewProjectDialog onClose={close} />;
    case 'export':
      return <ExportDialog ticked={dialog.variants} onClose={close} />;
    case 'play-export':
      return <PlayExportDialog exportId={dialog.exportId} onClose={close} />;
    case 'why-export':
      return <WhyDialog exportId={dialog.exportId} onClose={close} />;
    case 'grant-folders':
      return <GrantFoldersDialog path={dialog.path} folders={dialog.folders} onClose={close} />;
    case 'import-result':
      return <ImportResultDialog importId={dialog.importId} onClose={close} />;
    default:
      return null;
  }
}
