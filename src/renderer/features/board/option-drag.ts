import type { OptionId } from '#shared/model/index.ts';

/** Type under which an option travels while it is dragged to another place. */
export const optionDragType = 'application/x-spotloom-option';

/** On dragstart. */
export function writeOptionDrag(transfer: DataTransfer, id: OptionId): void {
  transfer.setData(optionDragType, id);
  transfer.effectAllowed = 'move';
}

/** On drop; null when it was something else. */
export function readOptionDrag(transfer: DataTransfer): OptionId | null {
  const id = transfer.getData(optionDragType);
  return id === '' ? null : (id as OptionId);
}
