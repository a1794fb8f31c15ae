import {
  type Asset,
  type Clip,
  type ClipId,
  clipsInARow,
  type EditInput,
  type Project,
  stillFramesAt,
} from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { TimelineTarget } from '../target.ts';
import type { CopiedClip } from './clip-edits.ts';
import { type SectionView, sectionAt, type TimelineView, timelineView } from './lanes.ts';
import { keepLinked } from './links.ts';
import { newSequenceEdit } from './new-sequence.ts';
import { pasteLinkedEdit } from './paste.ts';
import { type DropPlan, placeClips } from './placement.ts';

/** How media come onto a timeline: making room at the playhead, over what is there, or behind everything of the part. */
export type AddMode = 'insert' | 'overwrite' | 'append';

const labels: Record<AddMode, string> = { insert: 'Insert media', overwrite: 'Overwrite', append: 'Append media' };

/** Where pictures go on the main track of a part. */
function mainPlan(view: TimelineView, section: SectionView, mode: AddMode, frame: Frames): DropPlan | null {
  const lane = view.lanes.find((one) => one.isMain);
  const track = lane?.parts.find((part) => part.section === section)?.track;
  if (!lane || !track || track.isLocked) return null;
  const last = track.clips.at(-1);
  const end = last ? last.startFrame + last.lengthFrames : 0;
  const atFrame = mode === 'append' ? end : frame - section.startFrame;
  const place = { section, track, lane, atFrame, indicatorFrame: section.startFrame + atFrame };
  return mode === 'append' ? { kind: 'insert', ...place, index: track.clips.length } : { kind: 'overwrite', ...place };
}

function copiesOf(clips: readonly Clip[], lane: Pick<CopiedClip, 'laneKey' | 'kind' | 'isMain'>): CopiedClip[] {
  return clips.map((clip) => ({ clip, ...lane, offsetFrames: clip.startFrame, into: null, out: null }));
}

/**
 * Puts media of the library onto the timeline at the playhead, as keys do it: pictures on the main track, sound beside
 * them. Null where nothing can be put; `clipIds` are those to select.
 */
export function addMediaEdit(
  project: Project,
  target: TimelineTarget,
  assets: readonly Asset[],
  { mode, frame, stillSeconds }: { mode: AddMode; frame: Frames; stillSeconds: number },
): { edit: EditInput | null; clipIds: ClipId[] } {
  const view = timelineView(project, target);
  const row = (isHeard: boolean) =>
    clipsInARow(
      assets.flatMap((asset) => ((asset.kind === 'audio') === isHeard ? [{ asset }] : [])),
      0,
      project.rate,
      stillFramesAt(project.rate, stillSeconds),
    );
  const [seen, heard] = [row(false), row(true)];
  const ids = [...seen, ...heard].map(({ id }) => id);
  const fresh = seen.length > 0 ? newSequenceEdit(view, seen) : null;
  if (fresh) return { edit: { ...fresh, label: labels[mode] }, clipIds: ids };
  // The playhead cannot stand behind the last frame: on it, "here" means at the end.
  const from = frame === view.lengthFrames - 1 ? view.lengthFrames : frame;
  const named = (edit: EditInput | null) => edit && keepLinked(project, edit, labels[mode]);
  if (mode === 'insert' || seen.length === 0) {
    const sound = copiesOf(heard, { laneKey: 'below', kind: 'audio', isMain: false });
    const pictures = copiesOf(seen, { laneKey: 'visual-0', kind: 'visual', isMain: true });
    const pasted = pasteLinkedEdit(project, target, [...pictures, ...sound], from);
    const edit = pasted.edit?.type === 'batch' ? { ...pasted.edit, label: labels[mode] } : pasted.edit;
    return { edit, clipIds: pasted.clipIds };
  }
  const section = sectionAt(view, frame);
  const plan = section ? mainPlan(view, section, mode, from) : null;
  return { edit: plan && named(placeClips(plan, seen)), clipIds: seen.map(({ id }) => id) };
}
