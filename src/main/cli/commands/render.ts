import type { ExportView } from '#shared/contract/index.ts';
import type { ProjectId } from '#shared/model/index.ts';
import { exitCodeOfItems } from '../exit-codes.ts';
import { bytes, count, duration, table } from '../format.ts';
import { isAsRead, openProjectFileMemory } from '../project-file-memory.ts';
import { type EndedBatch, fileFacts, renderBatch } from '../render-batch.ts';
import { checkOptions, type RequestOptions, requestOf } from '../render-request.ts';
import type { CommandContext, Outcome } from '../types.ts';
import { watchFolder } from '../watch/watch-folder.ts';
import { projectId } from './project.ts';

/** `render <project>`, `render --watch <folder>`. */
export interface RenderOptions extends RequestOptions {
  out?: string;
  grant: string[];
  watch?: boolean;
  /** Seconds, with `watch`. */
  settle: string;
}

/**
 * Makes finished, checked files of a project of the library or of a project file; with `watch` of every project file that
 * is put into a folder.
 */
export async function renderCommand(context: CommandContext, target: string, options: RenderOptions): Promise<Outcome> {
  checkOptions(options);
  if (options.watch) return watchFolder(context, target, options);
  const { client } = context;
  const { id, missingMedia } = await openTarget(context, target, options.grant);
  const { project } = await client.projects.get({ id });
  const outDir = options.out === undefined ? null : context.path(options.out);
  const ended = await renderBatch(context, requestOf(project, options, outDir));
  const failed = ended.exports.filter((one) => one.state !== 'finished');
  const json = {
    ...{ projectId: id, projectName: project.name, batchId: ended.batchId, outDir: ended.outDir },
    ...{ preset: options.preset, missingMedia, files: ended.exports.map(fileFacts), beside: ended.handoff },
  };
  const { error } = ended.handoff;
  const failures = failed.map((one) => one.error ?? { code: 'job-failed' as const });
  return { json, text: describe(ended, failed), code: exitCodeOfItems([...failures, error]) };
}

/** The project meant: by its id, or by a file, which is brought in unless it is there unchanged and whole. */
async function openTarget(context: CommandContext, target: string, grant: readonly string[]): Promise<OpenedTarget> {
  if (!target.endsWith('.json')) return { id: projectId(target), missingMedia: [] };
  const { client } = context;
  const path = context.path(target);
  const { libraryFolder } = await client.system.info();
  const memory = await openProjectFileMemory(client, libraryFolder, path);
  const known = await memory.recall();
  if (known !== null) return { id: known, missingMedia: [] };
  const replaces = await replaceable(context, await memory.recallPlace());
  const report = await client.projects.importFile({ path, grantedFolders: grant.map(context.path), replaces });
  const { missingMedia } = report;
  for (const media of missingMedia) context.deps.stderr(`Missing: ${media.name} (${media.path}): ${media.reason}\n`);
  // With media missing it is looked at anew next time: they may be there by then.
  if (missingMedia.length === 0) await memory.remember(report.projectId);
  return { id: report.projectId, missingMedia };
}

/** The project that another text of the file became, unless somebody works on it. */
async function replaceable({ client }: CommandContext, id: ProjectId | null): Promise<ProjectId | null> {
  const state = id === null ? null : await client.projects.get({ id }).catch(() => null);
  return state !== null && isAsRead(state) ? id : null;
}

interface OpenedTarget {
  id: ProjectId;
  missingMedia: { name: string; path: string; reason: string }[];
}

function describe({ exports, handoff, outDir }: EndedBatch, failed: readonly ExportView[]): string {
  const rows = exports.map((one) => [
    one.state,
    one.ratio,
    duration(one.durationSeconds),
    one.sizeBytes === null ? '' : bytes(one.sizeBytes),
    one.fileName,
  ]);
  const reasons = failed.map((one) => `${one.fileName}: ${one.error?.userMessage ?? one.state}`);
  const beside = handoff.files.filter(({ exportId }) => exportId === null).map(({ kind, path }) => `${kind}: ${path}`);
  const trouble = handoff.error ? [handoff.error.userMessage] : [];
  const summary = `${count(exports.length - failed.length, 'file')} in ${outDir}${failed.length > 0 ? `, ${failed.length} failed` : ''}`;
  return [table(['state', 'ratio', 'length', 'size', 'file'], rows), ...reasons, ...beside, ...trouble, summary].join(
    '\n',
  );
}
