import type { Clip, EditInput, SimpleEditInput } from '#shared/model/index.ts';
import type { ClipItem } from '../model/lanes.ts';
import { asEdit } from '../model/placement.ts';

type Patch = Extract<SimpleEditInput, { type: 'clip.set' }>['patch'];

/** The same change of several clips as one edit. */
export function patchClips(items: readonly ClipItem[], label: string, patch: (clip: Clip) => Patch): EditInput | null {
  return asEdit(
    label,
    items.flatMap((item): SimpleEditInput[] =>
      item.section.sequence
        ? [
            {
              type: 'clip.set',
              sequenceId: item.section.sequence.id,
              clipId: item.clip.id,
              patch: patch(item.clip),
            },
          ]
        : [],
    ),
  );
}
