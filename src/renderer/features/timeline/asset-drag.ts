import { z } from 'zod';
import { assetIdSchema } from '#shared/model/index.ts';
import { rationalSchema } from '#shared/units/index.ts';

/** Type under which media travels in HTML drag and drop: a JSON array of {@link DraggedAsset}. */
export const assetDragType = 'application/x-spotloom-assets';

const draggedAssetsSchema = z.array(
  z.object({
    assetId: assetIdSchema,
    inSeconds: rationalSchema.optional(),
    outSeconds: rationalSchema.optional(),
  }),
);

/** A media item under way, with its range where only a part of it is meant. */
export type DraggedAsset = z.infer<typeof draggedAssetsSchema>[number];

/** Puts media onto a drag; call it in `dragstart`. */
export function writeAssetDrag(transfer: DataTransfer, assets: readonly DraggedAsset[]): void {
  transfer.setData(assetDragType, JSON.stringify(assets));
  transfer.effectAllowed = 'copy';
}

/** True while media of ours is dragged over (its data is not readable before the drop). */
export function hasAssetDrag(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes(assetDragType) ?? false;
}

/** The media of a drop; empty when it carries none, or something else under our type. */
export function readAssetDrag(transfer: DataTransfer | null): DraggedAsset[] {
  const text = transfer?.getData(assetDragType);
  if (!text) return [];
  try {
    return draggedAssetsSchema.parse(JSON.parse(text));
  } catch {
    return [];
  }
}
