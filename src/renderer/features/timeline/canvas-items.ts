import { type Area, boxAt, type LintInput, visibleClips } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { EditorModel } from './editor-model.ts';
import type { LayoutHolder } from './model/ratio-layout.ts';

/** A clip on the picture that can be taken hold of. */
export interface CanvasItem {
  holder: LayoutHolder;
  /** In parts of the frame. */
  box: Area;
}

/** Clips seen at a frame that have a place of their own, topmost first; not those of locked tracks or nested cuts. */
export function canvasItems(
  { timeline, view, globals, ratio }: EditorModel,
  frame: Frames,
  known: Pick<LintInput, 'metricsOf' | 'sizes' | 'isStill'>,
): CanvasItem[] {
  const logos = globals.filter(({ slot }) => slot.kind === 'logo').flatMap(({ items }) => items);
  return visibleClips(timeline, frame)
    .toReversed()
    .flatMap((placed): CanvasItem[] => {
      const item = view.items.find(
        ({ clip, section, startFrame, endFrame, track }) =>
          clip.id === placed.clipId &&
          (placed.slotId ?? section.slotId) === section.slotId &&
          startFrame <= frame &&
          frame < endFrame &&
          !track.isLocked,
      );
      const holder = item ?? logos.find(({ clip }) => clip.id === placed.clipId);
      const box = holder && boxAt(placed, frame, { timeline, ratio, ...known });
      return box ? [{ holder, box }] : [];
    });
}
