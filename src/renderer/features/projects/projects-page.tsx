import { FolderOpen, Import, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { AssetId } from '#shared/model/index.ts';
import { useAssets, useProjects } from '../../engine/index.ts';
import { useOpenDialog } from '../../state/index.ts';
import { Button, EmptyState, ErrorNotice, SearchInput } from '../../ui/index.ts';
import { Page } from '../frame/page.tsx';
import { useChoosePath } from '../paths/use-choose-path.ts';
import { ProjectCard } from './project-card.tsx';
import { useOpenProjectFile } from './use-project-file.ts';

/** All ads. */
export function ProjectsPage() {
  const { data: projects, error, refetch } = useProjects();
  const openDialog = useOpenDialog();
  const [search, setSearch] = useState('');
  const shown = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return [...(projects ?? [])]
      .filter((one) => one.name.toLowerCase().includes(wanted))
      .sort((a, b) => b.updatedAtMs - a.updatedAtMs);
  }, [projects, search]);
  const covers = useAssets(
    useMemo(() => shown.flatMap((one): AssetId[] => (one.coverAssetId ? [one.coverAssetId] : [])), [shown]),
  );
  return (
    <Page
      title="Projects"
      note={projects ? `${projects.length}` : null}
      actions={<Actions search={search} onSearch={setSearch} />}
    >
      {error && <ErrorNotice error={error} actions={{ retry: () => void refetch() }} className="m-4" />}
      {projects?.length === 0 && (
        <EmptyState
          icon={<FolderOpen />}
          title="No ads yet"
          actions={
            <Button
              variant="primary"
              icon={<Plus className="size-4" />}
              onClick={() => openDialog({ kind: 'new-project' })}
            >
              New ad
            </Button>
          }
        >
          An ad holds hooks, bodies and calls to action, and every variant they combine into.
        </EmptyState>
      )}
      {projects && projects.length > 0 && shown.length === 0 && (
        <EmptyState icon={<FolderOpen />} title={`No ad is called “${search}”`} />
      )}
      {shown.length > 0 && (
        <ul
          aria-label="Ads"
          className="grid min-h-0 grow auto-rows-min grid-cols-[repeat(auto-fill,minmax(220px,1fr))] content-start gap-4 overflow-y-auto p-4"
        >
          {shown.map((project) => (
            <ProjectCard
              key={project.id}
              project={project}
              cover={project.coverAssetId ? (covers.get(project.coverAssetId) ?? null) : null}
            />
          ))}
        </ul>
      )}
    </Page>
  );
}

function Actions({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const openDialog = useOpenDialog();
  const choose = useChoosePath();
  const openFile = useOpenProjectFile();
  const chooseFile = async () => {
    const path = await choose.projectFile();
    if (path) openFile(path);
  };
  return (
    <>
      <SearchInput label="Search ads" value={search} onChange={onSearch} className="w-56" />
      <Button icon={<Import className="size-4" />} onClick={() => void chooseFile()}>
        Open file…
      </Button>
      <Button variant="primary" icon={<Plus className="size-4" />} onClick={() => openDialog({ kind: 'new-project' })}>
        New ad
      </Button>
    </>
  );
}
