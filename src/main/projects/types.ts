import type { Events } from '#main/platform/events/index.ts';
import type { EditAnswer, ProjectState, ProjectSummary } from '#shared/contract/projects.ts';
import type { AppErrorData } from '#shared/errors/index.ts';
import type { Asset, AssetId, Edit, Project, ProjectId } from '#shared/model/index.ts';
import type { Transcript } from '#shared/transcript/index.ts';

/** Where a project came from. */
export type ProjectOrigin = 'user' | 'sample';

/** What became of one path handed to the library. */
export interface ImportedPath {
  path: string;
  assetId: AssetId | null;
  error: AppErrorData | null;
}

/** All that projects need of the library. */
export interface ProjectAssets {
  /** Unknown ids are left out. */
  getMany(ids: readonly AssetId[]): Asset[] | Promise<Asset[]>;
  /** Takes files into the library where they are (a file it holds already is found again); one answer per path, in order. */
  importPaths(
    paths: readonly string[],
    options: { origin: 'import' | 'sample'; signal?: AbortSignal | undefined },
  ): Promise<ImportedPath[]>;
  /** An asset that the library holds already, by content or by exact location, without touching the disk; null when none. */
  find?(by: { sha256: string | null; path: string | null }): AssetId | null | Promise<AssetId | null>;
  /** Adds media that nobody has as missing assets under these ids, within the caller's transaction; nothing is looked at. */
  addMissing?(
    media: readonly { assetId: AssetId; name: string; path: string | null; sha256: string | null }[],
    origin: 'import' | 'sample',
  ): void;
  /** Transcripts of these, as far as there are any. */
  transcripts?(ids: readonly AssetId[]): Transcript[];
  /** Keeps a transcript that came with a project, unless the asset has one; within the caller's transaction. */
  addTranscript?(id: AssetId, transcript: Pick<Transcript, 'words' | 'language'>): void;
}

/** What projects need of the fonts that were added to the library. */
export interface ProjectFonts {
  /** Those of these families (in lower case), whole. */
  pack(families: readonly string[]): Promise<{ family: string; data: string }[]>;
  unpack(fonts: readonly { family: string; data: string }[]): Promise<void>;
}

/** What projects announce. Changes made by other processes on the same library are announced as well. */
export interface ProjectsEventMap {
  /** A project's head has moved. */
  changed: { id: ProjectId; headSeq: number };
  /** The list looks different: one was added, renamed, removed, restored, or its summary changed. */
  listChanged: null;
}

/** One entry of a project's history. */
export interface HistoryEntry {
  seq: number;
  label: string;
  atMs: number;
  isCurrent: boolean;
}

/** The way that leads through a project's present state, as `projects.historyPath` gives it. */
export interface HistoryPath {
  entries: { seq: number; label: string; atMs: number; place: 'past' | 'current' | 'future' }[];
  days: { startMs: number; lastSeq: number; steps: number }[];
  hasEarlier: boolean;
}

/** What reading a project file met. */
export interface ProjectFileReport {
  projectId: ProjectId;
  missingMedia: { name: string; path: string; reason: string }[];
}

/** Projects of one library: their state, their history, their files. */
export interface Projects {
  readonly events: Events<ProjectsEventMap>;
  list(filter?: { isRemoved?: boolean }): ProjectSummary[];
  count(): number;
  create(options: { name: string; template?: 'hook-body-cta' | 'single' | undefined }): ProjectState;
  /** Brings a whole project in as a new one. Throws `project-file-invalid` when it breaks a rule of the model. */
  add(project: Project, options?: { origin?: ProjectOrigin }): ProjectState;
  /** Throws `not-found`. */
  get(id: ProjectId): ProjectState;
  /** Committed before it returns. Throws `edit-refused`, `not-found`, or `conflict` when the head is not `baseSeq`. */
  apply(id: ProjectId, edit: Edit, baseSeq?: number | null): EditAnswer;
  undo(id: ProjectId): ProjectState;
  redo(id: ProjectId): ProjectState;
  history(id: ProjectId, limit?: number): HistoryEntry[];
  /** The steps that led to the present one and those that redo would bring, newest first; from `fromSeq` back. */
  historyPath(id: ProjectId, options: { fromSeq?: number | null; limit: number }): HistoryPath;
  restoreTo(id: ProjectId, seq: number): ProjectState;
  /** Brings an earlier state back as one edit, which undo takes back. Throws like `apply`. */
  restoreAsStep(id: ProjectId, seq: number, label: string): ProjectState;
  duplicate(id: ProjectId, name: string): ProjectState;
  remove(id: ProjectId): void;
  restore(id: ProjectId): void;
  /** Names of the projects (those not removed) that use any of these assets. */
  usesAsset(ids: readonly AssetId[]): string[];
  /**
   * Lets the captions of all projects follow a transcript that was changed, as edits of theirs; within the caller's
   * transaction. Captions edited by hand stay as they are.
   */
  followTranscript(transcript: Pick<Transcript, 'assetId' | 'words'>): void;
  /** Reads a project file; `path-refused` when its media lie outside of its folder and the granted ones. */
  importFile(options: {
    path: string;
    grantedFolders?: readonly string[];
    /** The project that gets the file's content, where it is in the library; else a new one does. */
    replaces?: ProjectId | null | undefined;
    origin?: ProjectOrigin;
    signal?: AbortSignal | undefined;
  }): Promise<ProjectFileReport>;
  /** Writes a project file; `conflict` when there is a file and `isOverwriting` is not set. */
  exportFile(options: { id: ProjectId; path: string; isOverwriting?: boolean }): Promise<{ path: string }>;
  /** Brings the sample ad, once in the life of a library. Null when it has been there before, or has no files. */
  ensureSample(resourcesDir: string, signal?: AbortSignal): Promise<ProjectFileReport | null>;
  dispose(): void;
}
