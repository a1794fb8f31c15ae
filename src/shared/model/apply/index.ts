export { applyEdit } from './apply-edit.ts';
export { checkProject } from './check-project.ts';
export { editLabel } from './edit-label.ts';
export { declareFields, fieldKeysIn, labelForKey } from './fields.ts';
export { nextName } from './options.ts';
export type { Problem, ProblemPath } from './problem.ts';
export { gapsOf } from './ranges.ts';
export { maxFrame } from './support.ts';
