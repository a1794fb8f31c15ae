import { AppError, isCancelled } from '#shared/errors/index.ts';
import type { EngineClient } from '../../engine/index.ts';

const mostReports = 20;

/** Sends the page's own crashes to the engine's log; known errors have been shown to the person and stay here. */
export function reportProblems(client: EngineClient): void {
  let left = mostReports;
  const report = (problem: unknown) => {
    if (left <= 0 || problem instanceof AppError || isCancelled(problem)) return;
    left -= 1;
    const error = problem instanceof Error ? problem : new Error(String(problem));
    const stack = error.stack?.slice(0, 20_000) ?? null;
    client.system.reportProblem({ message: error.message.slice(0, 10_000), stack }).catch(() => undefined);
  };
  window.addEventListener('error', (event) => report(event.error ?? event.message));
  window.addEventListener('unhandledrejection', (event) => report(event.reason));
}
