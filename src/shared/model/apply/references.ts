import type { ClipContent } from '../clip.ts';
import type { OptionId, SlotId } from '../ids.ts';
import type { Anchor, AnchoredClip, GlobalContent, PairingRule, Project, Seam, Sequence } from '../project.ts';

/** Contents of every clip of a sequence. */
export function* contentsOf(sequence: Sequence): Generator<ClipContent> {
  for (const track of sequence.tracks) for (const clip of track.clips) yield clip.content;
}

/** Clips of all global slots. */
export function* anchoredClips(project: Project): Generator<AnchoredClip> {
  for (const slot of project.globals)
    for (const { content } of slot.options) if (content.kind === 'clips') yield* content.clips;
}

/** Every sequence of the project, those of pinned compositions included. */
export function* allSequences(project: Project): Generator<Sequence> {
  yield* project.sequences;
  for (const composition of project.compositions) yield composition.sequence;
}

/** How a pinned composition is named among references. */
export function compositionKey(compositionId: string, version: number): string {
  return `${compositionId}@${version}`;
}

/** Sequences (by id) and compositions (by key) that an option or a clip refers to. */
export function usedSequences(project: Project): Set<string> {
  const used = new Set<string>();
  for (const slot of project.slots)
    for (const { content } of slot.options) if (content.kind === 'sequence') used.add(content.sequenceId);
  const take = (clips: readonly { content: ClipContent }[]) => {
    for (const { content } of clips) {
      if (content.kind === 'sequence') used.add(content.sequenceId);
      if (content.kind === 'composition') used.add(compositionKey(content.compositionId, content.version));
    }
  };
  for (const sequence of allSequences(project)) for (const track of sequence.tracks) take(track.clips);
  for (const slot of project.globals)
    for (const { content } of slot.options) if (content.kind === 'clips') take(content.clips);
  return used;
}

/**
 * A sequence or composition that lost its last user by an edit goes with it, and so on inwards.
 * What was unused before stays: an edit may bring a sequence first and use it later.
 */
export function dropOrphans(before: Project, after: Project): Project {
  if (before.sequences === after.sequences && before.slots === after.slots && before.globals === after.globals)
    return after;
  const usedBefore = usedSequences(before);
  let current = after;
  for (;;) {
    const used = usedSequences(current);
    const isOrphan = (key: string) => usedBefore.has(key) && !used.has(key);
    const sequences = current.sequences.filter((sequence) => !isOrphan(sequence.id));
    const compositions = current.compositions.filter(
      (one) => !isOrphan(compositionKey(one.compositionId, one.version)),
    );
    if (sequences.length === current.sequences.length && compositions.length === current.compositions.length)
      return current;
    current = { ...current, sequences, compositions };
  }
}

function seamHolds(project: Project, seam: Seam): boolean {
  const at = project.slots.findIndex((slot) => slot.id === seam.afterSlotId);
  const next = project.slots[at + 1];
  if (at < 0 || next === undefined) return false;
  if (seam.pair === null) return true;
  const { from, to } = seam.pair;
  return (
    project.slots[at]?.options.some((option) => option.id === from) === true &&
    next.options.some((option) => option.id === to)
  );
}

/** A rule without the options that are gone; null when nothing of it can hold any more. */
function remainingRule(rule: PairingRule, ids: ReadonlySet<OptionId>): PairingRule | null {
  if (rule.optionIds.every((id) => ids.has(id))) return rule;
  const [first] = rule.optionIds;
  if (rule.kind === 'exclude' || first === undefined || !ids.has(first)) return null;
  const optionIds = rule.optionIds.filter((id) => ids.has(id));
  return optionIds.length < 2 ? null : { ...rule, optionIds };
}

function keptAnchor<Given extends Anchor | null>(anchor: Given, slots: ReadonlySet<SlotId>): Given {
  return anchor === null || anchor.to === 'ad' || slots.has(anchor.to) ? anchor : { ...anchor, to: 'ad' };
}

function keptContent(content: GlobalContent, slots: ReadonlySet<SlotId>): GlobalContent {
  if (content.kind === 'cover') {
    const at = keptAnchor(content.at, slots);
    return at === content.at ? content : { ...content, at };
  }
  if (content.kind !== 'clips') return content;
  const clips = content.clips.map((clip) => {
    const start = keptAnchor(clip.start, slots);
    const end = keptAnchor(clip.end, slots);
    return start === clip.start && end === clip.end ? clip : { ...clip, start, end };
  });
  return clips.every((clip, at) => clip === content.clips[at]) ? content : { ...content, clips };
}

/**
 * After slots or options were taken away or moved: seams that no longer lie between neighbours and rules about what is
 * gone disappear; anchors to a slot that is gone hold on to the same edge of the whole ad.
 */
export function dropDeadReferences(project: Project): Project {
  const optionIds = new Set([...project.slots, ...project.globals].flatMap((slot) => slot.options.map(({ id }) => id)));
  const slotIds = new Set(project.slots.map((slot) => slot.id));
  const globals = project.globals.map((slot) => {
    const options = slot.options.map((option) => {
      const content = keptContent(option.content, slotIds);
      return content === option.content ? option : { ...option, content };
    });
    return options.every((option, at) => option === slot.options[at]) ? slot : { ...slot, options };
  });
  return {
    ...project,
    globals,
    seams: project.seams.filter((seam) => seamHolds(project, seam)),
    pairingRules: project.pairingRules.flatMap((rule) => remainingRule(rule, optionIds) ?? []),
  };
}
