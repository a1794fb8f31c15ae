import type {
  Clip,
  ClipId,
  FieldValues,
  Marker,
  OptionId,
  Project,
  Sequence,
  SequenceId,
  SlotId,
  TimedSlot,
  Track,
} from '#shared/model/index.ts';
import { sequenceLength } from '#shared/model/index.ts';
import type { Frames, Rate } from '#shared/units/index.ts';
import type { TimelineTarget } from '../target.ts';

/** A part of what is shown: one option in its place. The timeline of a single option has one section. */
export interface SectionView {
  slotId: SlotId;
  slotName: string;
  role: TimedSlot['role'];
  optionId: OptionId;
  optionName: string;
  /** Null when the option plays nothing. */
  sequence: Sequence | null;
  values: FieldValues;
  startFrame: Frames;
  lengthFrames: Frames;
}

/** A track of one section, as a part of a lane. */
export interface LanePart {
  section: SectionView;
  track: Track;
}

/** A row: the tracks of the same kind and place of all sections. */
export interface Lane {
  /** "visual-0" is the main lane, at the back. */
  key: string;
  kind: Track['kind'];
  index: number;
  /** Clips follow one another here: moving and trimming ripple. */
  isMain: boolean;
  name: string;
  isHidden: boolean;
  isMuted: boolean;
  isSolo: boolean;
  isLocked: boolean;
  parts: LanePart[];
}

/** A clip with its place on the timeline shown. */
export interface ClipItem {
  /** Unique over sections: the same sequence may stand in two slots. */
  key: string;
  clip: Clip;
  lane: Lane;
  section: SectionView;
  track: Track;
  startFrame: Frames;
  endFrame: Frames;
}

/** A marker with its place on the timeline shown. */
export interface MarkerItem {
  /** Unique over sections: the same sequence may stand in two slots. */
  key: string;
  marker: Marker;
  section: SectionView;
  /** On the timeline shown. */
  frame: Frames;
}

/** What the timeline shows, ready to be laid out. */
export interface TimelineView {
  rate: Rate;
  lengthFrames: Frames;
  sections: SectionView[];
  /** Top to bottom: upper pictures first, the main lane, then sound. */
  lanes: Lane[];
  items: ClipItem[];
  markers: MarkerItem[];
  /** Beats of the music, in order; none while they are not shown. */
  beats: readonly Frames[];
}

/** The timed options a target plays, in order. */
export function sectionsOf(project: Project, target: TimelineTarget): SectionView[] {
  let cursor = 0;
  return project.slots.flatMap((slot) => {
    const wanted = target.kind === 'option' ? target.optionId : target.variant[slot.id];
    const option = slot.options.find((candidate) => candidate.id === wanted);
    if (!option) return [];
    const { content } = option;
    const sequence =
      content.kind === 'sequence'
        ? (project.sequences.find((candidate) => candidate.id === content.sequenceId) ?? null)
        : null;
    const lengthFrames = sequence ? sequenceLength(sequence) : 0;
    const section: SectionView = {
      slotId: slot.id,
      slotName: slot.name,
      role: slot.role,
      optionId: option.id,
      optionName: option.name,
      sequence,
      values: content.kind === 'sequence' ? content.values : {},
      startFrame: cursor,
      lengthFrames,
    };
    cursor += lengthFrames;
    return [section];
  });
}

function lanesOfKind(sections: readonly SectionView[], kind: Track['kind']): Lane[] {
  const perSection = sections.map((section) => ({
    section,
    tracks: section.sequence?.tracks.filter((track) => track.kind === kind) ?? [],
  }));
  const count = Math.max(kind === 'visual' ? 1 : 0, ...perSection.map(({ tracks }) => tracks.length));
  return Array.from({ length: count }, (_, index) => {
    const parts = perSection.flatMap(({ section, tracks }) => {
      const track = tracks[index];
      return track ? [{ section, track }] : [];
    });
    const every = (is: (track: Track) => boolean) => parts.length > 0 && parts.every(({ track }) => is(track));
    const fallback = kind === 'audio' ? `Sound ${index + 1}` : index === 0 ? 'Video' : `Layer ${index + 1}`;
    return {
      key: `${kind}-${index}`,
      kind,
      index,
      isMain: kind === 'visual' && index === 0,
      name: parts.find(({ track }) => track.name !== '')?.track.name ?? fallback,
      isHidden: every((track) => track.isHidden),
      isMuted: every((track) => track.isMuted),
      isSolo: every((track) => track.isSolo),
      isLocked: every((track) => track.isLocked),
      parts,
    };
  });
}

