import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { MenuCommand } from '#shared/contract/index.ts';
import type { ProjectId } from '#shared/model/index.ts';
import { desktopBridge, useProject, useUndo } from '../../engine/index.ts';
import { useIsHistoryOpen, useOpenDialog } from '../../state/index.ts';
import { type Command, useCommands } from '../../ui/index.ts';
import { useChooseMedia } from '../import/use-choose-media.ts';
import { useCurrentProject } from '../projects/use-current-project.ts';
import { useOpenProjectFile } from '../projects/use-project-file.ts';
import { goToArea } from './areas.ts';
import { places } from './nav-rail.tsx';

/** Commands that work on every page. */
export function FrameCommands() {
  const navigate = useNavigate();
  const openDialog = useOpenDialog();
  const choose = useChooseMedia();
  const { id } = useCurrentProject();
  useCommands([
    ...places.map(
      (place): Command => ({
        id: `go.${place.label.toLowerCase()}`,
        label: `Go to ${place.label}`,
        group: 'Pages',
        keys: place.keys,
        run: () => void navigate({ to: place.to }),
      }),
    ),
    {
      id: 'go.settings',
      label: 'Settings',
      group: 'Pages',
      keys: 'Mod+Comma',
      run: () => void navigate({ to: '/settings' }),
    },
    {
      id: 'app.palette',
      label: 'Search commands',
      group: 'General',
      keys: 'Mod+K',
      worksInFields: true,
      run: () => openDialog({ kind: 'palette' }),
    },
    {
      id: 'app.shortcuts',
      label: 'Keyboard shortcuts',
      group: 'General',
      keys: '?',
      run: () => openDialog({ kind: 'shortcuts' }),
    },
    {
      ...{ id: 'app.nextArea', label: 'Go to the next part of the page', group: 'General', keys: 'F6' },
      worksInFields: true,
      run: () => goToArea(1),
    },
    {
      ...{ id: 'app.previousArea', label: 'Go to the previous part of the page', group: 'General', keys: 'Shift+F6' },
      worksInFields: true,
      run: () => goToArea(-1),
    },
    { id: 'app.import', label: 'Import media…', group: 'General', keys: 'Mod+I', run: choose },
    { id: 'app.new', label: 'New ad…', group: 'General', run: () => openDialog({ kind: 'new-project' }) },
  ]);
  return (
    <>
      {id && <ProjectCommands projectId={id} />}
      <MenuBarCommands />
    </>
  );
}

function ProjectCommands({ projectId }: { projectId: ProjectId }) {
  const { data: state } = useProject(projectId);
  const [isHistoryOpen, setHistoryOpen] = useIsHistoryOpen();
  const { undo, redo } = useUndo(projectId);
  const openDialog = useOpenDialog();
  useCommands([
    {
      id: 'edit.undo',
      label: state?.undoLabel ? `Undo: ${state.undoLabel}` : 'Undo',
      group: 'General',
      keys: 'Mod+Z',
      isEnabled: Boolean(state?.undoLabel),
      repeats: true,
      run: undo,
    },
    {
      id: 'edit.redo',
      label: state?.redoLabel ? `Redo: ${state.redoLabel}` : 'Redo',
      group: 'General',
      keys: ['Mod+Shift+Z', 'Mod+Y'],
      isEnabled: Boolean(state?.redoLabel),
      repeats: true,
      run: redo,
    },
    {
      id: 'app.export',
      label: 'Export…',
      group: 'General',
      keys: 'Mod+E',
      run: () => openDialog({ kind: 'export', variants: null }),
    },
    {
      id: 'app.history',
      label: isHistoryOpen ? 'Hide history' : 'Show history',
      group: 'General',
      keys: 'Alt+H',
      run: () => setHistoryOpen(!isHistoryOpen),
    },
  ]);
  return null;
}

const placeOf = { board: '/', library: '/library', projects: '/projects', exports: '/exports', jobs: '/jobs' } as const;

/** Answers the desktop's menu bar and files opened from outside. */
function MenuBarCommands() {
  const navigate = useNavigate();
  const openDialog = useOpenDialog();
  const choose = useChooseMedia();
  const openFile = useOpenProjectFile();
  const { id } = useCurrentProject();
  const { undo, redo } = useUndo(id ?? ('none' as ProjectId));
  useEffect(() => {
    const run = (command: MenuCommand) => {
      switch (command.type) {
        case 'go':
          return void navigate({ to: placeOf[command.to] });
        case 'settings':
          return void navigate({ to: '/settings' });
        case 'import':
          return choose();
        case 'open-project-file':
          return openFile(command.path);
        case 'new-project':
        case 'shortcuts':
          return openDialog({ kind: command.type });
        case 'command-palette':
          return openDialog({ kind: 'palette' });
        case 'export':
          return id ? openDialog({ kind: 'export', variants: null }) : undefined;
        case 'undo':
          return id ? undo() : undefined;
        case 'redo':
          return id ? redo() : undefined;
      }
    };
    return desktopBridge()?.onCommand(run);
  }, [navigate, openDialog, choose, openFile, id, undo, redo]);
  return null;
}
