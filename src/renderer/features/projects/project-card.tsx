import { useNavigate } from '@tanstack/react-router';
import { Clapperboard, Copy, Ellipsis, FileDown, FolderOpen, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ProjectSummary } from '#shared/contract/index.ts';
import type { Asset } from '#shared/model/index.ts';
import { attempt, posterUrl, useEngine, useMediaBase } from '../../engine/index.ts';
import { useOpenedProjectId } from '../../state/index.ts';
import {
  ContextMenu,
  formatAge,
  formatCount,
  IconButton,
  InlineEdit,
  Menu,
  type MenuItem,
  toast,
} from '../../ui/index.ts';
import { useSaveProjectFile } from './use-project-file.ts';

/** An ad on the projects page. */
export function ProjectCard({ project, cover }: { project: ProjectSummary; cover: Asset | null }) {
  const engine = useEngine();
  const mediaBase = useMediaBase();
  const [isRenaming, setIsRenaming] = useState(false);
  const { open, items } = useProjectActions(project, () => setIsRenaming(true));
  const poster = cover && mediaBase ? posterUrl(mediaBase, cover) : null;
  const rename = (name: string) =>
    void attempt(() => engine.projects.apply({ id: project.id, edit: { type: 'project.rename', name } }));
  return (
    <ContextMenu items={items}>
      <li className="group flex flex-col overflow-hidden rounded-lg border border-line bg-panel hover:border-line-strong">
        <button
          type="button"
          aria-label={`Open ${project.name}`}
          onClick={open}
          className="ring-inset-focus relative flex aspect-video items-center justify-center overflow-hidden bg-app"
        >
          {poster ? (
            <>
              <img
                src={poster}
                alt=""
                className="absolute inset-0 size-full scale-110 object-cover opacity-30 blur-lg"
              />
              <img src={poster} alt="" className="relative h-full object-contain" />
            </>
          ) : (
            <Clapperboard className="size-8 text-ink-3" aria-hidden />
          )}
        </button>
        <div className="flex items-start gap-1 p-2.5">
          <div className="flex min-w-0 grow flex-col">
            <InlineEdit
              label={`Name of ${project.name}`}
              value={project.name}
              isEditing={isRenaming}
              onEditingChange={setIsRenaming}
              onCommit={rename}
              className="text-base font-semibold"
            />
            <p className="truncate text-sm text-ink-2">
              {project.slots.map((slot) => `${slot.options} ${slot.name}`).join(' × ') || 'Empty'}
            </p>
            <p className="tabular text-xs text-ink-3">
              {formatCount(project.variantCount, 'variant')} · {formatAge(project.updatedAtMs)}
            </p>
          </div>
          <Menu items={items} align="end">
            <IconButton label={`More for ${project.name}`} size="sm">
              <Ellipsis />
            </IconButton>
          </Menu>
        </div>
      </li>
    </ContextMenu>
  );
}

function useProjectActions(project: ProjectSummary, rename: () => void): { open: () => void; items: MenuItem[] } {
  const engine = useEngine();
  const navigate = useNavigate();
  const [, setOpened] = useOpenedProjectId();
  const save = useSaveProjectFile();
  const open = () => {
    setOpened(project.id);
    void navigate({ to: '/' });
  };
  const remove = async () => {
    if (!(await attempt(() => engine.projects.remove({ id: project.id })))) return;
    toast.done(`“${project.name}” removed.`, {
      label: 'Undo',
      onClick: () => void attempt(() => engine.projects.restore({ id: project.id })),
    });
  };
  const items: MenuItem[] = [
    { label: 'Open', icon: <FolderOpen />, onSelect: open },
    { label: 'Rename', icon: <Pencil />, onSelect: rename },
    {
      label: 'Duplicate',
      icon: <Copy />,
      onSelect: () =>
        void attempt(() => engine.projects.duplicate({ id: project.id, name: `${project.name} copy`.slice(0, 200) })),
    },
    { label: 'Save project file…', icon: <FileDown />, onSelect: () => void save(project.id, project.name) },
    { kind: 'separator' },
    { label: 'Remove', icon: <Trash2 />, isDangerous: true, onSelect: () => void remove() },
  ];
  return { open, items };
}
