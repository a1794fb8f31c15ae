import {
  allSlots,
  breaksRule,
  type OptionId,
  type PairingRule,
  type Project,
  type SlotId,
  type Variant,
  type VariantKey,
  variantKey,
  variantName,
} from '#shared/model/index.ts';

/** A combination of options: a variant, or one that a pairing rule forbids. */
export interface MatrixCell {
  key: VariantKey;
  name: string;
  variant: Variant;
  /** The first rule that forbids it; null = it is a variant. */
  blockedBy: PairingRule | null;
}

/** A row or column: an option of the slot that runs along this axis. */
export interface MatrixLine {
  id: string;
  name: string;
}

/** A column belongs to one combination of the slots that are on neither axis. */
export interface MatrixColumn extends MatrixLine {
  /** Index in {@link Matrix.groups}. */
  group: number;
}

/** Every combination of a project's options, as rows × columns. */
export interface Matrix {
  /** Names of the slots along the axes; null = no slot with a choice is left for it, and there is one line. */
  rowName: string | null;
  columnName: string | null;
  rows: readonly MatrixLine[];
  columns: readonly MatrixColumn[];
  /** What neighbouring columns share: "Body 2 · Easy morning"; one without a name when nothing more can be chosen. */
  groups: readonly MatrixLine[];
  /** By row, then column; null = filtered away. */
  cells: readonly (readonly (MatrixCell | null)[])[];
  /** True when there are more combinations than can be shown. */
  isCut: boolean;
}

/** Most combinations shown at once. */
export const mostCells = 5000;

type AnySlot = ReturnType<typeof allSlots>[number];
type Choice = Readonly<Record<SlotId, OptionId>>;

/** Slots for rows, columns, and the rest: the last timed slot runs across, the first down. */
function axesOf(project: Project): { row: AnySlot | null; column: AnySlot | null; rest: AnySlot[] } {
  const open = allSlots(project).filter((slot) => slot.options.length > 1);
  const timed = open.filter(({ id }) => project.slots.some((slot) => slot.id === id));
  const column = timed.at(-1) ?? open.at(-1) ?? null;
  const row = [...timed, ...open].find((slot) => slot !== column) ?? null;
  return { row, column, rest: open.filter((slot) => slot !== row && slot !== column) };
}

/** Every combination of options of these slots, the first turning slowest; one empty one for no slots. */
function combinations(slots: readonly AnySlot[], most: number): { choice: Choice; name: string }[] {
  let list: { choice: Choice; name: string }[] = [{ choice: {}, name: '' }];
  for (const slot of slots) {
    list = list
      .flatMap(({ choice, name }) =>
        slot.options.map((option) => ({
          choice: { ...choice, [slot.id]: option.id },
          name: name === '' ? option.name : `${name} · ${option.name}`,
        })),
      )
      .slice(0, most);
  }
  return list;
}

function cellOf(project: Project, variant: Variant): MatrixCell {
  const { pairingRules } = project;
  const chosen = new Set(Object.values(variant));
  const blockedBy = pairingRules.find((rule) => breaksRule(rule, chosen)) ?? null;
  return { key: variantKey(project, variant), name: variantName(project, variant), variant, blockedBy };
}

/** The matrix of a project; null while no timed slot has an option. */
export function buildMatrix(project: Project): Matrix | null {
  if (!project.slots.some((slot) => slot.options.length > 0)) return null;
  const { row, column, rest } = axesOf(project);
  const fixed = Object.fromEntries(
    allSlots(project).flatMap((slot) => (slot.options.length === 1 ? [[slot.id, slot.options[0]?.id]] : [])),
  ) as Choice;
  const rows = combinations(row ? [row] : [], mostCells);
  const across = combinations(column ? [column] : [], mostCells);
  const mostGroups = Math.max(1, Math.floor(mostCells / (rows.length * across.length)));
  const all = rest.reduce((count, slot) => count * slot.options.length, 1);
  const groups = combinations(rest, mostGroups);
  const columns = groups.flatMap((group, at) => across.map((one) => ({ ...one, group, at })));
  return {
    rowName: row?.name ?? null,
    columnName: column?.name ?? null,
    rows: rows.map(({ choice, name }) => ({ id: Object.values(choice).join(), name })),
    columns: columns.map(({ choice, name, group, at }) => ({
      id: [...Object.values(group.choice), ...Object.values(choice)].join(),
      name,
      group: at,
    })),
    groups: groups.map(({ choice, name }) => ({ id: Object.values(choice).join(), name })),
    cells: rows.map((one) =>
      columns.map(({ choice, group }) => cellOf(project, { ...fixed, ...one.choice, ...group.choice, ...choice })),
    ),
    isCut: groups.length < all,
  };
}

