import type { SlotId } from '#shared/model/index.ts';
import type { ReviewItem } from './review-list.ts';
import { isPlayable } from './seams.ts';

/** The slot whose options open an ad. */
function hookSlot({ file }: ReviewItem): SlotId | undefined {
  return file.sections.toSorted((a, b) => a.startFrame - b.startFrame).find((one) => one.lengthFrames > 0)?.slotId;
}

function hookOf(item: ReviewItem): string | undefined {
  const slot = hookSlot(item);
  return slot && item.file.variant[slot];
}

/** What may stand beside a file. */
export type BesideRule = 'any' | 'same-hook' | 'other-hook';

/**
 * The files that may stand beside one: all others; those that open alike; or those of the same ratio that open
 * differently.
 */
export function besideChoices(items: readonly ReviewItem[], shown: ReviewItem, rule: BesideRule): ReviewItem[] {
  const others = items.filter((item) => item.file.id !== shown.file.id && isPlayable(item.file));
  const hook = hookOf(shown);
  switch (rule) {
    case 'any':
      return others;
    case 'same-hook':
      return others.filter((item) => hookOf(item) === hook);
    case 'other-hook':
      return others.filter((item) => item.file.ratio === shown.file.ratio && hookOf(item) !== hook);
  }
}

/** The choice `step` behind the one shown now, around the ends; null when there is none. */
export function stepBeside(choices: readonly ReviewItem[], nowId: string | null, step: 1 | -1): ReviewItem | null {
  if (choices.length === 0) return null;
  const at = choices.findIndex((item) => item.file.id === nowId);
  if (at < 0) return (step > 0 ? choices[0] : choices.at(-1)) ?? null;
  return choices[(at + step + choices.length) % choices.length] ?? null;
}

/** What stands beside a file at first: the same ratio with another hook, else any other. */
export function firstBeside(items: readonly ReviewItem[], shown: ReviewItem): ReviewItem | null {
  const around = (rule: BesideRule) => besideChoices(items, shown, rule)[0];
  return around('other-hook') ?? around('any') ?? null;
}
