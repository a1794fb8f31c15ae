import { z } from 'zod';
import { type OptionId, optionIdSchema, type SlotId, slotIdSchema } from './ids.ts';
import type { GlobalOption, Option, PairingRule, Project } from './project.ts';

/** One option per slot, by slot id: timed slots and global slots alike. Slots without options are absent. */
export const variantSchema = z.record(slotIdSchema, optionIdSchema);
export type Variant = z.infer<typeof variantSchema>;

/** A variant's identity within its project: "slot:option" pairs in the project's order, joined by "+". */
export type VariantKey = string;

interface AnySlot {
  id: SlotId;
  name: string;
  options: readonly (Option | GlobalOption)[];
}

/** Timed slots, then global slots: the order that keys and names use. */
export function allSlots(project: Pick<Project, 'slots' | 'globals'>): AnySlot[] {
  return [...project.slots, ...project.globals];
}

/** The option of a slot that a variant plays; undefined when it plays none of them. */
export function chosenOption<Each extends { id: OptionId }>(
  slot: { id: SlotId; options: readonly Each[] },
  variant: Partial<Variant>,
): Each | undefined {
  return slot.options.find((option) => option.id === variant[slot.id]);
}

/** The identity of a variant. */
export function variantKey(project: Project, variant: Variant): VariantKey {
  return allSlots(project)
    .filter((slot) => variant[slot.id] !== undefined)
    .map((slot) => `${slot.id}:${variant[slot.id]}`)
    .join('+');
}

/** True when a rule forbids the combination. */
export function breaksRule(rule: PairingRule, chosen: ReadonlySet<OptionId>): boolean {
  if (rule.kind === 'exclude') return rule.optionIds.every((id) => chosen.has(id));
  const [first, ...others] = rule.optionIds;
  return first !== undefined && chosen.has(first) && !others.some((id) => chosen.has(id));
}

/** True when no pairing rule forbids the variant. */
export function isAllowed(project: Project, variant: Variant): boolean {
  const chosen = new Set(Object.values(variant));
  return !project.pairingRules.some((rule) => breaksRule(rule, chosen));
}

/** How many variants there would be without pairing rules; cheap, for asking before listing. */
export function countCombinations(project: Project): number {
  return allSlots(project).reduce((count, slot) => count * Math.max(1, slot.options.length), 1);
}

/** Choices tried while listing: rules that contradict each other could otherwise keep it searching for ever. */
const maxTries = 200_000;

/** True when, of the slots decided so far, one choice needs another that can no longer be made. */
function cannotHold(rule: PairingRule, chosen: ReadonlySet<OptionId>, open: ReadonlySet<OptionId>): boolean {
  if (!breaksRule(rule, chosen)) return false;
  return rule.kind === 'exclude' || !rule.optionIds.slice(1).some((id) => open.has(id));
}

/**
 * Every allowed variant, the first slot turning slowest, at most `limit` of them.
 * Returns none for a project without a timed option.
 */
export function listVariants(project: Project, limit = 10_000): Variant[] {
  if (!project.slots.some((slot) => slot.options.length > 0)) return [];
  const slots = allSlots(project).filter((slot) => slot.options.length > 0);
  const found: Variant[] = [];
  const openAfter = slots.map((_, at) => new Set(slots.slice(at).flatMap((slot) => slot.options.map(({ id }) => id))));
  const chosen = new Set<OptionId>();
  let tries = 0;
  const visit = (index: number, variant: Variant): void => {
    const slot = slots[index];
    if (!slot) {
      found.push(variant);
      return;
    }
    for (const { id } of slot.options) {
      if (found.length >= limit || ++tries > maxTries) return;
      chosen.add(id);
      const open = openAfter[index + 1] ?? new Set<OptionId>();
      if (!project.pairingRules.some((rule) => cannotHold(rule, chosen, open)))
        visit(index + 1, { ...variant, [slot.id]: id });
      chosen.delete(id);
    }
  };
  visit(0, {});
  return found;
}

/** "Hook 1 · Body 1 · CTA 2": names of the timed options, and of global options where there is a choice. */
export function variantName(project: Project, variant: Variant): string {
  const timed = project.slots.map((slot) => chosenOption(slot, variant)?.name);
  const globals = project.globals
    .filter((slot) => slot.options.length > 1)
    .map((slot) => chosenOption(slot, variant)?.name);
  return [...timed, ...globals].filter((name) => name !== undefined).join(' · ');
}

/**
 * What the export dialog ticks at first: each option of the first timed slot once, with the first option of every
 * other slot that pairing rules allow; not the full product.
 */
export function suggestVariants(project: Project): Variant[] {
  const [first] = project.slots.filter((slot) => slot.options.length > 0);
  if (!first) return [];
  const suggested: Variant[] = [];
  for (const option of first.options) {
    const match = listVariants(
      {
        ...project,
        slots: project.slots.map((slot) => (slot.id === first.id ? { ...slot, options: [option] } : slot)),
      },
      1,
    )[0];
    if (match) suggested.push(match);
  }
  return suggested;
}

/** Completes a partial choice with first options and drops what no longer exists; null when no timed option is left. */
export function completeVariant(project: Project, partial: Partial<Variant>): Variant | null {
  const variant: Variant = {};
  for (const slot of allSlots(project)) {
    const wanted = chosenOption(slot, partial) ?? slot.options[0];
    if (wanted) variant[slot.id] = wanted.id;
  }
  return project.slots.some((slot) => variant[slot.id] !== undefined) ? variant : null;
}
