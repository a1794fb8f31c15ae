import {
  type Clip,
  type EditInput,
  type Layout,
  type LayoutPatch,
  layoutIn,
  type Ratio,
  type SimpleEditInput,
} from '#shared/model/index.ts';
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

/** A change of layout: of the ratio's override where there is one, else of every ratio. */
export function layoutEdit(items: readonly ClipItem[], ratio: Ratio, change: LayoutPatch): EditInput | null {
  return asEdit(
    'Change layout',
    items.flatMap((item): SimpleEditInput[] => {
      const { sequence } = item.section;
      if (!sequence) return [];
      const place = { sequenceId: sequence.id, clipId: item.clip.id };
      const override = item.clip.overrides[ratio];
      return [
        override
          ? { type: 'clip.setOverride', ...place, ratio, patch: { ...override, ...change } }
          : { type: 'clip.set', ...place, patch: { layout: change } },
      ];
    }),
  );
}

/** Begins an override with the layout as it is in a ratio, or takes it away. */
export function overrideEdit(items: readonly ClipItem[], ratio: Ratio, isOn: boolean): EditInput | null {
  return asEdit(
    isOn ? `Layout only in ${ratio}` : `Same layout in ${ratio}`,
    items.flatMap((item): SimpleEditInput[] => {
      const { sequence } = item.section;
      if (!sequence || Boolean(item.clip.overrides[ratio]) === isOn) return [];
      const patch = isOn ? layoutIn(item.clip, ratio) : null;
      return [{ type: 'clip.setOverride', sequenceId: sequence.id, clipId: item.clip.id, ratio, patch }];
    }),
  );
}

/** The layout as it is usual, for "reset". */
export const usualLayout: Layout = { fit: 'fill', x: 0, y: 0, scale: 1, opacity: 1 };
