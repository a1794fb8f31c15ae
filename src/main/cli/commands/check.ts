import { stat } from 'node:fs/promises';
import { placementFindings, placements } from '#shared/model/index.ts';
import { exitCodes } from '../exit-codes.ts';
import { table } from '../format.ts';
import { placedFile } from '../placed-file.ts';
import { parsePlacements } from '../placement-names.ts';
import type { CommandContext, Outcome } from '../types.ts';

const marks = { ok: '✓', failed: '✗', skipped: '–', note: '·' } as const;

/** `check <file>`: is it what an ad must be, and may it go to these placements? */
export async function checkCommand(
  context: CommandContext,
  file: string,
  options: { placement: string[] },
): Promise<Outcome> {
  const wanted = parsePlacements(options.placement);
  const path = context.path(file);
  const report = await context.client.render.check({ path }, { signal: context.signal });
  const { size: bytes } = await stat(path);
  const facts = placedFile(report, bytes);
  const placed = wanted.flatMap((id) => placementFindings(placements[id], facts));
  const findings = [...report.findings, ...placed];
  const isPassed = report.isPassed && placed.every((finding) => finding.state !== 'failed');
  const rows = findings.map((one) => [
    marks[one.state],
    one.label,
    one.found,
    one.state === 'failed' ? one.expected : '',
  ]);
  return {
    json: { path, isPassed, findings },
    text: `${table(['', 'what', 'found', 'expected'], rows)}\n${isPassed ? 'passed' : 'failed'}`,
    code: isPassed ? exitCodes.ok : exitCodes.failed,
  };
}
