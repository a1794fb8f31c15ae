import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import { createEvents } from '#main/platform/events/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import type { ProjectSummary } from '#shared/contract/projects.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  checkProject,
  newId,
  newProject,
  type Project,
  type ProjectId,
  usedAssets,
  usedFontFamilies,
} from '#shared/model/index.ts';
import { followTranscript } from '#shared/transcript/index.ts';
import { writeProjectTo } from './file-export.ts';
import { readProjectFrom } from './file-import.ts';
import { createHistory, type History } from './history.ts';
import { createJournalStore } from './journal-store.ts';
import { createMissingMediaStore } from './missing-media-store.ts';
import { createProjectStore, type ProjectStore } from './project-store.ts';
import type { MissingMedia } from './resolve-media.ts';
import type { ProjectRow } from './schema.ts';
import { createStates } from './states.ts';
import type {
  ProjectAssets,
  ProjectFileReport,
  ProjectFonts,
  ProjectOrigin,
  Projects,
  ProjectsEventMap,
} from './types.ts';
import { watchProjects } from './watch.ts';

/** What {@link createProjects} needs. */
export interface ProjectsDependencies {
  db: Database;
  clock: Clock;
  log: Log;
  assets: ProjectAssets;
  /** None: project files come without fonts. */
  fonts?: ProjectFonts;
}

/** Where the sample ad lies in the resources. */
const samplePath = ['sample', 'sample.spotloom.json'];

function summaryOf(row: ProjectRow): ProjectSummary {
  return {
    ...{ id: row.id, name: row.name, createdAtMs: row.createdAt, updatedAtMs: row.updatedAt },
    slots: JSON.parse(row.slots) as ProjectSummary['slots'],
    ...{ variantCount: row.variantCount, coverAssetId: row.coverAssetId, isRemoved: row.removedAt !== null },
  };
}

/** The last part of a path of whatever system. */
const nameOf = (path: string) => path.split(/[\\/]/).at(-1) ?? path;

/** What nobody has, as the library is told of it. */
function absentMedia(missing: readonly MissingMedia[]) {
  return missing
    .filter((one) => !one.isKnown)
    .map(({ assetId, key, name, path, sha256 }) => {
      return { assetId, path, sha256, name: name ?? (path === null ? key : nameOf(path)) };
    });
}

/** The same for the one who asked for the file. */
function missingView({ name, key, path, reason }: MissingMedia): ProjectFileReport['missingMedia'][number] {
  return { name: name ?? key, path: path ?? '', reason };
}

function letFollow(
  store: ProjectStore,
  history: History,
  transcript: Parameters<Projects['followTranscript']>[0],
): void {
  for (const id of store.idsUsing(transcript.assetId)) {
    for (const edit of followTranscript(history.state(id).project, transcript)) history.apply(id, edit, null);
  }
}

function eventsOf(log: Log) {
  return createEvents<ProjectsEventMap>({
    onListenerError: (error) => log.error('a project listener failed', { error }),
  });
}

/** What goes into a project's file besides the project. */
async function partsOf(project: Project, { assets, fonts }: Pick<ProjectsDependencies, 'assets' | 'fonts'>) {
  const used = usedAssets(project);
  return {
    ...{ project, assets: await assets.getMany(used), transcripts: assets.transcripts?.(used) },
    fonts: await fonts?.pack(usedFontFamilies(project)),
  };
}

