import { applyEdit } from './apply/index.ts';
import type { Clip, LayoutPatch } from './clip.ts';
import { editSchema, type SimpleEditInput } from './edit.ts';
import type { ClipId, SequenceId } from './ids.ts';
import type { PlacedClip } from './placed.ts';
import type { AnchoredClip, GlobalOption, Project } from './project.ts';
import { type Ratio, ratios } from './ratio.ts';
import { type Area, reachBeyond, sharedArea } from './safe-zones-area.ts';
import { layoutInSafeZone, safeBoxFor } from './safe-zones-fix.ts';
import { type LintInput, lintTimeline, subjectBox } from './safe-zones-lint.ts';

/** A clip where the project keeps it. */
type OwnClip =
  | { kind: 'sequence'; sequenceId: SequenceId; clip: Clip }
  | { kind: 'global'; option: GlobalOption; clip: AnchoredClip };

function ownClip(project: Project, clipId: ClipId): OwnClip | null {
  for (const { id: sequenceId, tracks } of project.sequences)
    for (const { clips, isLocked } of tracks) {
      const clip = clips.find((candidate) => candidate.id === clipId);
      if (clip) return isLocked ? null : { kind: 'sequence', sequenceId, clip };
    }
  for (const option of project.globals.flatMap((slot) => slot.options)) {
    const { content } = option;
    const clip = content.kind === 'clips' ? content.clips.find((candidate) => candidate.id === clipId) : undefined;
    if (clip) return { kind: 'global', option, clip };
  }
  return null;
}

/** False for clips that a sequence around them moves or scales: their own layout is not where they are. */
function isInOwnPlace(own: OwnClip['clip'], placed: PlacedClip): boolean {
  const isSame = JSON.stringify([own.layout, own.overrides]) === JSON.stringify([placed.layout, placed.overrides]);
  return isSame && placed.movers.length === 0;
}

/** A change of layout of a clip, in one ratio or (null) in all that have none of their own. */
function layoutEditOf(own: OwnClip, ratio: Ratio | null, patch: LayoutPatch): SimpleEditInput {
  const { clip } = own;
  if (own.kind === 'sequence') {
    const place = { sequenceId: own.sequenceId, clipId: clip.id };
    return ratio === null
      ? { type: 'clip.set', ...place, patch: { layout: patch } }
      : { type: 'clip.setOverride', ...place, ratio, patch };
  }
  const changed: AnchoredClip =
    ratio === null
      ? { ...own.clip, layout: { ...clip.layout, ...patch } }
      : { ...own.clip, overrides: { ...clip.overrides, [ratio]: { ...clip.overrides[ratio], ...patch } } };
  const { content } = own.option;
  const clips = content.kind === 'clips' ? content.clips : [];
  return {
    type: 'global.setContent',
    optionId: own.option.id,
    content: { kind: 'clips', clips: clips.map((one) => (one.id === clip.id ? changed : one)) },
  };
}

function isHurt(clip: PlacedClip, input: LintInput, ratio: Ratio): boolean {
  const timeline = { ...input.timeline, clips: [clip] };
  return lintTimeline({ ...input, timeline, ratio }).some(({ kind }) => kind !== 'small');
}

/** The edit that brings one clip into the safe zone, beside others; null when it cannot be done. */
function editFor(
  project: Project,
  clip: PlacedClip,
  input: LintInput,
  others: readonly Area[],
): { edit: SimpleEditInput; patch: LayoutPatch } | null {
  const own = ownClip(project, clip.clipId);
  if (!own || !isInOwnPlace(own.clip, clip)) return null;
  const patch = layoutInSafeZone(clip, input, others);
  if (!patch) return null;
  const { ratio } = input;
  const elsewhere = ratios.filter((other) => other !== ratio && !own.clip.overrides[other]);
  const everywhere = { ...clip, layout: { ...clip.layout, ...patch } };
  // Where other formats have the same fault and the same cure, it is one layout for all; else it is this format's own.
  const isShared =
    !own.clip.overrides[ratio] &&
    elsewhere.some((other) => isHurt(clip, input, other)) &&
    elsewhere.every((other) => !isHurt(everywhere, input, other));
  return { edit: layoutEditOf(own, isShared ? null : ratio, patch), patch };
}

const isTogether = (a: PlacedClip, b: PlacedClip): boolean =>
  a.startFrame < b.startFrame + b.lengthFrames && b.startFrame < a.startFrame + a.lengthFrames;

/** Where those are now that are seen together with a clip, but for what lay on it from the beginning. */
function boxesBeside(clip: PlacedClip, placed: readonly PlacedClip[], input: LintInput): Area[] {
  const own = subjectBox(clip, input);
  if (!own) return [];
  const together = (other: PlacedClip) => other.clipId !== clip.clipId && isTogether(other, clip);
  const boxesOf = (clips: readonly PlacedClip[]) =>
    clips.filter(together).flatMap((other) => {
      const box = subjectBox(other, input);
      return box ? [{ instance: other.instance, box }] : [];
    });
  const under = new Set(
    boxesOf(input.timeline.clips).flatMap(({ instance, box }) => (sharedArea(box, own) ? [instance] : [])),
  );
  return boxesOf(placed).flatMap(({ instance, box }) => (under.has(instance) ? [] : [box]));
}

/** Each clip once, those with the longest way first: the others then make room for them. */
function inOrder(clips: readonly PlacedClip[], input: LintInput): PlacedClip[] {
  const target = safeBoxFor(input);
  const once = [...new Map(clips.toReversed().map((clip) => [clip.clipId, clip])).values()].toReversed();
  const wayOf = (clip: PlacedClip) => {
    const box = subjectBox(clip, input);
    return box ? Math.max(...Object.values(reachBeyond(box, target))) : 0;
  };
  const ways = new Map(once.map((clip) => [clip.clipId, wayOf(clip)]));
  return once.toSorted((a, b) => (ways.get(b.clipId) ?? 0) - (ways.get(a.clipId) ?? 0));
}

/**
 * The edits that bring clips into the box that is safe in all placements asked for, in the input's ratio, beside what is
 * seen with them where there is room; none for clips that are there, are locked, or lie in a sequence that is moved or
 * scaled as a whole.
 */
export function safeZoneEdits(project: Project, clips: readonly PlacedClip[], input: LintInput): SimpleEditInput[] {
  const { ratio } = input;
  const edits: SimpleEditInput[] = [];
  let current = project;
  let placed = input.timeline.clips;
  const queue = inOrder(clips, input);
  const waiting = new Set<ClipId>(queue.map(({ clipId }) => clipId));
  for (const clip of queue) {
    waiting.delete(clip.clipId);
    const settled = placed.filter(({ clipId }) => !waiting.has(clipId));
    const found = editFor(current, clip, input, boxesBeside(clip, settled, input));
    if (!found) continue;
    const { edit, patch } = found;
    edits.push(edit);
    current = applyEdit(current, editSchema.parse(edit));
    placed = placed.map((one) =>
      one.clipId === clip.clipId
        ? { ...one, overrides: { ...one.overrides, [ratio]: { ...one.overrides[ratio], ...patch } } }
        : one,
    );
  }
  return edits;
}
