import { dropDeadReferences } from './references.ts';
import {
  type Appliers,
  given,
  globalIndex,
  insertAt,
  refuse,
  removeAt,
  requireOption,
  updateGlobal,
} from './support.ts';

/** Edits of global slots. Their options are removed, renamed, moved and duplicated by the `option.*` edits. */
export const globalAppliers: Appliers<
  'global.add' | 'global.remove' | 'global.rename' | 'global.setMix' | 'global.addOption' | 'global.setContent'
> = {
  'global.add': (project, edit) => ({ ...project, globals: insertAt(project.globals, edit.slot, edit.index) }),
  'global.remove': (project, edit) =>
    dropDeadReferences({ ...project, globals: removeAt(project.globals, globalIndex(project, edit.slotId)) }),
  'global.rename': (project, edit) => updateGlobal(project, edit.slotId, (slot) => ({ ...slot, name: edit.name })),
  'global.setMix': (project, edit) => updateGlobal(project, edit.slotId, (slot) => ({ ...slot, ...given(edit.patch) })),
  'global.addOption': (project, edit) =>
    updateGlobal(project, edit.slotId, (slot) => ({
      ...slot,
      options: insertAt(slot.options, edit.option, edit.index),
    })),
  'global.setContent': (project, edit) => {
    const { family, slot, option } = requireOption(project, edit.optionId);
    if (family !== 'global') return refuse(`“${option.name}” plays in its turn: change its sequence instead.`);
    return updateGlobal(project, slot.id, (old) => ({
      ...old,
      options: old.options.map((one) => (one.id === option.id ? { ...one, content: edit.content } : one)),
    }));
  },
};
