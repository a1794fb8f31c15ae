import { compare, type Frames, one, type Rational, subtract, zero } from '../../units/index.ts';
import { maxFrame, type ProblemPath } from '../apply/index.ts';
import { animatedProperties, type FieldValues } from '../clip.ts';
import type { FileAnchoredClip, FileClip } from './file-schema.ts';
import { readFrames, readRatio, readSeconds } from './file-time.ts';
import { framesUntil, lengthAt, mediaAt, momentAt, problem, type Reading } from './reading.ts';

/** Seconds a picture lasts when neither the file nor its source says. */
const stillSeconds: Rational = { num: 3, den: 1 };

type AnyClip = FileClip | FileAnchoredClip;
type FileValues = NonNullable<FileClip['values']>;

/** Field values with media keys resolved. */
export function readValues(reading: Reading, values: FileValues | undefined, path: ProblemPath): FieldValues {
  const entries = Object.entries(values ?? {}).flatMap(([key, value]): [string, unknown][] => {
    if (typeof value === 'string') return [[key, { text: value }]];
    const media = mediaAt(reading, value.media, [...path, key, 'media']);
    return media ? [[key, { assetId: media.assetId }]] : [];
  });
  return Object.fromEntries(entries) as FieldValues;
}

/** A content as the model's schema takes it, and the frames it can play; null when nothing limits it. */
interface ReadContent {
  content: unknown;
  playable: Frames | null;
}

function speedOf(reading: Reading, clip: AnyClip, path: ProblemPath): Rational {
  if (clip.speed === undefined) return one;
  const speed = readRatio(clip.speed);
  if (compare(speed, zero) > 0) return speed;
  problem(reading, [...path, 'speed'], 'a speed is above 0');
  return one;
}

function readMedia(reading: Reading, clip: AnyClip, path: ProblemPath): ReadContent {
  const speed = speedOf(reading, clip, path);
  const sourceInSeconds = readSeconds(clip.in ?? 0, reading.rate);
  const found = clip.media === undefined ? null : mediaAt(reading, clip.media, [...path, 'media']);
  const media = clip.mediaField === undefined ? { assetId: found?.assetId ?? 'missing' } : { field: clip.mediaField };
  const content = { kind: 'media', media, sourceInSeconds, speed, ...(clip.isFrozen ? { isFrozen: true } : {}) };
  if (compare(sourceInSeconds, zero) < 0) problem(reading, [...path, 'in'], 'this lies before the beginning');
  const end = clip.out === undefined ? (found?.durationSeconds ?? null) : readSeconds(clip.out, reading.rate);
  if (found?.isUnknown && clip.out === undefined) return { content, playable: 1 };
  if (end === null) return { content, playable: null };
  if (clip.out !== undefined && compare(subtract(end, sourceInSeconds), zero) <= 0)
    problem(reading, [...path, 'out'], '“out” must lie after “in”');
  return { content, playable: framesUntil(end, sourceInSeconds, speed, reading.rate) };
}

function readNested(reading: Reading, clip: AnyClip, path: ProblemPath): ReadContent {
  const { sequence, composition } = clip;
  const inFrame = momentAt(reading, clip.in, [...path, 'in']);
  const values = readValues(reading, clip.values, [...path, 'values']);
  const key = sequence ?? `${composition?.id}@${composition?.version}`;
  const length = reading.lengthOf(sequence === undefined ? 'composition' : 'sequence', key);
  const end = clip.out === undefined ? length : readFrames(clip.out, reading.rate);
  const content =
    sequence === undefined
      ? { kind: 'composition', compositionId: composition?.id, version: composition?.version, inFrame, values }
      : { kind: 'sequence', sequenceId: sequence, inFrame, values };
  return { content, playable: end === null ? null : Math.max(0, end - inFrame) };
}

function readTranscriptLink(reading: Reading, clip: AnyClip, path: ProblemPath) {
  const link = clip.transcript;
  if (!link) return undefined;
  const media = mediaAt(reading, link.media, [...path, 'transcript', 'media']);
  return media ? { assetId: media.assetId, startMs: link.fromMs, endMs: link.toMs, text: link.text } : undefined;
}

function readText(reading: Reading, clip: AnyClip, path: ProblemPath) {
  const { text, style, role, words } = clip;
  const transcript = readTranscriptLink(reading, clip, path);
  const timed = words?.map((word, at) => {
    const startFrame = readFrames(word.start, reading.rate);
    const endFrame = readFrames(word.end, reading.rate);
    if (endFrame < startFrame) problem(reading, [...path, 'words', at, 'end'], 'a word ends before it begins');
    return { text: word.text, startFrame, endFrame: Math.max(startFrame, endFrame) };
  });
  const read = { kind: 'text', text, style: style ?? {}, role, words: timed };
  return transcript ? { ...read, transcript } : read;
}

function readContent(reading: Reading, clip: AnyClip, path: ProblemPath): ReadContent {
  if (clip.media !== undefined || clip.mediaField !== undefined) return readMedia(reading, clip, path);
  if (clip.sequence !== undefined || clip.composition !== undefined) return readNested(reading, clip, path);
  if (clip.colour !== undefined) return { content: { kind: 'colour', colour: clip.colour }, playable: null };
  return { content: readText(reading, clip, path), playable: null };
}

