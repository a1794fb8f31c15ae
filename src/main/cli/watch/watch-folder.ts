import { stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, isCancelled } from '#shared/errors/index.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import { count } from '../format.ts';
import type { RequestOptions } from '../render-request.ts';
import type { CommandContext, Outcome } from '../types.ts';
import { type BriefResult, readResult, renderBrief } from './render-brief.ts';
import { briefKey, briefsOf, isSameListing, type Listing, outDirOf, resultPath, scanFolder } from './scan.ts';
import { areAllThere } from './take-over.ts';

/** What `render --watch` goes by. */
export interface WatchOptions extends RequestOptions {
  out?: string;
  /** Seconds a folder must be still before what is in it counts as complete. */
  settle: string;
}

/** Looks this often; more often when it is to settle quickly. */
const lookEveryMs = 1000;
/** What the machine could not do (a full disk) is tried again after this long, though nothing changed. */
const tryAgainMs = 60_000;
/** Rounds told at the end. */
const rememberedRounds = 1000;

interface Round {
  brief: string;
  state: BriefResult['state'];
  files: number;
  error: string | null;
}

interface Watching {
  context: CommandContext;
  folder: string;
  outDir: string;
  options: WatchOptions;
  /** Results by project file; what is not here is read from the result file. */
  known: Map<string, BriefResult>;
  /** When a project file is tried again without a change. */
  retryAtMs: Map<string, number>;
  rounds: Round[];
}

/**
 * Renders every project file that is put into a folder, again when it or its media change, until Ctrl-C. Files that are
 * still being copied are waited for. Results are in `<name>.result.json` beside each.
 */
export async function watchFolder(context: CommandContext, target: string, options: WatchOptions): Promise<Outcome> {
  const folder = context.path(target);
  const settleMs = parseSettle(options.settle);
  const info = await stat(folder).catch(() => null);
  if (!info?.isDirectory()) throw new AppError('invalid-input', `“${folder}” is not a folder. Make it first.`);
  const outDir = options.out === undefined ? join(folder, 'out') : context.path(options.out);
  const common = { known: new Map(), retryAtMs: new Map(), rounds: [] as Round[] };
  const watching: Watching = { context, folder, outDir, options, ...common };
  context.deps.stderr(`Watching ${folder}. Files go to ${outDir}. Ctrl-C ends it.\n`);
  try {
    await watch(watching, settleMs);
  } catch (error) {
    if (!isCancelled(error)) throw error;
  }
  const { rounds } = watching;
  const text = `${count(rounds.length, 'project file')} rendered`;
  return { json: { folder, outDir, rounds }, text, code: exitCodes.cancelled };
}

/** Seconds to wait, as ms. Throws `invalid-input`. */
function parseSettle(text: string): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds >= 0.1 && seconds <= 3600) return seconds * 1000;
  throw new AppError('invalid-input', `“${text}” is no time to wait. Write seconds, from 0.1 to 3600.`);
}

async function watch(watching: Watching, settleMs: number): Promise<void> {
  const { signal } = watching.context;
  let seen: Listing = new Map();
  let changedAtMs = performance.now();
  while (!signal.aborted) {
    const now = await scanFolder(watching.folder, watching.outDir, signal);
    if (!isSameListing(seen, now)) {
      seen = now;
      changedAtMs = performance.now();
    } else if (performance.now() - changedAtMs >= settleMs) {
      await renderDue(watching, seen);
    }
    await delay(Math.min(lookEveryMs, settleMs / 2), undefined, { signal }).catch(() => undefined);
  }
}

/** Renders what changed since it was rendered last. */
async function renderDue(watching: Watching, listing: Listing): Promise<void> {
  const { context, folder, options, known, retryAtMs } = watching;
  for (const brief of briefsOf(listing)) {
    if (context.signal.aborted) return;
    const resultFile = resultPath(brief);
    const outDir = outDirOf(brief, folder, watching.outDir);
    const key = await briefKey(brief, JSON.stringify({ ...options, settle: '', outDir }));
    const before = known.get(brief) ?? (await readResult(resultFile));
    if (before?.key === key && !(await isDue(before, outDir, retryAtMs.get(brief), known.has(brief)))) {
      known.set(brief, before);
      continue;
    }
    say(watching, brief, 'rendering');
    const result = await renderBrief(context, { brief, resultFile, outDir, key, options, before });
    known.set(brief, result);
    retryAtMs.delete(brief);
    if (result.error && exitCodeOf(result.error) === exitCodes.environment)
      retryAtMs.set(brief, performance.now() + tryAgainMs);
    tell(watching, brief, result);
    // Others may have changed while this one was rendered.
    return;
  }
}

/** True when it is worth rendering the same again: files are gone since the last start, or the machine may be well again. */
async function isDue(
  before: BriefResult,
  outDir: string,
  retryAtMs: number | undefined,
  isKnown: boolean,
): Promise<boolean> {
  if (retryAtMs !== undefined && performance.now() >= retryAtMs) return true;
  return !isKnown && !(await areAllThere(outDir, before.owned));
}

function say({ context, folder }: Watching, brief: string, what: string): void {
  context.deps.stderr(`${relative(folder, brief)}: ${what}\n`);
}

function tell(watching: Watching, brief: string, { state, owned, error }: BriefResult): void {
  const files = owned.filter(({ name }) => name.endsWith('.mp4')).length;
  say(watching, brief, error ? error.userMessage : `${state}, ${count(files, 'film')} in the output folder`);
  watching.rounds.push({ brief: basename(brief), state, files, error: error?.userMessage ?? null });
  if (watching.rounds.length > rememberedRounds) watching.rounds.shift();
}
