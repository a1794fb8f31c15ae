import { useNavigate } from '@tanstack/react-router';
import { ChevronDown, FolderOpen, History, Import, Plus, Redo2, Search, Share, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { ProjectState } from '#shared/contract/index.ts';
import { useApplyEdit, useProjects, useUndo } from '../../engine/index.ts';
import { useIsHistoryOpen, useOpenDialog } from '../../state/index.ts';
import { Button, IconButton, InlineEdit, Kbd, Menu, type MenuItem } from '../../ui/index.ts';
import { useChooseMedia } from '../import/use-choose-media.ts';
import { useCurrentProject } from '../projects/use-current-project.ts';
import { Mark } from './mark.tsx';

/** Across the top: the open ad, undo and redo, import, search, export. */
export function TopBar() {
  const { state } = useCurrentProject();
  const openDialog = useOpenDialog();
  const choose = useChooseMedia();
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-panel pr-3">
      <div className="flex w-14 shrink-0 justify-center">
        <Mark className="size-5.5" />
      </div>
      {state ? <OpenProject state={state} /> : <h1 className="text-base font-semibold">Spotloom</h1>}
      <div className="grow" />
      <button
        type="button"
        onClick={() => openDialog({ kind: 'palette' })}
        className="flex h-7 w-52 shrink max-[860px]:w-auto items-center gap-2 rounded-md border border-line bg-app px-2 text-sm text-ink-3 hover:border-line-strong hover:text-ink-2"
      >
        <Search className="size-3.5" aria-hidden />
        <span className="grow text-left whitespace-nowrap max-[860px]:sr-only">Search or jump to</span>
        <Kbd keys="Mod+K" />
      </button>
      <Button icon={<Import className="size-4" />} onClick={choose}>
        Import
      </Button>
      {state && (
        <Button
          variant="primary"
          icon={<Share className="size-4" />}
          onClick={() => openDialog({ kind: 'export', variants: null })}
        >
          Export
        </Button>
      )}
    </header>
  );
}

function OpenProject({ state }: { state: ProjectState }) {
  const { project, undoLabel, redoLabel } = state;
  const apply = useApplyEdit(project.id);
  const { undo, redo } = useUndo(project.id);
  const [isRenaming, setIsRenaming] = useState(false);
  const items = useProjectMenu(project.id, () => setIsRenaming(true));
  return (
    <>
      <div className="flex max-w-96 min-w-0 items-center">
        <h1 className="flex min-w-0 text-base font-semibold">
          <InlineEdit
            label="Name of the ad"
            value={project.name}
            isEditing={isRenaming}
            onEditingChange={setIsRenaming}
            onCommit={(name) => apply({ type: 'project.rename', name })}
          />
        </h1>
        <Menu items={items}>
          <IconButton label="Ads" size="sm">
            <ChevronDown />
          </IconButton>
        </Menu>
      </div>
      <div className="mx-1 h-4 w-px bg-line-strong" aria-hidden />
      <IconButton
        label={undoLabel ? `Undo: ${undoLabel}` : 'Undo'}
        shortcut="Mod+Z"
        disabled={!undoLabel}
        onClick={undo}
      >
        <Undo2 />
      </IconButton>
      <IconButton
        label={redoLabel ? `Redo: ${redoLabel}` : 'Redo'}
        shortcut="Mod+Shift+Z"
        disabled={!redoLabel}
        onClick={redo}
      >
        <Redo2 />
      </IconButton>
    </>
  );
}

function useProjectMenu(openId: string, rename: () => void): MenuItem[] {
  const { open } = useCurrentProject();
  const { data: projects = [] } = useProjects();
  const openDialog = useOpenDialog();
  const [, setHistoryOpen] = useIsHistoryOpen();
  const navigate = useNavigate();
  const recent = [...projects].sort((a, b) => b.updatedAtMs - a.updatedAtMs).slice(0, 8);
  return [
    { kind: 'heading', label: 'Recent ads' },
    ...recent.map((one) => ({
      label: one.name,
      isChecked: one.id === openId,
      onSelect: () => {
        open(one.id);
        void navigate({ to: '/' });
      },
    })),
    { kind: 'separator' },
    { label: 'New ad…', icon: <Plus />, onSelect: () => openDialog({ kind: 'new-project' }) },
    { label: 'All ads', icon: <FolderOpen />, shortcut: 'Shift+P', onSelect: () => void navigate({ to: '/projects' }) },
    { kind: 'separator' },
    { label: 'Rename', onSelect: rename },
    { label: 'History', icon: <History />, shortcut: 'Alt+H', onSelect: () => setHistoryOpen(true) },
  ];
}
