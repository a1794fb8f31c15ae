import type { Frames } from '../../units/index.ts';
import type { ProblemPath } from '../apply/index.ts';
import { labelForKey } from '../apply/index.ts';
import { type Sequence, sequenceSchema } from '../project.ts';
import type { FileTransition } from './file-clip-schema.ts';
import { problemsOf } from './file-problems.ts';
import type { FileClip, FileOption, FileSequence, FileTrack } from './file-schema.ts';
import { readFrames } from './file-time.ts';
import { readClip, readValues } from './read-clip.ts';
import { IdBook, lengthAt, momentAt, problem, type Reading, slug } from './reading.ts';

type ReadClip = ReturnType<typeof readClip>;

/** A timeline as a sequence or an option of the file has it. */
export type FileTimeline = Pick<FileOption, 'name' | 'tracks' | 'clips' | 'texts' | 'fields' | 'length' | 'markers'>;

/** Clips with the places in the file they come from. */
interface Placed {
  clip: ReadClip;
  transition: FileTransition | undefined;
  path: ProblemPath;
}

const endOf = ({ clip }: Placed): Frames => clip.startFrame + clip.lengthFrames;

function readClips(
  reading: Reading,
  clips: readonly FileClip[],
  idStem: string,
  path: ProblemPath,
  untilEnd: Frames | null = null,
): Placed[] {
  let cursor = 0;
  const placed = clips.map((clip, at) => {
    const here = [...path, at];
    const next = clips[at + 1]?.start;
    const untilNext = next === undefined ? null : readFrames(next, reading.rate);
    const place = { startFrame: cursor, idStem: `${idStem}-c1`, untilEnd, untilNext };
    const one = { clip: readClip(reading, clip, place, here), transition: clip.transition, path: here };
    cursor = endOf(one);
    return one;
  });
  return placed.toSorted((a, b) => a.clip.startFrame - b.clip.startFrame);
}

/** Spreads texts over as few tracks as hold them without overlap. */
function lanes(placed: readonly Placed[]): Placed[][] {
  const all: Placed[][] = [];
  for (const one of placed) {
    const lane = all.find((candidate) => {
      const last = candidate.at(-1);
      return !last || endOf(last) <= one.clip.startFrame;
    });
    if (lane) lane.push(one);
    else all.push([one]);
  }
  return all;
}

/** The transitions into the clips of a track, which touch the clip before. */
function readTransitions(reading: Reading, placed: readonly Placed[]) {
  return placed.flatMap(({ clip, transition, path }, at) => {
    if (!transition) return [];
    const before = placed[at - 1];
    if (!before || endOf(before) !== clip.startFrame) {
      problem(reading, [...path, 'transition'], 'no clip ends where this one begins, so there is nothing to come from');
      return [];
    }
    const { length, ...rest } = transition;
    const lengthFrames = lengthAt(reading, length, [...path, 'transition', 'length']);
    return [{ ...rest, lengthFrames, fromClipId: before.clip.id, toClipId: clip.id }];
  });
}

interface ReadTrack {
  track: Omit<FileTrack, 'clips'>;
  placed: Placed[];
  path: ProblemPath;
}

function readFields(reading: Reading, fields: FileSequence['fields'], path: ProblemPath) {
  return Object.entries(fields ?? {}).map(([key, field]) => {
    if (typeof field === 'string') return { key, kind: 'text', label: labelForKey(key), default: { text: field } };
    const value = field.default ?? undefined;
    const read = value === undefined ? {} : readValues(reading, { [key]: value }, path);
    return { key, kind: field.kind ?? 'text', label: field.label, default: read[key] ?? null };
  });
}

/** The tracks of a timeline, from `tracks` or from the short `clips` and `texts`. */
function readTracks(reading: Reading, from: FileTimeline, idStem: string, path: ProblemPath): ReadTrack[] {
  const tracks = (from.tracks ?? []).map(({ clips = [], ...track }, at): ReadTrack => {
    const here = [...path, 'tracks', at];
    return { track, placed: readClips(reading, clips, idStem, [...here, 'clips']), path: here };
  });
  if (from.clips) {
    const placed = readClips(reading, from.clips, idStem, [...path, 'clips']);
    tracks.unshift({ track: { name: 'Video' }, placed, path: [...path, 'clips'] });
  }
  if (from.texts) {
    const end = Math.max(0, ...tracks.flatMap(({ placed }) => placed.map(endOf)));
    const length = from.length === undefined ? end : lengthAt(reading, from.length, [...path, 'length']);
    const texts = readClips(reading, from.texts, idStem, [...path, 'texts'], length);
    for (const placed of lanes(texts)) tracks.push({ track: { name: 'Text' }, placed, path: [...path, 'texts'] });
  }
  return tracks;
}

/** One sequence of the file as the model has it; null when it breaks the model's schema, which is noted. */
export function readSequence(
  reading: Reading,
  from: FileTimeline & { id: string },
  modelPath: ProblemPath,
  path: ProblemPath,
): Sequence | null {
  const ids = new IdBook();
  ids.take(...(from.tracks ?? []).map((track) => track.id), ...(from.markers ?? []).map((marker) => marker.id));
  const tracks = readTracks(reading, from, from.id.slice(0, 48), path);
  const key = modelPath.join('.');
  reading.origins.set(key, path);
  const read = sequenceSchema.safeParse({
    id: from.id,
    name: from.name,
    fields: readFields(reading, from.fields, [...path, 'fields']),
    lengthFrames: from.length === undefined ? null : lengthAt(reading, from.length, [...path, 'length']),
    markers: (from.markers ?? [])
      .map(({ at, ...marker }, index) => ({
        ...marker,
        id: marker.id ?? ids.make<string>('marker'),
        frame: momentAt(reading, at, [...path, 'markers', index, 'at']),
      }))
      .toSorted((a, b) => a.frame - b.frame),
    tracks: tracks.map(({ track, placed, path: trackPath }, at) => {
      reading.origins.set(`${key}.tracks.${at}`, trackPath);
      for (const [index, clip] of placed.entries())
        reading.origins.set(`${key}.tracks.${at}.clips.${index}`, clip.path);
      const id = track.id ?? ids.make<string>(slug(track.name ?? '', 'track'));
      const clips = placed.map(({ clip }) => clip);
      return { kind: 'visual', ...track, id, clips, transitions: readTransitions(reading, placed) };
    }),
  });
  if (read.success) return read.data;
  reading.problems.push(...problemsOf(read.error.issues, path));
  return null;
}
