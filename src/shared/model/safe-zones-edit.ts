import { applyEdit } from './apply/index.ts';
import type { Clip, LayoutPatch } from './clip.ts';
import { editSchema, type SimpleEditInput } from './edit.ts';
import type { ClipId, SequenceId } from './ids.ts';
import type { PlacedClip } from './placed.ts';
import type { AnchoredClip, GlobalOption, Project } from './project.ts';
import { type Ratio, ratios } from './ratio.ts';
import { layoutInSafeZone } from './safe-zones-fix.ts';
import { type LintInput, lintTimeline } from './safe-zones-lint.ts';

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
  return JSON.stringify([own.layout, own.overrides]) === JSON.stringify([placed.layout, placed.overrides]);
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

/** The edit that brings one clip into the safe zone; null when it cannot be done. */
function editFor(project: Project, clip: PlacedClip, input: LintInput): SimpleEditInput | null {
  const own = ownClip(project, clip.clipId);
  if (!own || !isInOwnPlace(own.clip, clip)) return null;
  const patch = layoutInSafeZone(clip, input);
  if (!patch) return null;
  const { ratio } = input;
  const others = ratios.filter((other) => other !== ratio && !own.clip.overrides[other]);
  const everywhere = { ...clip, layout: { ...clip.layout, ...patch } };
  // Where other formats have the same fault and the same cure, it is one layout for all; else it is this format's own.
  const isShared =
    !own.clip.overrides[ratio] &&
    others.some((other) => isHurt(clip, input, other)) &&
    others.every((other) => !isHurt(everywhere, input, other));
  return layoutEditOf(own, isShared ? null : ratio, patch);
}

/**
 * The edits that bring clips into the box that is safe in all placements asked for, in the input's ratio; none for clips
 * that are there, are locked, or lie in a sequence that is moved or scaled as a whole.
 */
export function safeZoneEdits(project: Project, clips: readonly PlacedClip[], input: LintInput): SimpleEditInput[] {
  const edits: SimpleEditInput[] = [];
  let current = project;
  const done = new Set<ClipId>();
  for (const clip of clips) {
    if (done.has(clip.clipId)) continue;
    done.add(clip.clipId);
    const edit = editFor(current, clip, input);
    if (!edit) continue;
    edits.push(edit);
    current = applyEdit(current, editSchema.parse(edit));
  }
  return edits;
}
