import type { CheckReport } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';

/** The error of an export whose check failed, with the report as evidence. */
export function checkFailed(report: CheckReport): AppError {
  const failed = report.findings.filter((one) => one.state === 'failed');
  const what = failed.map((one) => `${one.label} (${one.found} instead of ${one.expected})`).join('; ');
  return new AppError(
    'output-check-failed',
    `The finished file did not pass its check and was not kept: ${what}. Please try again.`,
    { retry: 'retry', details: { report } },
  );
}
