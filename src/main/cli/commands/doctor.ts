import { exitCodes } from '../exit-codes.ts';
import { table } from '../format.ts';
import type { CommandContext, Outcome } from '../types.ts';

const marks = { ok: '✓', warning: '!', error: '✗' } as const;

/** `doctor`: what was found on this machine, and what to do about what is missing. */
export async function doctorCommand({ client }: CommandContext): Promise<Outcome> {
  const [{ checks }, info] = [await client.system.doctor(), await client.system.info()];
  const rows = checks.map((check) => [marks[check.state], check.label, check.detail]);
  const fixes = checks.filter((check) => check.fix !== null).map((check) => `${check.label}: ${check.fix}`);
  const hasError = checks.some((check) => check.state === 'error');
  return {
    json: { checks, info, isHealthy: !hasError },
    text: [table(['', 'what', 'found'], rows), ...(fixes.length > 0 ? ['', 'What to do:', ...fixes] : [])].join('\n'),
    code: hasError ? exitCodes.environment : exitCodes.ok,
  };
}
