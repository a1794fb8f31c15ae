import { posix } from 'node:path';
import type { Project, Release, Variant } from '#shared/model/index.ts';
import { chosenOption, placements } from '#shared/model/index.ts';
import type { ExportRow } from '../schema.ts';

/** One file of a batch as its table lists it. */
export interface TableEntry {
  row: ExportRow;
  project: Project;
  /** Null for what did not become a file. */
  release: Release | null;
  ratioGroupId: string;
  copy: Release['copy'];
  /** Where it stands, for people: "finished", "failed", "cancelled", "file missing". */
  state: string;
  /** What was wrong, for people. */
  problem: string;
  /** Path of the cover within the export folder; "" = none. */
  coverFile: string;
}

const bom = '\uFEFF';

/** What spreadsheets would take for a formula stays text. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** One cell by RFC 4180. */
export function csvCell(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : harmless(value);
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

function optionOf(project: Project, variant: Variant, role: 'hook' | 'body' | 'cta'): string {
  return project.slots
    .filter((slot) => slot.role === role)
    .map((slot) => chosenOption(slot, variant)?.name ?? '')
    .filter((name) => name !== '')
    .join(' + ');
}

const columns: readonly [string, (entry: TableEntry) => string | number][] = [
  ['file', ({ row, release }) => release?.fileName ?? row.fileName],
  ['creative id', ({ row }) => row.creativeId],
  ['ratio-group id', ({ ratioGroupId }) => ratioGroupId],
  ['revision', ({ row }) => row.revision],
  ['variant', ({ row }) => row.variantName],
  ['hook', ({ row, project }) => optionOf(project, row.variant, 'hook')],
  ['body', ({ row, project }) => optionOf(project, row.variant, 'body')],
  ['cta', ({ row, project }) => optionOf(project, row.variant, 'cta')],
  ['ratio', ({ row }) => row.ratio],
  [
    'placements',
    ({ row }) =>
      row.placements
        .filter((id) => placements[id].ratios.includes(row.ratio))
        .map((id) => placements[id].name)
        .join('; '),
  ],
  ['version', ({ row }) => row.version],
  ['seconds', ({ row }) => Number(row.durationSeconds.toFixed(3))],
  ['primary text', ({ copy }) => copy?.primaryText ?? ''],
  ['headline', ({ copy }) => copy?.headline ?? ''],
  ['URL', ({ copy }) => copy?.url ?? ''],
  ['cover file', ({ coverFile }) => coverFile],
  ['state', ({ state }) => state],
  ['problem', ({ problem }) => problem],
];

/** The media buyer's table of a batch: UTF-8 with a mark that spreadsheets look for, RFC 4180. */
export function tableOf(entries: readonly TableEntry[]): string {
  const lines = [columns.map(([name]) => csvCell(name)), ...entries.map((entry) => cells(entry))];
  return `${bom}${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}

function cells(entry: TableEntry): string[] {
  return columns.map(([, value]) => csvCell(value(entry)));
}

/** What leads from a file's results back to its options and pieces; see `docs/terminal.md`. */
export function mappingOf(batchId: string, entries: readonly TableEntry[]): string {
  const files = entries.map(({ row, release, ratioGroupId, state }) => ({
    file: release?.fileName ?? row.fileName,
    name: posix.basename(release?.fileName ?? row.fileName),
    state,
    ...{ exportId: row.id, releaseId: row.releaseId, creativeId: row.creativeId, ratioGroupId },
    ...{ revision: row.revision, variantKey: row.variantKey, variantName: row.variantName, variant: row.variant },
    ...{ ratio: row.ratio, version: row.version, rate: row.rate, frames: row.frameCount },
    sha256: release?.sha256 ?? null,
    options: release?.sections ?? [],
    values: release?.values ?? {},
    media: release?.media ?? [],
    segments: release?.segments ?? [],
  }));
  const [first] = entries;
  const project = first ? { id: first.row.projectId, name: first.row.projectName } : null;
  return `${JSON.stringify({ format: 'spotloom-mapping', version: 1, batchId, project, files }, null, 1)}\n`;
}
