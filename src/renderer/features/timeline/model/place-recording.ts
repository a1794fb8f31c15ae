import {
  type AnchoredClip,
  type AssetId,
  anchoredClipSchema,
  applyEdit,
  type Clip,
  type ClipId,
  clipSchema,
  type EditInput,
  editSchema,
  type GlobalSlot,
  newId,
  type OptionId,
  type Project,
  type SimpleEditInput,
  type SlotId,
  type Track,
  type TrackId,
} from '#shared/model/index.ts';
import { add, type Frames, frameToSeconds, multiply, type Rational } from '#shared/units/index.ts';
import type { TimelineTarget } from '../target.ts';
import type { GlobalItem, GlobalLane } from './globals.ts';
import { type SectionView, sectionAt, type TimelineView, timelineView } from './lanes.ts';
import { newSequenceEdit } from './new-sequence.ts';

/** Where a recording goes: onto a track of the part it begins in, or into the voice-over of the whole ad. */
export type RecordingGoal = 'part' | 'ad';

/** What was recorded, with its place on the timeline shown. */
export interface PlacedRecording {
  assetId: AssetId;
  name: string;
  startFrame: Frames;
  lengthFrames: Frames;
  sourceInSeconds: Rational;
}

/** What placing a recording depends on. */
export interface RecordingScene {
  project: Project;
  target: TimelineTarget;
  view: TimelineView;
  globals: readonly GlobalLane[];
  /** True for media that are recordings themselves: they are takes, and give way to a newer one. */
  isTake: (assetId: AssetId) => boolean;
}

const label = 'Record voice-over';

/** The voice-over of the variant shown, where it can take a recording. */
export function voiceOverLane(scene: Pick<RecordingScene, 'target' | 'globals'>): GlobalLane | null {
  const lane = scene.globals.find(({ slot }) => slot.kind === 'voice-over');
  if (scene.target.kind !== 'variant' || !lane) return null;
  return lane.option === null ? (lane.slot.options.length === 0 ? lane : null) : takesClips(lane) ? lane : null;
}

const takesClips = ({ option }: GlobalLane): boolean => option?.content.kind === 'clips';

/** The last frame + 1 that a recording from a frame on may fill: parts of a variant keep their length. Null: as long as it likes. */
export function recordingLimit(
  { target, view }: Pick<RecordingScene, 'target' | 'view'>,
  startFrame: Frames,
  goal: RecordingGoal,
): Frames | null {
  if (target.kind === 'option') return null;
  if (goal === 'ad') return view.lengthFrames;
  const section = sectionAt(view, startFrame);
  return section ? section.startFrame + section.lengthFrames : view.lengthFrames;
}

/** The edit that puts a recording on the timeline; null where there is nothing to put it on. */
export function recordingEdit(
  scene: RecordingScene,
  recording: PlacedRecording,
  goal: RecordingGoal,
): EditInput | null {
  const lane = goal === 'ad' ? voiceOverLane(scene) : null;
  const edits = lane ? adEdits(scene, lane, recording) : partEdits(scene, recording);
  return edits && { type: 'batch', label, edits };
}

function contentOf({ assetId, sourceInSeconds }: PlacedRecording) {
  return { kind: 'media' as const, media: { assetId }, sourceInSeconds };
}

function partEdits(scene: RecordingScene, recording: PlacedRecording): SimpleEditInput[] | null {
  const { project, target, view } = scene;
  const section = sectionAt(view, recording.startFrame);
  if (!section) return null;
  if (section.sequence) return clipEdits(section, recording, scene.isTake);
  const start = newSequenceEdit(view);
  if (!start || target.kind !== 'option') return null;
  const started = timelineView(applyEdit(project, editSchema.parse(start)), target).sections[0];
  return started ? [...start.edits, ...clipEdits(started, recording, scene.isTake)] : null;
}

