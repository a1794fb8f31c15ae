import {
  type ClipId,
  clipAudioSchema,
  type EditInput,
  layoutAt,
  type Project,
  type Ratio,
} from '#shared/model/index.ts';
import { add, type Frames, frameToSeconds, multiply } from '#shared/units/index.ts';
import type { TimelineTarget } from '../target.ts';
import { copyItems } from './clip-edits.ts';
import type { ClipItem } from './lanes.ts';
import { stepsOf } from './links.ts';
import { pasteLinkedEdit } from './paste.ts';
import { asEdit } from './placement.ts';

/** Seconds a freeze frame lasts at first. */
const usualSeconds = 2;

/** True for footage that can be stopped at a frame of the timeline. */
export function canFreeze(item: ClipItem, frame: Frames, isStill: boolean): boolean {
  const { content } = item.clip;
  const isUnder = frame >= item.startFrame && frame < item.endFrame && !item.track.isLocked;
  return isUnder && item.lane.kind === 'visual' && content.kind === 'media' && !content.isFrozen && !isStill;
}

/**
 * Stops the picture of a clip at a frame of the timeline: the frame shown there stands for two seconds, then the clip goes
 * on. What follows is pushed on; on tracks laid over the main one it stands in place of the rest of the clip, at most.
 */
export function freezeEdit(
  project: Project,
  target: TimelineTarget,
  item: ClipItem,
  frame: Frames,
  ratio: Ratio,
): { edit: EditInput | null; clipIds: ClipId[] } {
  const [copied] = copyItems([item]);
  const { content } = item.clip;
  if (!copied || content.kind !== 'media') return { edit: null, clipIds: [] };
  const { rate } = project;
  const usual = Math.round((usualSeconds * rate.num) / rate.den);
  const at = multiply(frameToSeconds(frame - item.startFrame, rate), content.speed);
  // A look that moves stands still with the picture.
  const mover = { ...item.clip, originFrame: item.startFrame, movers: [] };
  const isMoving = Object.keys(item.clip.animation).length > 0;
  const clip = {
    ...item.clip,
    lengthFrames: item.lane.isMain ? usual : Math.min(usual, item.endFrame - frame),
    linkId: null,
    layout: isMoving ? layoutAt(mover, frame, ratio) : item.clip.layout,
    animation: {},
    audio: clipAudioSchema.parse({}),
    content: { ...content, sourceInSeconds: add(content.sourceInSeconds, at), isFrozen: true },
  };
  const { edit, clipIds } = pasteLinkedEdit(project, target, [{ ...copied, clip }], frame);
  return { edit: edit && asEdit('Insert freeze frame', stepsOf(edit)), clipIds };
}
