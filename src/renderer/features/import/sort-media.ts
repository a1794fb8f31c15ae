import { applyEdit } from '#shared/model/apply/index.ts';
import {
  type Asset,
  type EditInput,
  editSchema,
  type Project,
  type SimpleEdit,
  type SlotId,
} from '#shared/model/index.ts';
import { editsForNewOption, type MediaItem, sortIntoSlots } from '#shared/model/recipes.ts';

/** Media that was sorted into parts of the ad. */
export interface SortedMedia {
  /** One edit for all; null when nothing was to be sorted. */
  edit: EditInput | null;
  /** "Hook" → 3. */
  added: { slotName: string; count: number }[];
}

/** Can it be shown, and so be an option of its own? */
export function isShown(asset: Pick<Asset, 'kind'>): boolean {
  return asset.kind === 'video' || asset.kind === 'image';
}

/** What becomes options of a part, and sound without a picture, which does not. */
export function splitForPart<Item extends Pick<Asset, 'kind'>>(
  assets: readonly Item[],
): { shown: Item[]; sounds: Item[] } {
  return { shown: assets.filter(isShown), sounds: assets.filter((asset) => asset.kind === 'audio') };
}

/** One edit that makes one new option per item in its slot, in the order given. Null for an empty list. */
export function addOptionsEdit(
  project: Project,
  wanted: readonly { slotId: SlotId; item: MediaItem }[],
  stillFrames: number,
): EditInput | null {
  let current = project;
  const edits: SimpleEdit[] = [];
  for (const { slotId, item } of wanted) {
    const edit = editSchema.parse(editsForNewOption({ project: current, slotId, items: [item], stillFrames }));
    edits.push(...(edit.type === 'batch' ? edit.edits : [edit]));
    current = applyEdit(current, edit);
  }
  if (edits.length === 0) return null;
  const label = wanted.length === 1 ? 'Add option' : `Add ${wanted.length} options`;
  return { type: 'batch', label, edits: edits.slice(0, 1000) };
}

/**
 * Sorts media by file name into the slots of that role: "hook_02.mp4" becomes an option of Hook. Pictures and videos
 * only; names that say nothing, and roles the project has no slot for, are left in the tray.
 */
export function sortMedia(project: Project, assets: readonly Asset[], stillFrames: number): SortedMedia {
  const roles = sortIntoSlots(assets.map((asset) => asset.name));
  const sorted = assets
    .flatMap((asset, index) => {
      const slot = project.slots.find((one) => one.role === roles[index]);
      return slot && isShown(asset) ? [{ slot, asset }] : [];
    })
    .sort((a, b) => a.asset.name.localeCompare(b.asset.name, 'en', { numeric: true }));
  const edit = addOptionsEdit(
    project,
    sorted.map(({ slot, asset }) => ({ slotId: slot.id, item: { asset } })),
    stillFrames,
  );
  const added = project.slots
    .map((slot) => ({ slotName: slot.name, count: sorted.filter((one) => one.slot.id === slot.id).length }))
    .filter(({ count }) => count > 0);
  return { edit, added };
}