/** Lays a target out in sections, lanes and clips. */
export function timelineView(project: Project, target: TimelineTarget): TimelineView {
  const sections = sectionsOf(project, target);
  const lanes = [...lanesOfKind(sections, 'visual').reverse(), ...lanesOfKind(sections, 'audio')];
  const items = lanes.flatMap((lane) =>
    lane.parts.flatMap(({ section, track }) =>
      track.clips.map(
        (clip): ClipItem => ({
          key: itemKey(section, clip.id),
          clip,
          lane,
          section,
          track,
          startFrame: section.startFrame + clip.startFrame,
          endFrame: section.startFrame + clip.startFrame + clip.lengthFrames,
        }),
      ),
    ),
  );
  const last = sections.at(-1);
  return {
    rate: project.rate,
    lengthFrames: last ? last.startFrame + last.lengthFrames : 0,
    sections,
    lanes,
    items,
    markers: markersOf(sections),
    beats: [],
  };
}

/** Markers of all sections; those beyond the end of a section that another follows are out of sight. */
function markersOf(sections: readonly SectionView[]): MarkerItem[] {
  return sections.flatMap((section, at) =>
    (section.sequence?.markers ?? [])
      .filter(({ frame }) => at === sections.length - 1 || frame < section.lengthFrames)
      .map((marker) => ({
        key: `${section.slotId}/${marker.id}`,
        marker,
        section,
        frame: section.startFrame + marker.frame,
      })),
  );
}

/** Identity of a clip within the timeline shown. */
export function itemKey(section: Pick<SectionView, 'slotId'>, clipId: ClipId): string {
  return `${section.slotId}/${clipId}`;
}

/** The section at a frame; the last one beyond the end; null when there is none. */
export function sectionAt(view: TimelineView, frame: Frames): SectionView | null {
  return (
    view.sections.find(({ startFrame, lengthFrames }) => frame >= startFrame && frame < startFrame + lengthFrames) ??
    view.sections.at(-1) ??
    null
  );
}

/** The clip of a lane at a frame. */
export function itemAt(view: TimelineView, laneKey: string, frame: Frames): ClipItem | null {
  return (
    view.items.find((item) => item.lane.key === laneKey && frame >= item.startFrame && frame < item.endFrame) ?? null
  );
}

/** Frames that edges snap to: ends of clips (but not of those being moved), of sections, markers, beats, the playhead, the start. */
export function snapPoints(view: TimelineView, playhead: Frames | null, moved: ReadonlySet<string>): Frames[] {
  const points = new Set<Frames>([0, view.lengthFrames]);
  if (playhead !== null) points.add(playhead);
  for (const { startFrame, lengthFrames } of view.sections) points.add(startFrame).add(startFrame + lengthFrames);
  for (const beat of view.beats) points.add(beat);
  for (const item of view.markers) if (!moved.has(item.key)) points.add(item.frame);
  for (const item of view.items) if (!moved.has(item.key)) points.add(item.startFrame).add(item.endFrame);
  return [...points];
}

/** Options that play the same sequence as a section: a change shows in all of them. */
export function sharersOf(project: Project, sequenceId: SequenceId): { id: OptionId; name: string }[] {
  return project.slots.flatMap((slot) =>
    slot.options.filter((option) => option.content.kind === 'sequence' && option.content.sequenceId === sequenceId),
  );
}
