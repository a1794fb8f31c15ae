import { setImmediate as breathe } from 'node:timers/promises';
import type { ExportState, ExportsChoice } from '#shared/contract/render.ts';
import type { RenderContext } from '../context.ts';
import { takingTurns } from '../exports/taking-turns.ts';
import { exportState } from '../exports/views.ts';
import type { ExportRow } from '../schema.ts';

/** Exports changed before other work gets its turn. */
const atOnce = 4;

/** Does something for each, letting other work in between. */
export async function inTurns<Item>(items: readonly Item[], task: (some: readonly Item[]) => void): Promise<void> {
  for (let first = 0; first < items.length; first += atOnce) {
    task(items.slice(first, first + atOnce));
    await breathe();
  }
}

/** The exports that were chosen and are in one of these states, in the order they were asked for. */
export async function chosenExports(
  { deps, tools }: RenderContext,
  choice: ExportsChoice,
  states: readonly ExportState[],
): Promise<ExportRow[]> {
  const { store } = tools;
  const rows =
    'batchId' in choice
      ? store.batch(choice.batchId)
      : 'exportIds' in choice
        ? store.exportsOf(choice.exportIds)
        : store.unfinished();
  const turn = takingTurns(tools.clock);
  const found: ExportRow[] = [];
  for (const row of rows) {
    await turn();
    if (states.includes(exportState(deps.jobs, row))) found.push(row);
  }
  return found.sort((a, b) => a.seq - b.seq);
}
