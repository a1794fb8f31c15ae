import { compare, type Rational, zero } from '../../units/index.ts';
import type { Clip, ClipContent, FieldValues } from '../clip.ts';
import type { Field, Project } from '../project.ts';
import { fieldsUsedBy } from './fields.ts';
import type { ProblemPath, Report } from './problem.ts';
import { compositionKey } from './references.ts';
import { maxFrame } from './support.ts';

/** Sequences and compositions by what refers to them, made once per check. */
export interface Index {
  fieldsOfSequence: ReadonlyMap<string, readonly Field[]>;
  fieldsOfComposition: ReadonlyMap<string, readonly Field[]>;
  /** Clips of tracks found sound before; null = everything is looked at. */
  sound: SoundClips | null;
}

/**
 * Clips (by the identity of their list, which edits never change) that were sound among these fields, and refer to
 * nothing outside of them.
 */
export type SoundClips = WeakMap<readonly Clip[], { fields: readonly Field[] | null; isSoundOnly: boolean }>;

/** Indexes what contents may refer to. */
export function indexOf(project: Project, sound: SoundClips | null = null): Index {
  return {
    sound,
    fieldsOfSequence: new Map(project.sequences.map((sequence) => [sequence.id, sequence.fields])),
    fieldsOfComposition: new Map(
      project.compositions.map((pin) => [compositionKey(pin.compositionId, pin.version), pin.sequence.fields]),
    ),
  };
}

/** Largest parts of a fraction of a source's time or speed: beyond it exact sums would leave the safe integers. */
const maxDenominator = 1_000_000_000;
const maxSourceSeconds = 10_000_000;

function checkTime(value: Rational, path: ProblemPath, report: Report): void {
  if (compare(value, zero) < 0) report(path, 'A clip cannot begin before the beginning of its source.');
  if (value.den > maxDenominator || value.num / value.den > maxSourceSeconds)
    report(path, 'That moment of the source is out of range.');
}

/** Values must be for fields that exist, and of their kind. */
export function checkValues(values: FieldValues, fields: readonly Field[], path: ProblemPath, report: Report): void {
  for (const [key, value] of Object.entries(values)) {
    const field = fields.find((candidate) => candidate.key === key);
    if (!field) report([...path, key], `There is no field “${key}” in that sequence.`);
    else if (field.kind !== ('text' in value ? 'text' : 'media'))
      report([...path, key], `The field “${key}” takes ${field.kind === 'text' ? 'words' : 'media'}, nothing else.`);
  }
}

/** What the place around a content demands of it. */
export interface Surroundings {
  /** Fields of the sequence it stands in; null in a global slot, which has none. */
  fields: readonly Field[] | null;
  /** Only what can be heard. */
  isSoundOnly: boolean;
  /** Compositions stand for themselves: nothing in them may refer to the project around them. */
  isInComposition: boolean;
}

function checkFieldUse(content: ClipContent, around: Surroundings, path: ProblemPath, report: Report): void {
  const { fields } = around;
  if (fields === null) {
    if (content.kind === 'media' && 'field' in content.media)
      report(path, 'Media of a global slot is chosen by its options, not by a field.');
    return;
  }
  for (const { key, kind } of fieldsUsedBy(content)) {
    const field = fields.find((candidate) => candidate.key === key);
    if (!field) report(path, `There is no field “${key}” in this sequence.`);
    else if (field.kind !== kind)
      report(path, `The field “${key}” holds ${field.kind === 'text' ? 'words' : 'media'} and cannot stand here.`);
  }
}

/** Checks one clip's content in its place. */
export function checkContent(
  content: ClipContent,
  around: Surroundings,
  index: Index,
  path: ProblemPath,
  report: Report,
): void {
  if (around.isSoundOnly && (content.kind === 'text' || content.kind === 'colour'))
    report(path, 'Only what can be heard fits here: footage or sound.');
  checkFieldUse(content, around, path, report);
  if (content.kind === 'media') {
    checkTime(content.sourceInSeconds, [...path, 'sourceInSeconds'], report);
    if (content.speed.den > maxDenominator) report([...path, 'speed'], 'That speed is too finely divided.');
  }
  if (content.kind !== 'sequence' && content.kind !== 'composition') return;
  if (content.inFrame > maxFrame) report([...path, 'inFrame'], 'That frame is out of range.');
  if (content.kind === 'sequence' && around.isInComposition) {
    report(path, 'A composition cannot play a sequence of the project.');
    return;
  }
  const fields =
    content.kind === 'sequence'
      ? index.fieldsOfSequence.get(content.sequenceId)
      : index.fieldsOfComposition.get(compositionKey(content.compositionId, content.version));
  if (!fields) report(path, 'A clip plays a sequence that is not in the project.');
  else checkValues(content.values, fields, [...path, 'values'], report);
}
