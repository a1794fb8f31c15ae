import type { Command } from '../../ui/index.ts';
import type { ReviewItem } from './review-list.ts';
import type { ReviewModel } from './review-model.tsx';

const group = 'Review';

/** Keys that judge a file: the same on the contact sheet and in the player. `frame`: what a note is about. */
export function verdictCommands(
  model: ReviewModel,
  item: ReviewItem | null,
  deeds: { note: () => void; frame: () => number | null },
): Command[] {
  const isEnabled = item !== null;
  return [
    {
      ...{ id: 'review.approve', label: 'Approve and go on', group, keys: 'A', isEnabled },
      run: () => item && model.approve(item),
    },
    {
      ...{ id: 'review.fix', label: 'Has to be fixed…', group, keys: 'F', isEnabled },
      run: () => item && model.fix(item, deeds.frame()),
    },
    { id: 'review.note', label: 'Add a note…', group, keys: 'N', isEnabled, run: deeds.note },
    {
      ...{ id: 'review.takeBack', label: 'Take back the last verdict or note', group, keys: ['U', 'Mod+Z'] },
      isFirst: true,
      run: model.takeBack,
    },
  ];
}