/** Opens the projects of a library. */
export function createProjects({ db, clock, log, assets, fonts }: ProjectsDependencies): Projects {
  const events = eventsOf(log);
  const store = createProjectStore(db);
  const journal = createJournalStore(db);
  const missingMedia = createMissingMediaStore(db);
  const watch = watchProjects({ db, clock, store, events });
  const states = createStates(journal, db);
  const history = createHistory({ db, clock, store, journal, states, onMove: watch.moved });

  const add: Projects['add'] = (project, { origin = 'user' } = {}) => {
    const [problem] = checkProject(project);
    if (problem) throw new AppError('project-file-invalid', problem.message, { details: { path: problem.path } });
    return history.start(project, origin);
  };

  function setRemoved(id: ProjectId, removedAt: number | null): void {
    db.transaction(() => {
      const row = store.row(id);
      if ((row.removedAt === null) === (removedAt === null)) return;
      store.setRemoved(id, removedAt);
      db.afterCommit(() => events.emit('listChanged', null));
    });
  }

  /** The project of this id becomes this one, unless it is. Nothing of its history is lost. */
  function replace(project: Project): void {
    setRemoved(project.id, null);
    const now = history.state(project.id).project;
    if (!isDeepStrictEqual(now, project)) history.apply(project.id, { type: 'project.replace', project }, null);
  }

  /** Null when it is the sample and is there already. */
  async function importProject(options: Parameters<Projects['importFile']>[0]): Promise<ProjectFileReport | null> {
    const { path, grantedFolders = [], signal } = options;
    const origin: ProjectOrigin = options.origin ?? 'user';
    const parts = { path, grantedFolders, origin, assets, fonts, signal };
    const { missing, transcripts, ...read } = await readProjectFrom(parts);
    const id = options.replaces;
    const isReplacing = id != null && store.has(id);
    const project = isReplacing ? { ...read.project, id } : read.project;
    const isAdded = db.transaction(() => {
      // Another process on the same new library may have been first with the sample.
      if (origin === 'sample' && store.hasOrigin('sample')) return false;
      if (isReplacing) replace(project);
      else add(project, { origin });
      assets.addMissing?.(absentMedia(missing), origin === 'sample' ? 'sample' : 'import');
      for (const { assetId, transcript } of transcripts) assets.addTranscript?.(assetId, transcript);
      missingMedia.add(project.id, missing);
      return true;
    });
    if (!isAdded) return null;
    if (missing.length > 0) log.warn('a project file names media that are missing', { path, count: missing.length });
    return { projectId: project.id, missingMedia: missing.map(missingView) };
  }

  return {
    events,
    list: ({ isRemoved = false } = {}) => store.list(isRemoved).map(summaryOf),
    count: () => store.count(),
    create: ({ name, template = 'hook-body-cta' }) => add(newProject({ name, template })),
    add,
    get: (id) => history.state(id),
    apply: (id, edit, baseSeq = null) => history.apply(id, edit, baseSeq),
    undo: (id) => history.undo(id),
    redo: (id) => history.redo(id),
    history: (id, limit = 200) => history.entries(id, limit),
    historyPath: (id, options) => history.path(id, options),
    restoreTo: (id, seq) => history.restoreTo(id, seq),
    restoreAsStep: (id, seq, label) => history.restoreAsStep(id, seq, label),
    duplicate(id, name) {
      return db.transaction(() => {
        const { project } = history.state(id);
        const copy = add({ ...project, id: newId<ProjectId>('project'), name });
        missingMedia.add(copy.project.id, missingMedia.of(id));
        return copy;
      });
    },
    remove: (id) => setRemoved(id, clock.nowMs()),
    restore: (id) => setRemoved(id, null),
    usesAsset: (ids) => store.namesUsing(ids),
    followTranscript: (transcript) => letFollow(store, history, transcript),
    async importFile(options) {
      const report = await importProject(options);
      if (report) return report;
      throw new AppError('conflict', 'The sample ad is in this library already.');
    },
    async exportFile({ id, path, isOverwriting = false }) {
      const { project } = history.state(id);
      const parts = await partsOf(project, { assets, fonts });
      return { path: await writeProjectTo({ path, isOverwriting, ...parts, missing: missingMedia.of(id) }) };
    },
    async ensureSample(resourcesDir, signal) {
      if (store.hasOrigin('sample')) return null;
      return importProject({ path: join(resourcesDir, ...samplePath), origin: 'sample', signal });
    },
    dispose() {
      watch.dispose();
      events.dispose();
    },
  };
}
