import type { Edit, SimpleEdit } from '../edit.ts';
import type { Project } from '../project.ts';
import { checkEdited } from './check-project.ts';
import { clipAppliers } from './clips.ts';
import { connectionAppliers } from './connections.ts';
import { declareChangedFields } from './fields.ts';
import { globalAppliers } from './globals.ts';
import { dropLoneLinks } from './links.ts';
import { markerAppliers } from './markers.ts';
import { optionAppliers } from './options.ts';
import { rangeAppliers } from './ranges.ts';
import { projectAppliers } from './rate.ts';
import { dropOrphans } from './references.ts';
import { sequenceAppliers } from './sequences.ts';
import { slotAppliers } from './slots.ts';
import { type Appliers, refuse } from './support.ts';
import { timingAppliers } from './timing.ts';
import { dropLooseTransitions, followSplits, transitionAppliers } from './transitions.ts';

const appliers: Appliers<SimpleEdit['type']> = {
  ...projectAppliers,
  ...slotAppliers,
  ...optionAppliers,
  ...globalAppliers,
  ...sequenceAppliers,
  ...clipAppliers,
  ...timingAppliers,
  ...rangeAppliers,
  ...transitionAppliers,
  ...markerAppliers,
  ...connectionAppliers,
};

/** Changes that bring nothing in from outside and cannot break a rule of the model. */
const harmless: ReadonlySet<SimpleEdit['type']> = new Set([
  'project.rename',
  'project.setDucking',
  'slot.rename',
  'option.rename',
  'global.rename',
  'global.setMix',
  'sequence.rename',
  'track.set',
  'track.move',
  'clip.setOverride',
] satisfies SimpleEdit['type'][]);

function applySimple(project: Project, edit: SimpleEdit): Project {
  const apply = appliers[edit.type] as (project: Project, edit: SimpleEdit) => Project;
  const next = followSplits(project, declareChangedFields(project, apply(project, edit)));
  if (harmless.has(edit.type)) return next;
  const [problem] = checkEdited(next);
  return problem ? refuse(problem.message, { path: problem.path, type: edit.type }) : next;
}

/**
 * The project after an edit. Pure: the project given is never changed, and what an edit does not touch is shared.
 * The result keeps every rule of `checkProject` when the project given does. Text and media fields that clips use come
 * into being with them; sequences and compositions that lose their last user go with it, and so do transitions whose
 * clips do not touch any more.
 * Throws AppError `edit-refused` with a sentence for people; then nothing has happened.
 * `edit` must be parsed (`editSchema.parse`), so that its defaults are filled in.
 */
export function applyEdit(project: Project, edit: Edit): Project {
  const edits = edit.type === 'batch' ? edit.edits : [edit];
  try {
    const applied = dropOrphans(project, edits.reduce(applySimple, project));
    return dropLooseTransitions(project, dropLoneLinks(project, applied));
  } catch (error) {
    if (error instanceof RangeError) return refuse('That time or speed cannot be calculated exactly.');
    throw error;
  }
}
