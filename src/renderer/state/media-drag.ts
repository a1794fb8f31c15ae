import type { AssetId } from '#shared/model/index.ts';
import type { Rational } from '#shared/units/index.ts';

/** What is dragged from tray, library or source viewer: media, each whole or a range in seconds of its source. */
export interface MediaDrag {
  items: readonly { assetId: AssetId; inSeconds?: Rational; outSeconds?: Rational }[];
}

/** Type under which {@link MediaDrag} travels in a DataTransfer. */
export const mediaDragType = 'application/x-spotloom-media';

let current: MediaDrag | null = null;

/** On dragstart. */
export function startMediaDrag(transfer: DataTransfer, drag: MediaDrag): void {
  current = drag;
  transfer.effectAllowed = 'copy';
  transfer.setData(mediaDragType, JSON.stringify(drag));
}

/** On dragend. */
export function endMediaDrag(): void {
  current = null;
}

/** What is being dragged; browsers hide a DataTransfer's content until the drop, so this works during dragover too. */
export function currentMediaDrag(): MediaDrag | null {
  return current;
}

/** True when the drag carries media of the library. */
export function hasMediaDrag(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes(mediaDragType) ?? false;
}

/** On drop: what was dragged; null when it was something else. */
export function readMediaDrag(transfer: DataTransfer): MediaDrag | null {
  if (!hasMediaDrag(transfer)) return null;
  if (current) return current;
  try {
    return JSON.parse(transfer.getData(mediaDragType)) as MediaDrag;
  } catch {
    return null;
  }
}
