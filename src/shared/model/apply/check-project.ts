import type { Anchor, AnchoredClip, GlobalContent, GlobalSlot, Project } from '../project.ts';
import { checkContent, checkValues, type Index, indexOf, type SoundClips } from './check-content.ts';
import { checkNesting } from './check-nesting.ts';
import { checkSequence } from './check-sequence.ts';
import { checkUnique, type Problem, type ProblemPath, type Report } from './problem.ts';
import { compositionKey } from './references.ts';
import { maxFrame } from './support.ts';

/** Most slots of each family; the schema says the same. */
const maxSlots = 50;

function checkIds(project: Project, report: Report): void {
  const families = [
    ['slots', project.slots],
    ['globals', project.globals],
  ] as const;
  checkUnique(
    families.flatMap(([key, slots]) => slots.map((slot, at) => [slot.id, [key, at, 'id']] as const)),
    'slots',
    report,
  );
  checkUnique(
    families.flatMap(([key, slots]) =>
      slots.flatMap((slot, at) =>
        slot.options.map((option, index) => [option.id, [key, at, 'options', index, 'id']] as const),
      ),
    ),
    'options',
    report,
  );
  checkUnique(
    project.sequences.map((sequence, at) => [sequence.id, ['sequences', at, 'id']] as const),
    'sequences',
    report,
  );
  checkUnique(
    project.seams.map((seam, at) => [seam.id, ['seams', at, 'id']] as const),
    'seams',
    report,
  );
  checkUnique(
    project.pairingRules.map((rule, at) => [rule.id, ['pairingRules', at, 'id']] as const),
    'pairing rules',
    report,
  );
  checkUnique(
    project.compositions.map(
      (pin, at) => [compositionKey(pin.compositionId, pin.version), ['compositions', at]] as const,
    ),
    'compositions',
    report,
  );
  if (!hasUniqueClipIds(project)) checkUnique(clipIdsWithPaths(project), 'clips', report);
  for (const [at, pin] of project.compositions.entries()) {
    checkUnique(clipIdsOf(pin.sequence.tracks, ['compositions', at, 'sequence']), 'clips', report);
  }
}

/** Plain loops: they run over every clip with every edit. */
function hasUniqueClipIds(project: Project): boolean {
  const ids = new Set<string>();
  let count = 0;
  const take = (clips: readonly { id: string }[]) => {
    count += clips.length;
    for (const clip of clips) ids.add(clip.id);
  };
  for (const sequence of project.sequences) for (const track of sequence.tracks) take(track.clips);
  for (const slot of project.globals)
    for (const { content } of slot.options) if (content.kind === 'clips') take(content.clips);
  return ids.size === count;
}

function* clipIdsOf(
  tracks: Project['sequences'][number]['tracks'],
  path: ProblemPath,
): Generator<readonly [string, ProblemPath]> {
  for (const [at, track] of tracks.entries())
    for (const [index, clip] of track.clips.entries()) yield [clip.id, [...path, 'tracks', at, 'clips', index, 'id']];
}

function* clipIdsWithPaths(project: Project): Generator<readonly [string, ProblemPath]> {
  for (const [at, sequence] of project.sequences.entries()) yield* clipIdsOf(sequence.tracks, ['sequences', at]);
  for (const [at, slot] of project.globals.entries())
    for (const [index, { content }] of slot.options.entries()) {
      if (content.kind !== 'clips') continue;
      for (const [place, clip] of content.clips.entries())
        yield [clip.id, ['globals', at, 'options', index, 'content', 'clips', place, 'id']];
    }
}

const contentKinds: Record<GlobalSlot['kind'], GlobalContent['kind']> = {
  music: 'clips',
  'voice-over': 'clips',
  logo: 'clips',
  'caption-style': 'caption-style',
  cover: 'cover',
  'post-copy': 'post-copy',
};

function checkAnchor(anchor: Anchor, slots: ReadonlySet<string>, path: ProblemPath, report: Report): void {
  if (anchor.to !== 'ad' && !slots.has(anchor.to))
    report([...path, 'to'], 'It is anchored to a slot that is not there.');
  if (Math.abs(anchor.offsetFrames) > maxFrame) report([...path, 'offsetFrames'], 'That offset is longer than a day.');
}

function checkAnchoredClip(
  clip: AnchoredClip,
  isSoundOnly: boolean,
  known: { index: Index; slots: ReadonlySet<string> },
  path: ProblemPath,
  report: Report,
): void {
  checkAnchor(clip.start, known.slots, [...path, 'start'], report);
  if (clip.end) checkAnchor(clip.end, known.slots, [...path, 'end'], report);
  if ((clip.lengthFrames ?? 0) > maxFrame) report([...path, 'lengthFrames'], 'That would be longer than a day.');
  const around = { fields: null, isSoundOnly, isInComposition: false };
  checkContent(clip.content, around, known.index, [...path, 'content'], report);
}

