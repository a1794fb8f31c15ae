import {
  allSlots,
  newId,
  type OptionId,
  type PairingRule,
  type PairingRuleId,
  type Project,
  type Variant,
} from '#shared/model/index.ts';

/** Names of options by id, and the slots they are in. */
function optionNames(project: Project): Map<OptionId, string> {
  return new Map(allSlots(project).flatMap((slot) => slot.options.map(({ id, name }) => [id, name] as const)));
}

function joined(names: readonly string[], word: string): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}

/** "Hook 2 never with CTA 1", "Hook 3 only with CTA 2 or CTA 3": a rule for people. */
export function ruleSentence(project: Project, { kind, optionIds }: Pick<PairingRule, 'kind' | 'optionIds'>): string {
  const known = optionNames(project);
  const [first = '', ...others] = optionIds.map((id) => known.get(id) ?? 'a removed option');
  if (kind === 'require') return `${first} only with ${joined(others, 'or')}`;
  return others.length === 1
    ? `${first} never with ${others[0]}`
    : `${joined([first, ...others], 'and')} never together`;
}

/** Rules that forbid `first` beside each of `others`; with `require`, the one that allows it beside them alone. */
export function rulesFor(kind: PairingRule['kind'], first: OptionId, others: readonly OptionId[]): PairingRule[] {
  const make = (optionIds: OptionId[]): PairingRule => ({ id: newId<PairingRuleId>('rule'), kind, optionIds });
  if (others.length === 0) return [];
  return kind === 'require' ? [make([first, ...others])] : others.map((other) => make([first, other]));
}

/** A way of never making a combination again. */
export interface RuleOffer {
  label: string;
  optionIds: OptionId[];
}

/** What could be forbidden about a variant: each two of the options that were a choice, then all of them together. */
export function ruleOffers(project: Project, variant: Variant): RuleOffer[] {
  const known = optionNames(project);
  const chosen = allSlots(project)
    .filter((slot) => slot.options.length > 1)
    .flatMap((slot) => variant[slot.id] ?? []);
  const name = (id: OptionId) => known.get(id) ?? '';
  const pairs = chosen.flatMap((one, at) =>
    chosen.slice(at + 1).map((other) => ({ label: `${name(one)} with ${name(other)}`, optionIds: [one, other] })),
  );
  return chosen.length > 2 ? [...pairs, { label: 'Exactly these options', optionIds: chosen }] : pairs;
}
