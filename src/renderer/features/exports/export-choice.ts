import {
  listVariants,
  type Project,
  type Ratio,
  ratios,
  suggestVariants,
  type Variant,
  type VariantKey,
  variantKey,
  variantName,
} from '#shared/model/index.ts';

/** A line of the export table. */
export interface ExportRow {
  key: VariantKey;
  name: string;
  variant: Variant;
}

/** What is ticked: variants by key, and ratios. Every ticked variant is made in every ticked ratio. */
export interface ExportChoice {
  keys: ReadonlySet<VariantKey>;
  ratios: ReadonlySet<Ratio>;
}

/** Most lines of the table; beyond it the terminal face is the better tool. */
export const mostRows = 2000;

/** Every variant of a project as a line. */
export function exportRows(project: Project): ExportRow[] {
  return listVariants(project, mostRows).map((variant) => ({
    key: variantKey(project, variant),
    name: variantName(project, variant),
    variant,
  }));
}

/** What is ticked at first: the variants asked for, else each hook once with the first body and CTA; in 9:16. */
export function firstChoice(project: Project, wanted: readonly Variant[] | null): ExportChoice {
  const variants = wanted ?? suggestVariants(project);
  return { keys: new Set(variants.map((variant) => variantKey(project, variant))), ratios: new Set<Ratio>(['9:16']) };
}

/** The set with one member turned on or off. */
export function withMember<Member>(set: ReadonlySet<Member>, member: Member, isIn: boolean): ReadonlySet<Member> {
  const next = new Set(set);
  if (isIn) next.add(member);
  else next.delete(member);
  return next;
}

/** The ratios ticked, in the usual order. */
export function tickedRatios(choice: ExportChoice): Ratio[] {
  return ratios.filter((ratio) => choice.ratios.has(ratio));
}

/** All, none or some of the lines ticked. */
export function tickState(rows: readonly ExportRow[], keys: ReadonlySet<VariantKey>): boolean | 'mixed' {
  const count = rows.filter((row) => keys.has(row.key)).length;
  return count === 0 ? false : count === rows.length ? true : 'mixed';
}
