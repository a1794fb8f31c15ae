import type { CheckReport } from '#shared/contract/index.ts';
import { AppError, type AppErrorData, isCancelled, toAppError } from '#shared/errors/index.ts';
import { exitCodeOfItems } from '../exit-codes.ts';
import { table } from '../format.ts';
import { parsePlacements } from '../placement-names.ts';
import type { CommandContext, Outcome } from '../types.ts';

/** `check <files…>`. */
export interface CheckOptions {
  placement: string[];
  loudness?: string;
}

interface Checked {
  path: string;
  report: CheckReport | null;
  error: AppErrorData | null;
}

const marks = { ok: '✓', failed: '✗', skipped: '–', note: 'i' } as const;

/** `check <files…>`: are they what an ad must be, and may they go to these placements? */
export async function checkCommand(context: CommandContext, files: string[], options: CheckOptions): Promise<Outcome> {
  const aims = { placements: parsePlacements(options.placement), loudnessLufs: parseLoudness(options.loudness) };
  const checked: Checked[] = [];
  for (const file of files) checked.push(await checkOne(context, context.path(file), aims));
  const files_ = checked.map(({ path, report, error }) => ({
    ...{ path, isPassed: report?.isPassed ?? false, findings: report?.findings ?? [], error },
  }));
  const [only] = files_;
  return {
    // One file is told as itself, several as a list.
    json: files_.length === 1 && only ? only : { isPassed: files_.every((one) => one.isPassed), files: files_ },
    text: checked.map(describe).join('\n\n'),
    code: exitCodeOfItems(
      checked.map(({ report, error }) => error ?? (report?.isPassed ? null : { code: 'output-check-failed' })),
    ),
  };
}

async function checkOne(
  { client, signal }: CommandContext,
  path: string,
  aims: { placements: ReturnType<typeof parsePlacements>; loudnessLufs: number | null },
): Promise<Checked> {
  try {
    return { path, report: await client.render.check({ path, ...aims }, { signal }), error: null };
  } catch (error) {
    // One file that cannot be read does not hold up the others.
    if (isCancelled(error)) throw error;
    return { path, report: null, error: toAppError(error).toData() };
  }
}

function parseLoudness(text: string | undefined): number | null {
  if (text === undefined) return null;
  const lufs = Number(text);
  if (lufs >= -40 && lufs <= -5) return lufs;
  throw new AppError('invalid-input', `“${text}” is no loudness. Write LUFS from -40 to -5, such as -14.`);
}

function describe({ path, report, error }: Checked): string {
  if (!report) return `${path}\nfailed: ${error?.userMessage ?? ''}`;
  const rows = report.findings.map((one) => [
    marks[one.state],
    one.label,
    one.found,
    one.state === 'failed' ? one.expected : '',
  ]);
  return `${path}\n${table(['', 'what', 'found', 'expected'], rows)}\n${report.isPassed ? 'passed' : 'failed'}`;
}