function clipEdits(
  section: SectionView,
  recording: PlacedRecording,
  isTake: RecordingScene['isTake'],
): SimpleEditInput[] {
  const { sequence } = section;
  if (!sequence) return [];
  const startFrame = recording.startFrame - section.startFrame;
  const clip = clipSchema.parse({
    id: newId<ClipId>('clip'),
    name: recording.name,
    startFrame,
    lengthFrames: recording.lengthFrames,
    content: contentOf(recording),
  });
  const voices = sequence.tracks.filter(isVoiceTrack);
  const open = voices.filter((track) => !track.isLocked && !track.isMuted);
  const inTheWay = (track: Track) => track.clips.filter((other) => overlaps(other, clip));
  const free = open.filter((track) => inTheWay(track).every((other) => isTakeClip(other, isTake)));
  // Over its own earlier take before beside it: they are not to be heard both.
  const track = free.find((one) => inTheWay(one).length > 0) ?? free[0];
  const trackId = track?.id ?? newId<TrackId>('track');
  const name = voices.length === 0 ? 'Voice-over' : `Voice-over ${voices.length + 1}`;
  const adding: SimpleEditInput[] = track
    ? []
    : [{ type: 'track.add', sequenceId: sequence.id, track: { id: trackId, kind: 'audio', name, role: 'voice' } }];
  return [
    ...adding,
    {
      ...{ type: 'clip.add', sequenceId: sequence.id, trackId, clip, mode: 'overwrite' },
      spareClipIds: Array.from({ length: 4 }, () => newId<ClipId>('clip')),
    },
  ];
}

/** Made for voices: by its role, or by its name where it has none. */
function isVoiceTrack({ kind, role, name }: Track): boolean {
  return kind === 'audio' && (role === 'voice' || (role === null && /^voice/i.test(name)));
}

type Span = Pick<Clip, 'startFrame' | 'lengthFrames'>;
const overlaps = (one: Span, other: Span): boolean =>
  one.startFrame < other.startFrame + other.lengthFrames && other.startFrame < one.startFrame + one.lengthFrames;

function isTakeClip({ content }: Pick<Clip, 'content'>, isTake: RecordingScene['isTake']): boolean {
  return content.kind === 'media' && 'assetId' in content.media && isTake(content.media.assetId);
}

function adEdits(scene: RecordingScene, lane: GlobalLane, recording: PlacedRecording): SimpleEditInput[] | null {
  const section = sectionAt(scene.view, recording.startFrame);
  if (!section) return null;
  const clip = anchoredClipSchema.parse({
    id: newId<ClipId>('clip'),
    name: recording.name,
    // By the part it begins in, so that it stays there whatever is chosen before it.
    start: { to: section.slotId, edge: 'start', offsetFrames: recording.startFrame - section.startFrame },
    lengthFrames: recording.lengthFrames,
    content: contentOf(recording),
  });
  const { slot, option } = lane;
  if (!option) return [newOption(slot, recording.name, clip)];
  if (option.content.kind !== 'clips') return null;
  const endFrame = recording.startFrame + recording.lengthFrames;
  const rest = option.content.clips.flatMap((other) => {
    const item = lane.items.find((one) => one.clip.id === other.id);
    const isCovered = item && item.startFrame < endFrame && recording.startFrame < item.endFrame;
    return isCovered && isTakeClip(other, scene.isTake)
      ? leftOf(item, recording.startFrame, endFrame, scene.project.rate)
      : [other];
  });
  return [{ type: 'global.setContent', optionId: option.id, content: { kind: 'clips', clips: [...rest, clip] } }];
}

function newOption(slot: GlobalSlot, name: string, clip: AnchoredClip): SimpleEditInput {
  const option = { id: newId<OptionId>('option'), name, content: { kind: 'clips' as const, clips: [clip] } };
  return { type: 'global.addOption', slotId: slot.id as SlotId, option };
}

/** What stays of an earlier take beside a newer one: its beginning, its end, both, or nothing. */
function leftOf(item: GlobalItem, fromFrame: Frames, toFrame: Frames, rate: Rational): AnchoredClip[] {
  const { clip, startFrame, endFrame } = item;
  const before = { ...clip, end: null, lengthFrames: fromFrame - startFrame };
  const skipped = toFrame - startFrame;
  const { content } = clip;
  const after = {
    ...clip,
    end: null,
    lengthFrames: endFrame - toFrame,
    start: { ...clip.start, offsetFrames: clip.start.offsetFrames + skipped },
    content:
      content.kind === 'media'
        ? {
            ...content,
            sourceInSeconds: add(content.sourceInSeconds, multiply(frameToSeconds(skipped, rate), content.speed)),
          }
        : content,
  };
  const isBefore = fromFrame > startFrame;
  return [
    ...(isBefore ? [before] : []),
    ...(toFrame < endFrame ? [{ ...after, id: isBefore ? newId<ClipId>('clip') : clip.id }] : []),
  ];
}