function checkGlobals(project: Project, index: Index, report: Report): void {
  const slots = new Set<string>(project.slots.map((slot) => slot.id));
  for (const [at, slot] of project.globals.entries()) {
    const isSoundOnly = slot.kind === 'music' || slot.kind === 'voice-over';
    for (const [place, { name, content }] of slot.options.entries()) {
      const path = ['globals', at, 'options', place, 'content'];
      if (content.kind !== 'none' && content.kind !== contentKinds[slot.kind])
        report([...path, 'kind'], `“${name}” does not fit into “${slot.name}”.`);
      if (content.kind === 'cover') checkAnchor(content.at, slots, [...path, 'at'], report);
      if (content.kind !== 'clips') continue;
      for (const [number, clip] of content.clips.entries())
        checkAnchoredClip(clip, isSoundOnly, { index, slots }, [...path, 'clips', number], report);
    }
  }
}

function checkOptions(project: Project, index: Index, report: Report): void {
  for (const [at, slot] of project.slots.entries()) {
    for (const [place, { name, content }] of slot.options.entries()) {
      if (content.kind === 'none') continue;
      const path = ['slots', at, 'options', place, 'content'];
      const fields = index.fieldsOfSequence.get(content.sequenceId);
      if (!fields) report([...path, 'sequenceId'], `“${name}” plays a sequence that is not in the project.`);
      else checkValues(content.values, fields, [...path, 'values'], report);
    }
  }
}

function checkSeams(project: Project, report: Report): void {
  const places = project.seams.map(
    (seam, at) => [JSON.stringify([seam.afterSlotId, seam.pair?.from, seam.pair?.to]), ['seams', at]] as const,
  );
  const seen = new Set<string>();
  for (const [place, path] of places) {
    if (seen.has(place)) report(path, 'There are two transitions at one place.');
    seen.add(place);
  }
  for (const [at, seam] of project.seams.entries()) {
    const before = project.slots.findIndex((slot) => slot.id === seam.afterSlotId);
    const after = project.slots[before + 1];
    if (before < 0 || !after) {
      report(['seams', at, 'afterSlotId'], 'A transition lies between two parts of the ad; there is none there.');
    } else if (
      seam.pair &&
      !(
        project.slots[before]?.options.some((option) => option.id === seam.pair?.from) &&
        after.options.some((option) => option.id === seam.pair?.to)
      )
    ) {
      report(['seams', at, 'pair'], 'The two options of this transition are not neighbours.');
    }
  }
}

function checkRules(project: Project, report: Report): void {
  const options = new Set<string>(
    [...project.slots, ...project.globals].flatMap((slot) => slot.options.map(({ id }) => id)),
  );
  for (const [at, rule] of project.pairingRules.entries()) {
    const path = ['pairingRules', at, 'optionIds'];
    if (new Set(rule.optionIds).size < rule.optionIds.length) report(path, 'A pairing rule names an option twice.');
    if (rule.optionIds.some((id) => !options.has(id)))
      report(path, 'A pairing rule names an option that is not there.');
  }
}

/**
 * Every rule of the model that the schema cannot say; an empty list means a sound project. Ids are unique, tracks
 * sorted without overlap, references exist, sequences do not contain themselves, fields and their values agree, global
 * slots hold what their kind says.
 */
export function checkProject(project: Project): Problem[] {
  return check(project, null);
}

const soundClips: SoundClips = new WeakMap();

/**
 * What {@link checkProject} says of a project that nobody changes in place, as edits make them: tracks that an earlier
 * check of this kind found sound are not gone through again.
 */
export function checkEdited(project: Project): Problem[] {
  return check(project, soundClips);
}

function check(project: Project, sound: SoundClips | null): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (path, message) => void problems.push({ path, message });
  if (project.slots.length > maxSlots || project.globals.length > maxSlots)
    report(['slots'], `An ad has at most ${maxSlots} slots of each kind.`);
  const index = indexOf(project, sound);
  checkIds(project, report);
  checkOptions(project, index, report);
  checkGlobals(project, index, report);
  for (const [at, sequence] of project.sequences.entries())
    checkSequence(sequence, false, index, ['sequences', at], report);
  for (const [at, pin] of project.compositions.entries())
    checkSequence(pin.sequence, true, index, ['compositions', at, 'sequence'], report);
  checkSeams(project, report);
  checkRules(project, report);
  checkNesting(project, report);
  return problems;
}
