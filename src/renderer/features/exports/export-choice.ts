import type { ExportRequestInput } from '#shared/contract/index.ts';
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
import type { ExportMemory } from '../../state/index.ts';

/** A variant that can be exported. */
export interface ExportRow {
  key: VariantKey;
  name: string;
  variant: Variant;
}

/** What is ticked: variants by key, ratios, and the files left out of what the two make together. */
export interface ExportChoice {
  keys: ReadonlySet<VariantKey>;
  ratios: ReadonlySet<Ratio>;
  /** {@link fileKey}s. */
  except: ReadonlySet<string>;
}

/** Most variants that are listed and ticked; beyond it the terminal face is the better tool. */
export const mostRows = 5000;

/** Names the file of a variant in a ratio among the exceptions. */
export function fileKey(key: VariantKey, ratio: Ratio): string {
  return `${ratio} ${key}`;
}

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
  return {
    keys: new Set(variants.map((variant) => variantKey(project, variant))),
    ratios: new Set<Ratio>(['9:16']),
    except: new Set(),
  };
}

/**
 * What was ticked last, without the variants that are no more; the suggestion when nothing was ticked yet or nothing of
 * it is left.
 */
export function rememberedChoice(
  project: Project,
  rows: readonly ExportRow[],
  memory: Pick<ExportMemory, 'keys' | 'ratios' | 'except'>,
): ExportChoice {
  const known = new Set(rows.map((row) => row.key));
  const kept = memory.keys?.filter((key) => known.has(key)) ?? [];
  const isLost = memory.keys === null || (kept.length === 0 && memory.keys.length > 0);
  return {
    keys: isLost ? firstChoice(project, null).keys : new Set(kept),
    ratios: new Set(memory.ratios),
    except: new Set(memory.except),
  };
}

/** The set with one member turned on or off. */
export function withMember<Member>(set: ReadonlySet<Member>, member: Member, isIn: boolean): ReadonlySet<Member> {
  return withMembers(set, [member], isIn);
}

/** The set with some members turned on or off. */
export function withMembers<Member>(
  set: ReadonlySet<Member>,
  members: Iterable<Member>,
  isIn: boolean,
): ReadonlySet<Member> {
  const next = new Set(set);
  for (const member of members) {
    if (isIn) next.add(member);
    else next.delete(member);
  }
  return next;
}

/** The ratios ticked, in the usual order. */
export function tickedRatios(choice: ExportChoice): Ratio[] {
  return ratios.filter((ratio) => choice.ratios.has(ratio));
}

/** True when this file is among those to be made. */
export function isChosen(choice: ExportChoice, key: VariantKey, ratio: Ratio): boolean {
  return choice.keys.has(key) && choice.ratios.has(ratio) && !choice.except.has(fileKey(key, ratio));
}

/** The choice with variants in or out; those that come in are made in every format ticked, also where they were left out. */
export function withVariants(choice: ExportChoice, keys: readonly VariantKey[], isIn: boolean): ExportChoice {
  const files = isIn ? keys.flatMap((key) => ratios.map((ratio) => fileKey(key, ratio))) : [];
  return { ...choice, keys: withMembers(choice.keys, keys, isIn), except: withMembers(choice.except, files, false) };
}

/**
 * The choice with one file in or out, and nothing else changed: a variant or ratio that was not ticked is then ticked for
 * this file alone, and a variant without any file left is not ticked any more.
 */
export function withFile(choice: ExportChoice, key: VariantKey, ratio: Ratio, isIn: boolean): ExportChoice {
  const files = (keys: Iterable<VariantKey>, of: readonly Ratio[]) =>
    [...keys].flatMap((one) => of.map((each) => fileKey(one, each)));
  const except = withMember(choice.except, fileKey(key, ratio), !isIn);
  if (!isIn) {
    const isEmpty = tickedRatios(choice).every((one) => except.has(fileKey(key, one)));
    if (!isEmpty) return { ...choice, except };
    return {
      ...choice,
      keys: withMember(choice.keys, key, false),
      except: withMembers(except, files([key], ratios), false),
    };
  }
  const others = choice.keys.has(key)
    ? []
    : files(
        [key],
        tickedRatios(choice).filter((one) => one !== ratio),
      );
  const elsewhere = choice.ratios.has(ratio) ? [] : files(withMember(choice.keys, key, false), [ratio]);
  return {
    keys: withMember(choice.keys, key, true),
    ratios: withMember(choice.ratios, ratio, true),
    except: withMembers(except, [...others, ...elsewhere], true),
  };
}

/** All, none or some of the lines ticked. */
export function tickState(rows: readonly { key: VariantKey }[], keys: ReadonlySet<VariantKey>): boolean | 'mixed' {
  const count = rows.filter((row) => keys.has(row.key)).length;
  return count === 0 ? false : count === rows.length ? true : 'mixed';
}

/** What is asked of the engine for a choice; null when nothing is ticked. */
export function chosenRequest(
  projectId: Project['id'],
  rows: readonly ExportRow[],
  choice: ExportChoice,
):
  | (Pick<ExportRequestInput, 'projectId' | 'variants' | 'ratios'> & Required<Pick<ExportRequestInput, 'except'>>)
  | null {
  const wanted = tickedRatios(choice);
  const ticked = rows.filter((row) => wanted.some((ratio) => isChosen(choice, row.key, ratio)));
  if (ticked.length === 0) return null;
  const except = ticked.flatMap(({ key, variant }) =>
    wanted.filter((ratio) => !isChosen(choice, key, ratio)).map((ratio) => ({ variant, ratio })),
  );
  return { projectId, variants: ticked.map((row) => row.variant), ratios: wanted, except };
}

/** How many files a request makes. */
export function countFiles(request: Pick<ExportRequestInput, 'variants' | 'ratios' | 'except' | 'versions'>): number {
  const { variants, ratios: wanted, except, versions } = request;
  return (variants.length * wanted.length - (except?.length ?? 0)) * (versions?.length ?? 1);
}