/** The matrix with only the rows and columns in which something fits; what does not is null. */
export function filterMatrix(matrix: Matrix, fits: (cell: MatrixCell) => boolean): Matrix {
  const kept = matrix.cells.map((line) => line.map((cell) => (cell && fits(cell) ? cell : null)));
  const rowsLeft = matrix.rows.flatMap((_, row) => (kept[row]?.some((cell) => cell !== null) ? [row] : []));
  const columnsLeft = matrix.columns.flatMap((_, column) =>
    kept.some((line) => line[column] !== null) ? [column] : [],
  );
  const pick = <Each>(list: readonly Each[], indices: readonly number[]) =>
    indices.flatMap((index) => {
      const one = list[index];
      return one === undefined ? [] : [one];
    });
  return {
    ...matrix,
    rows: pick(matrix.rows, rowsLeft),
    columns: pick(matrix.columns, columnsLeft),
    cells: rowsLeft.map((row) => pick(kept[row] ?? [], columnsLeft)),
  };
}

/** A place in the matrix. */
export interface CellPlace {
  row: number;
  column: number;
}

/** Both corners of a rectangle, in any order. */
export interface CellRange {
  anchor: CellPlace;
  focus: CellPlace;
}

/** True when a place lies within a rectangle. */
export function isWithin({ anchor, focus }: CellRange, { row, column }: CellPlace): boolean {
  const between = (value: number, a: number, b: number) => value >= Math.min(a, b) && value <= Math.max(a, b);
  return between(row, anchor.row, focus.row) && between(column, anchor.column, focus.column);
}

/** The variants within a rectangle, without those a rule forbids. */
export function cellsWithin(matrix: Matrix, range: CellRange): MatrixCell[] {
  return matrix.cells.flatMap((line, row) =>
    line.filter(
      (cell, column): cell is MatrixCell =>
        cell !== null && cell.blockedBy === null && isWithin(range, { row, column }),
    ),
  );
}

/** The variants of a row, of a column, or of a group of columns. */
export function cellsOf(matrix: Matrix, part: { row: number } | { column: number } | { group: number }): MatrixCell[] {
  return matrix.cells.flatMap((line, row) =>
    line.filter((cell, column): cell is MatrixCell => {
      if (cell === null || cell.blockedBy !== null) return false;
      if ('row' in part) return part.row === row;
      return 'column' in part ? part.column === column : matrix.columns[column]?.group === part.group;
    }),
  );
}

/** How much of a line is ticked; `empty`: it holds no variant. */
export type LineState = boolean | 'mixed' | 'empty';

/** How much is ticked of every row, column and group of columns. */
export interface LineStates {
  rows: readonly LineState[];
  columns: readonly LineState[];
  groups: readonly LineState[];
}

/** Counts through the matrix once, so that drawing a line costs nothing while scrolling. */
export function lineStates(matrix: Matrix, keys: ReadonlySet<VariantKey>): LineStates {
  const counts = (length: number) => Array.from({ length }, () => ({ all: 0, ticked: 0 }));
  const rows = counts(matrix.rows.length);
  const columns = counts(matrix.columns.length);
  const groups = counts(matrix.groups.length);
  for (const [row, line] of matrix.cells.entries()) {
    for (const [column, cell] of line.entries()) {
      if (cell === null || cell.blockedBy !== null) continue;
      const isTicked = keys.has(cell.key) ? 1 : 0;
      for (const one of [rows[row], columns[column], groups[matrix.columns[column]?.group ?? 0]]) {
        if (!one) continue;
        one.all += 1;
        one.ticked += isTicked;
      }
    }
  }
  const stateOf = ({ all, ticked }: { all: number; ticked: number }): LineState => {
    if (all === 0) return 'empty';
    return ticked === 0 ? false : ticked === all ? true : 'mixed';
  };
  return { rows: rows.map(stateOf), columns: columns.map(stateOf), groups: groups.map(stateOf) };
}

/** Where a key leads from a place; null for keys that do not move. */
export function placeAfterKey(
  { rows, columns }: Matrix,
  { row, column }: CellPlace,
  key: string,
  isFar: boolean,
): CellPlace | null {
  const to = (nextRow: number, nextColumn: number): CellPlace => ({
    row: Math.min(rows.length - 1, Math.max(0, nextRow)),
    column: Math.min(columns.length - 1, Math.max(0, nextColumn)),
  });
  switch (key) {
    case 'ArrowUp':
      return isFar ? to(0, column) : to(row - 1, column);
    case 'ArrowDown':
      return isFar ? to(Number.MAX_SAFE_INTEGER, column) : to(row + 1, column);
    case 'ArrowLeft':
      return isFar ? to(row, 0) : to(row, column - 1);
    case 'ArrowRight':
      return isFar ? to(row, Number.MAX_SAFE_INTEGER) : to(row, column + 1);
    case 'Home':
      return isFar ? to(0, 0) : to(row, 0);
    case 'End':
      return to(isFar ? Number.MAX_SAFE_INTEGER : row, Number.MAX_SAFE_INTEGER);
    default:
      return null;
  }
}