/** Properties that only some clips have; anything else would silently be lost. */
function checkFits(reading: Reading, clip: AnyClip, path: ProblemPath): void {
  const isText = clip.text !== undefined;
  const isMedia = clip.media !== undefined || clip.mediaField !== undefined;
  const isNested = clip.sequence !== undefined || clip.composition !== undefined;
  const fits: Record<string, boolean> = {
    style: isText,
    role: isText,
    transcript: isText,
    words: isText,
    speed: isMedia,
    in: isMedia || isNested,
    out: isMedia || isNested,
    values: isNested,
  };
  for (const [key, isFitting] of Object.entries(fits)) {
    if (!isFitting && clip[key as keyof AnyClip] !== undefined)
      problem(reading, [...path, key], `this kind of clip has no “${key}”`);
  }
  if (clip.out !== undefined && clip.length !== undefined)
    problem(reading, [...path, 'out'], 'give either “out” or “length”, not both');
}

function readVolume(reading: Reading, points: NonNullable<AnyClip['audio']>['volume'], path: ProblemPath) {
  let before = Number.NEGATIVE_INFINITY;
  return points?.map(({ at, gainDb }, index) => {
    const frame = readFrames(at, reading.rate);
    if (frame <= before) problem(reading, [...path, index, 'at'], 'points stand in order of their time, one per frame');
    before = frame;
    return { frame, gainDb };
  });
}

function readAudio(reading: Reading, audio: AnyClip['audio'], path: ProblemPath) {
  if (!audio) return undefined;
  return {
    gainDb: audio.gainDb,
    isMuted: audio.isMuted,
    fadeInFrames: momentAt(reading, audio.fadeIn, [...path, 'fadeIn']),
    fadeOutFrames: momentAt(reading, audio.fadeOut, [...path, 'fadeOut']),
    fadeInShape: audio.fadeInShape,
    fadeOutShape: audio.fadeOutShape,
    pan: audio.pan,
    volume: readVolume(reading, audio.volume, [...path, 'volume']),
  };
}

function readAnimation(reading: Reading, animation: AnyClip['animation'], path: ProblemPath) {
  if (!animation) return undefined;
  return Object.fromEntries(
    animatedProperties.flatMap((property) => {
      let before = Number.NEGATIVE_INFINITY;
      const keys = animation[property]?.map(({ at, ...key }, index) => {
        const frame = readFrames(at, reading.rate);
        const here = [...path, property, index, 'at'];
        if (frame <= before) problem(reading, here, 'keyframes stand in order of their time, one per frame');
        before = frame;
        return { ...key, frame };
      });
      return keys ? [[property, keys]] : [];
    }),
  );
}

function common(reading: Reading, clip: AnyClip, idStem: string, path: ProblemPath) {
  return {
    id: clip.id ?? reading.clipIds.make<string>(idStem),
    name: clip.name,
    layout: clip.layout,
    overrides: clip.overrides,
    animation: readAnimation(reading, clip.animation, [...path, 'animation']),
    audio: readAudio(reading, clip.audio, [...path, 'audio']),
  };
}

/** Length of a clip that does not say: all that it can play. */
function ownLength(
  reading: Reading,
  clip: FileClip,
  { playable, roomFrames }: { playable: Frames | null; roomFrames: Frames },
  path: ProblemPath,
): Frames {
  if (clip.length !== undefined) return lengthAt(reading, clip.length, [...path, 'length']);
  if (playable !== null) {
    if (playable < 1) problem(reading, path, 'nothing is left of its source after “in”');
    return Math.min(Math.max(1, playable), maxFrame);
  }
  if (clip.media !== undefined)
    return Math.max(1, Math.min(roomFrames, framesUntil(stillSeconds, zero, one, reading.rate)));
  problem(reading, path, 'this clip needs a “length”');
  return 1;
}

/**
 * A clip of a track as the model's schema takes it. One that does not say its length and cannot tell lasts to `untilEnd`
 * (texts) or as stills do, at most to `untilNext`.
 */
export function readClip(
  reading: Reading,
  clip: FileClip,
  place: { startFrame: Frames; idStem: string; untilEnd: Frames | null; untilNext: Frames | null },
  path: ProblemPath,
) {
  checkFits(reading, clip, path);
  const { content, playable } = readContent(reading, clip, path);
  const startFrame = clip.start === undefined ? place.startFrame : momentAt(reading, clip.start, [...path, 'start']);
  const isOpen = clip.length === undefined && playable === null && place.untilEnd !== null;
  const roomFrames = (place.untilNext ?? Number.POSITIVE_INFINITY) - startFrame;
  const lengthFrames = isOpen
    ? Math.max(1, (place.untilEnd ?? 0) - startFrame)
    : ownLength(reading, clip, { playable, roomFrames }, path);
  return { ...common(reading, clip, place.idStem, path), linkId: clip.link, startFrame, lengthFrames, content };
}

/** "cta.start-12f" → an anchor. */
export function readAnchor(reading: Reading, text: string) {
  const [, to = 'ad', edge = 'start', offset] = /^([^.]+)\.(start|end)(.+)?$/.exec(text) ?? [];
  const time = offset?.startsWith('+') ? offset.slice(1) : offset;
  return { to, edge, offsetFrames: time === undefined ? 0 : readFrames(time, reading.rate) };
}

/** A clip of a global slot as the model's schema takes it. */
export function readAnchoredClip(reading: Reading, clip: FileAnchoredClip, idStem: string, path: ProblemPath) {
  checkFits(reading, clip, path);
  const { content, playable } = readContent(reading, clip, path);
  const lengthFrames =
    clip.length !== undefined
      ? lengthAt(reading, clip.length, [...path, 'length'])
      : clip.out !== undefined && playable !== null
        ? Math.max(1, playable)
        : null;
  return {
    ...common(reading, clip, idStem, path),
    start: readAnchor(reading, clip.start ?? 'ad.start'),
    end: clip.end === undefined ? null : readAnchor(reading, clip.end),
    lengthFrames,
    isLooping: clip.isLooping,
    content,
  };
}
