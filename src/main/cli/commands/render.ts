import { z } from 'zod';
import type { ExportRequestInput, ExportView } from '#shared/contract/index.ts';
import { AppError, isCancelled } from '#shared/errors/index.ts';
import { type ProjectId, type Ratio, ratioSchema } from '#shared/model/index.ts';
import { exitCodeOfItems } from '../exit-codes.ts';
import { bytes, count, duration, table } from '../format.ts';
import { pollUntil } from '../poll.ts';
import { createProgressBar } from '../progress-bar.ts';
import { openProjectFileMemory } from '../project-file-memory.ts';
import type { CommandContext, Outcome } from '../types.ts';
import { chooseVariants } from '../variants.ts';
import { projectId } from './project.ts';

/** `render <project>`. */
export interface RenderOptions {
  variants: string;
  ratios: string;
  out?: string;
  preset: string;
  naming?: string;
  grant: string[];
}

/** Makes finished, checked files of a project of the library or of a project file. */
export async function renderCommand(context: CommandContext, target: string, options: RenderOptions): Promise<Outcome> {
  const { client } = context;
  const ratios = parseRatios(options.ratios);
  const { id, missingMedia } = await openTarget(context, target, options.grant);
  const { project } = await client.projects.get({ id });
  const request: ExportRequestInput = {
    projectId: id,
    variants: chooseVariants(project, options.variants),
    ratios,
    presetId: options.preset,
    outDir: options.out === undefined ? null : context.path(options.out),
    namingPattern: options.naming ?? null,
  };
  const { problems, outDir } = await client.render.estimate(request);
  const blocking = problems.find((problem) => problem.severity === 'error');
  if (blocking) throw AppError.fromData(blocking.error as Parameters<typeof AppError.fromData>[0]);
  for (const problem of problems) context.deps.stderr(`Note: ${problem.error.userMessage}\n`);
  const { batchId } = await client.render.start(request);
  const exports = await follow(context, batchId);
  const files = exports.map((one) => fileFacts(one));
  const failed = exports.filter((one) => one.state !== 'finished');
  return {
    json: { projectId: id, projectName: project.name, batchId, outDir, preset: options.preset, missingMedia, files },
    text: describe(exports, failed, outDir),
    code: exitCodeOfItems(failed.map((one) => one.error ?? { code: 'job-failed' })),
  };
}

function parseRatios(text: string): Ratio[] {
  const parsed = z
    .array(ratioSchema)
    .min(1)
    .safeParse(text.split(',').map((one) => one.trim().replace('x', ':')));
  if (parsed.success) return [...new Set(parsed.data)];
  throw new AppError(
    'invalid-input',
    `“${text}” are not ratios. Write some of 9:16, 4:5, 1:1, 16:9, separated by commas.`,
  );
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
  const report = await client.projects.importFile({ path, grantedFolders: grant.map(context.path) });
  const { missingMedia } = report;
  for (const media of missingMedia) context.deps.stderr(`Missing: ${media.name} (${media.path}): ${media.reason}\n`);
  // With media missing it is looked at anew next time: they may be there by then.
  if (missingMedia.length === 0) await memory.remember(report.projectId);
  return { id: report.projectId, missingMedia };
}

interface OpenedTarget {
  id: ProjectId;
  missingMedia: { name: string; path: string; reason: string }[];
}

/** Waits for all exports of a batch; Ctrl-C cancels them first. */
async function follow({ client, deps, signal }: CommandContext, batchId: ExportView['batchId']): Promise<ExportView[]> {
  const bar = createProgressBar({ isTty: deps.isTty, columns: deps.columns, write: deps.stderr });
  let exports: ExportView[] = [];
  const look = async () => {
    exports = await readBatch(client, batchId);
    const isOver = (one: ExportView) => one.state !== 'queued' && one.state !== 'running';
    const done = exports.filter(isOver).length;
    const fraction =
      exports.reduce((sum, one) => sum + (isOver(one) ? 1 : one.fraction), 0) / Math.max(1, exports.length);
    const running = exports.find((one) => one.state === 'running');
    bar.show(
      fraction,
      `${done} of ${count(exports.length, 'export')}${running ? `, ${running.variantName} ${running.ratio}` : ''}`,
    );
    return done === exports.length;
  };
  try {
    await pollUntil(look, 200, signal);
    return exports;
  } catch (error) {
    if (isCancelled(error)) await client.render.cancel({ batchId });
    throw error;
  } finally {
    bar.end();
  }
}

async function readBatch(client: CommandContext['client'], batchId: ExportView['batchId']): Promise<ExportView[]> {
  const all: ExportView[] = [];
  for (;;) {
    const { exports, total } = await client.render.list({ batchId, offset: all.length, limit: 500 });
    all.push(...exports);
    if (exports.length === 0 || all.length >= total) return all;
  }
}

function fileFacts(one: ExportView) {
  const found = one.check?.findings.find((finding) => finding.id === 'size')?.found ?? '';
  const size = /^(\d+)×(\d+)$/.exec(found);
  const { state, path, fileName, variantKey, variantName, ratio, durationSeconds, sizeBytes, check, error } = one;
  return {
    ...{ state, path, fileName, variantKey, variantName, ratio },
    ...{ width: size ? Number(size[1]) : null, height: size ? Number(size[2]) : null },
    ...{ frames: one.frameCount, durationSeconds, sizeBytes, check, error },
    ...{ releaseId: one.releaseId, revision: one.revision },
  };
}

function describe(exports: readonly ExportView[], failed: readonly ExportView[], outDir: string): string {
  const rows = exports.map((one) => [
    one.state,
    one.ratio,
    duration(one.durationSeconds),
    one.sizeBytes === null ? '' : bytes(one.sizeBytes),
    one.fileName,
  ]);
  const reasons = failed.map((one) => `${one.fileName}: ${one.error?.userMessage ?? one.state}`);
  const summary = `${count(exports.length - failed.length, 'file')} in ${outDir}${failed.length > 0 ? `, ${failed.length} failed` : ''}`;
  return [table(['state', 'ratio', 'length', 'size', 'file'], rows), ...reasons, summary].join('\n');
}
