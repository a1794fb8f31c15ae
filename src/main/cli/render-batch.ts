import type { ExportRequestInput, ExportView, HandoffState } from '#shared/contract/index.ts';
import { AppError, isCancelled } from '#shared/errors/index.ts';
import { count } from './format.ts';
import { pollUntil } from './poll.ts';
import { createProgressBar } from './progress-bar.ts';
import type { CommandContext } from './types.ts';

/** A batch that has ended. */
export interface EndedBatch {
  batchId: ExportView['batchId'];
  exports: ExportView[];
  /** What was written beside the files. */
  handoff: HandoffState;
  outDir: string;
}

/** Renders a request to its end, saying on stderr what to know before. Ctrl-C cancels what is under way. */
export async function renderBatch(context: CommandContext, request: ExportRequestInput): Promise<EndedBatch> {
  const { client, deps } = context;
  const { problems, outDir } = await client.render.estimate(request);
  const blocking = problems.find((problem) => problem.severity === 'error');
  if (blocking) throw AppError.fromData(blocking.error as Parameters<typeof AppError.fromData>[0]);
  for (const problem of problems) deps.stderr(`Note: ${problem.error.userMessage}\n`);
  if ((request.placements ?? []).length > 0) {
    const { findings } = await client.render.preflight(request);
    for (const { severity, message } of findings) if (severity === 'warning') deps.stderr(`Note: ${message}\n`);
  }
  const { batchId } = await client.render.start(request);
  return { batchId, outDir, ...(await follow(context, batchId)) };
}

/** Waits for all exports of a batch and what is written beside them. */
async function follow(
  { client, deps, signal }: CommandContext,
  batchId: ExportView['batchId'],
): Promise<Pick<EndedBatch, 'exports' | 'handoff'>> {
  const bar = createProgressBar({ isTty: deps.isTty, columns: deps.columns, write: deps.stderr });
  let exports: ExportView[] = [];
  let handoff: HandoffState = { state: 'none', files: [], error: null };
  const look = async () => {
    exports = await readBatch(client, batchId);
    const isOver = (one: ExportView) => one.state !== 'queued' && one.state !== 'running';
    const done = exports.filter(isOver).length;
    const fraction =
      exports.reduce((sum, one) => sum + (isOver(one) ? 1 : one.fraction), 0) / Math.max(1, exports.length);
    const running = exports.find((one) => one.state === 'running');
    const what = running ? `, ${running.variantName} ${running.ratio}` : '';
    bar.show(fraction, `${done} of ${count(exports.length, 'export')}${what}`);
    return done === exports.length;
  };
  const lookBeside = async () => {
    // Paused elsewhere, a batch may never end.
    if (exports.some((one) => one.state === 'paused')) return true;
    handoff = await client.render.handoff({ batchId });
    bar.show(1, 'writing what belongs beside the files');
    return handoff.state !== 'waiting';
  };
  try {
    await pollUntil(look, 200, signal);
    await pollUntil(lookBeside, 200, signal);
    return { exports, handoff };
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

/** What the JSON documents say of an export. */
export function fileFacts(one: ExportView) {
  const found = one.check?.findings.find((finding) => finding.id === 'size')?.found ?? '';
  const size = /^(\d+)×(\d+)$/.exec(found);
  const { state, path, fileName, variantKey, variantName, ratio, durationSeconds, sizeBytes, check, error } = one;
  return {
    ...{ state, path, fileName, variantKey, variantName, ratio },
    ...{ version: one.version, placements: one.placements },
    ...{ width: size ? Number(size[1]) : null, height: size ? Number(size[2]) : null },
    ...{ frames: one.frameCount, durationSeconds, sizeBytes, check, error },
    ...{ creativeId: one.creativeId, releaseId: one.releaseId, revision: one.revision },
  };
}
