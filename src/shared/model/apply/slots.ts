import { dropDeadReferences } from './references.ts';
import { type Appliers, insertAt, moveItem, removeAt, slotIndex, updateSlot } from './support.ts';

/** Edits of timed slots. */
export const slotAppliers: Appliers<'slot.add' | 'slot.remove' | 'slot.rename' | 'slot.move'> = {
  'slot.add': (project, edit) =>
    dropDeadReferences({ ...project, slots: insertAt(project.slots, edit.slot, edit.index) }),
  'slot.remove': (project, edit) =>
    dropDeadReferences({ ...project, slots: removeAt(project.slots, slotIndex(project, edit.slotId)) }),
  'slot.rename': (project, edit) => updateSlot(project, edit.slotId, (slot) => ({ ...slot, name: edit.name })),
  'slot.move': (project, edit) =>
    dropDeadReferences({
      ...project,
      slots: moveItem(project.slots, slotIndex(project, edit.slotId), edit.index),
    }),
};
