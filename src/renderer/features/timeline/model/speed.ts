import type { Clip, EditInput, Project, SimpleEditInput } from '#shared/model/index.ts';
import { compare, divide, multiply, type Rate, type Rational, round, subtract } from '#shared/units/index.ts';
import type { ClipItem, TimelineView } from './lanes.ts';
import { keepLinked, partnersOf, startingAt, stepsOf } from './links.ts';
import { asEdit } from './placement.ts';

/** A clip at another speed, heard at the same moments of a picture as before; its beginning is cut off at frame 0. */
function besidePicture(clip: Clip, picture: Clip, speed: Rational, rate: Rate): Clip | null {
  const { content } = clip;
  if (content.kind !== 'media' || picture.content.kind !== 'media') return clip;
  const lead = subtract(content.sourceInSeconds, picture.content.sourceInSeconds);
  const startFrame = picture.startFrame + round(divide(multiply(lead, rate), speed));
  const lengthFrames = round(multiply({ num: clip.lengthFrames, den: 1 }, divide(content.speed, speed)));
  const changed = { ...clip, lengthFrames: Math.max(1, lengthFrames), content: { ...content, speed } };
  return startingAt(changed, startFrame, rate);
}

/** Plays a clip, and what is linked to it, at another speed; what follows on the main lane moves along, linked sound too. */
export function speedEdit(project: Project, view: TimelineView, asked: ClipItem, speed: Rational): EditInput | null {
  const linked = [asked, ...partnersOf(view, asked)].filter((one) => one.clip.content.kind === 'media');
  // The picture keeps its place, whichever of the two was asked for.
  const item = linked.find((one) => one.lane.kind === 'visual') ?? asked;
  const { content } = item.clip;
  const { sequence } = item.section;
  if (content.kind !== 'media' || !sequence) return null;
  const { id: sequenceId } = sequence;
  const own: SimpleEditInput = {
    type: 'clip.setSpeed',
    sequenceId,
    clipId: item.clip.id,
    speed,
    isRipple: item.lane.isMain,
  };
  const partners = linked.filter((one) => one !== item);
  const together = partners.flatMap(({ clip, track }): SimpleEditInput[] => {
    const beside = besidePicture(clip, item.clip, speed, project.rate);
    const put: SimpleEditInput[] = beside ? [{ type: 'clip.add', sequenceId, trackId: track.id, clip: beside }] : [];
    return [{ type: 'clip.remove', sequenceId, clipIds: [clip.id] }, ...put];
  });
  const label = 'Change speed';
  const placed = new Set(item.clip.linkId === null ? [] : [item.clip.linkId]);
  // Slower is longer: what follows has to be gone before the partners grow.
  return compare(speed, content.speed) < 0
    ? asEdit(label, [...stepsOf(keepLinked(project, own, label, placed)), ...together])
    : keepLinked(project, asEdit(label, [own, ...together]) ?? own, label, placed);
}
