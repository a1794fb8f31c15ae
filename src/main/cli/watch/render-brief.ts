import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { atomicWrite, ensureWritableFolder } from '#main/platform/files/index.ts';
import { appErrorDataSchema } from '#shared/contract/base.ts';
import { AppError, isCancelled, toAppError } from '#shared/errors/index.ts';
import { type ProjectId, projectIdSchema } from '#shared/model/index.ts';
import { openProjectFileMemory } from '../project-file-memory.ts';
import { type EndedBatch, fileFacts, renderBatch } from '../render-batch.ts';
import { type RequestOptions, requestOf } from '../render-request.ts';
import type { CommandContext } from '../types.ts';
import { type OwnedFile, takeOver } from './take-over.ts';

/** Half-made work within an output folder; the dot keeps people and watching away from it. */
const workPrefix = '.spotloom-work-';

/** Untouched for this long, work has been given up. */
const oldWorkMs = 3_600_000;
const forgottenAtOnce = 1000;

/** What is kept from one time to the next; the result file says more, for people and scripts. */
export const briefResultSchema = z.object({
  /** See `briefKey`. */
  key: z.string(),
  state: z.enum(['finished', 'partly', 'failed']),
  projectId: projectIdSchema.nullable(),
  /** Everything in the output folder that is ours. */
  owned: z.array(z.object({ name: z.string(), sha256: z.string() })),
  error: appErrorDataSchema.nullable(),
});
export type BriefResult = z.infer<typeof briefResultSchema>;

/** One project file to be rendered. */
export interface BriefWork {
  brief: string;
  resultFile: string;
  outDir: string;
  key: string;
  options: RequestOptions;
  /** What the last time left; null = this is the first. */
  before: BriefResult | null;
}

/** What a project file led to before; null when that is not known. */
export async function readResult(path: string): Promise<BriefResult | null> {
  try {
    return briefResultSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

interface Made {
  ended: EndedBatch;
  projectId: ProjectId;
  projectName: string;
  owned: OwnedFile[];
}

/**
 * Renders one project file and writes its result file: what was made, or what is wrong. What was made before stays until the
 * new files are whole. Throws only `cancelled`, and when the result file itself cannot be written.
 */
export async function renderBrief(context: CommandContext, work: BriefWork): Promise<BriefResult> {
  const { brief, outDir, before, key } = work;
  const startedAt = new Date();
  const common = { brief: basename(brief), startedAt: startedAt.toISOString(), outDir, key };
  try {
    const made = await makeFiles(context, work);
    const { exports, handoff, batchId } = made.ended;
    const finished = exports.filter((one) => one.state === 'finished').length;
    const state = finished === exports.length && !handoff.error ? 'finished' : finished > 0 ? 'partly' : 'failed';
    const kept = before?.owned.filter(({ name }) => !made.owned.some((one) => one.name === name)) ?? [];
    const owned = [...made.owned, ...kept];
    const result: BriefResult = { key, state, projectId: made.projectId, owned, error: handoff.error };
    const files = exports.map((one) => ({ ...fileFacts(one), path: inPlace(one.path, made.ended.outDir, outDir) }));
    const beside = handoff.files.map((one) => ({ ...one, path: inPlace(one.path, made.ended.outDir, outDir) }));
    const outdated = kept.map(({ name }) => name);
    await writeResult(work, { ...common, ...result, projectName: made.projectName, batchId, files, beside, outdated });
    return result;
  } catch (error) {
    if (isCancelled(error)) throw error;
    const result: BriefResult = {
      ...{ key, state: 'failed', projectId: before?.projectId ?? null, owned: before?.owned ?? [] },
      error: toAppError(error).toData(),
    };
    await writeResult(work, { ...common, ...result, files: [], beside: [], outdated: [] });
    return result;
  }
}

async function writeResult({ resultFile }: BriefWork, result: object): Promise<void> {
  const finishedAt = new Date().toISOString();
  await atomicWrite(resultFile, `${JSON.stringify({ ...result, finishedAt }, null, 2)}\n`);
}

/** Where a file of the work folder came to lie. */
function inPlace(path: string, workDir: string, outDir: string): string {
  return join(outDir, relative(workDir, path).split(sep).join('/'));
}

async function makeFiles(context: CommandContext, work: BriefWork): Promise<Made> {
  const { client } = context;
  const { brief, options, outDir, before } = work;
  const { libraryFolder } = await client.system.info();
  const memory = await openProjectFileMemory(client, libraryFolder, brief);
  // One project per file, whatever is written into it: creative ids hang on it.
  const replaces = before?.projectId ?? (await memory.recallPlace());
  const { projectId, missingMedia } = await client.projects.importFile({ path: brief, grantedFolders: [], replaces });
  const workDir = join(outDir, `${workPrefix}${randomBytes(6).toString('hex')}`);
  try {
    if (missingMedia.length > 0) {
      const list = missingMedia.map(({ name, path, reason }) => `${path || name}: ${reason}`).join('; ');
      const sentence = `Media of this project file are missing: ${list}. They must lie in its folder or below.`;
      throw new AppError('media-missing', sentence, { details: { missingMedia } });
    }
    const { project } = await client.projects.get({ id: projectId });
    await removeOldWork(outDir);
    await ensureWritableFolder(workDir);
    const ended = await renderBatch(context, {
      ...requestOf(project, options, workDir),
      // They take the place of the ones before.
      isRevisionNamed: false,
    });
    const owned = await takeOver(workDir, outDir, before?.owned ?? []);
    // The films lie elsewhere now: on the list of exports they would only be missing.
    await forget(context, ended);
    await memory.remember(projectId);
    return { ended, projectId, projectName: project.name, owned };
  } catch (error) {
    // It led to nothing.
    if (projectId !== replaces) await client.projects.remove({ id: projectId });
    throw error;
  } finally {
    await rm(workDir, { recursive: true, force: true }).catch(() => {});
  }
}

async function forget({ client }: CommandContext, { exports }: EndedBatch): Promise<void> {
  const ids = exports.map(({ id }) => id);
  for (let at = 0; at < ids.length; at += forgottenAtOnce)
    await client.render.forget({ ids: ids.slice(at, at + forgottenAtOnce) });
}

/** What killed programs left half-made; what is being made now is younger. */
async function removeOldWork(outDir: string): Promise<void> {
  const names = await readdir(outDir).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(workPrefix))) {
    const info = await stat(join(outDir, name)).catch(() => null);
    if (info && Date.now() - info.mtimeMs > oldWorkMs) await rm(join(outDir, name), { recursive: true, force: true });
  }
}
