import { type Frames, one, type Rate, zero } from '../../units/index.ts';
import {
  type Animation,
  animatedProperties,
  type Clip,
  type ClipAudio,
  type ClipContent,
  type FieldValues,
  layoutSchema,
  type TranscriptLink,
  textStyleSchema,
} from '../clip.ts';
import { duckingSchema } from '../ducking.ts';
import type { AssetId } from '../ids.ts';
import type {
  Anchor,
  AnchoredClip,
  GlobalContent,
  Marker,
  Option,
  Project,
  Seam,
  Sequence,
  Track,
} from '../project.ts';
import type { TimedWord } from '../text/extras.ts';
import { type Transition, transitionSchema } from '../transition.ts';
import { type MediaEntry, type ProjectFile, projectFileVersion } from './file-schema.ts';
import { writeFrames, writeRatio, writeSeconds } from './file-time.ts';

/** What writing needs: the rate, and the keys of media. */
interface Writing {
  rate: Rate;
  keyOf: (id: AssetId) => string;
  hasMedia: (id: AssetId) => boolean;
}

/** Without what is undefined, so that a file says nothing where nothing is to be said. */
function sparse(parts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}

/** What differs from the defaults; undefined when nothing does. */
function differing(parts: object, defaults: object): Record<string, unknown> | undefined {
  const entries = Object.entries(parts).filter(([key, part]) => part !== defaults[key as keyof typeof defaults]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const isEmpty = (parts: object): boolean => Object.keys(parts).length === 0;
const unlessEmpty = <Parts extends object>(parts: Parts): Parts | undefined => (isEmpty(parts) ? undefined : parts);
const unlessNone = <Item>(list: Item[]): Item[] | undefined => (list.length === 0 ? undefined : list);
const unlessZero = (frames: Frames, rate: Rate) => (frames === 0 ? undefined : writeFrames(frames, rate));

const plainLayout = layoutSchema.parse({});
const plainDucking = duckingSchema.parse({});
const plainStyle = textStyleSchema.parse({});

function writeValue(writing: Writing, value: FieldValues[keyof FieldValues]): unknown {
  return 'text' in value ? value.text : { media: writing.keyOf(value.assetId) };
}

function writeValues(writing: Writing, values: FieldValues): Record<string, unknown> | undefined {
  return unlessEmpty(
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, writeValue(writing, value)])),
  );
}

/** Left out when its media is not in the project any more: nothing could follow it. */
function writeTranscriptLink(writing: Writing, link: TranscriptLink | undefined): unknown {
  if (!link || !writing.hasMedia(link.assetId)) return undefined;
  return { media: writing.keyOf(link.assetId), fromMs: link.startMs, toMs: link.endMs, text: link.text };
}

function writeWord({ text, startFrame, endFrame }: TimedWord, rate: Rate): Record<string, unknown> {
  return { text, start: writeFrames(startFrame, rate), end: writeFrames(endFrame, rate) };
}

function writeContent(writing: Writing, content: ClipContent): Record<string, unknown> {
  switch (content.kind) {
    case 'media':
      return {
        ...('assetId' in content.media
          ? { media: writing.keyOf(content.media.assetId) }
          : { mediaField: content.media.field }),
        in: content.sourceInSeconds.num === zero.num ? undefined : writeSeconds(content.sourceInSeconds),
        speed: content.speed.num === one.num && content.speed.den === one.den ? undefined : writeRatio(content.speed),
        isFrozen: content.isFrozen,
      };
    case 'text':
      return {
        text: content.text,
        role: content.role === 'title' ? undefined : content.role,
        style: differing(content.style, plainStyle),
        transcript: writeTranscriptLink(writing, content.transcript),
        words: content.words.length === 0 ? undefined : content.words.map((word) => writeWord(word, writing.rate)),
      };
    case 'colour':
      return { colour: content.colour };
    default:
      return {
        ...(content.kind === 'sequence'
          ? { sequence: content.sequenceId }
          : { composition: { id: content.compositionId, version: content.version } }),
        in: unlessZero(content.inFrame, writing.rate),
        values: writeValues(writing, content.values),
      };
  }
}

function writeAudio(audio: ClipAudio, rate: Rate): Record<string, unknown> | undefined {
  return unlessEmpty(
    sparse({
      gainDb: audio.gainDb === 0 ? undefined : audio.gainDb,
      isMuted: audio.isMuted || undefined,
      fadeIn: unlessZero(audio.fadeInFrames, rate),
      fadeOut: unlessZero(audio.fadeOutFrames, rate),
      fadeInShape: audio.fadeInShape === 'linear' ? undefined : audio.fadeInShape,
      fadeOutShape: audio.fadeOutShape === 'linear' ? undefined : audio.fadeOutShape,
      pan: audio.pan || undefined,
      volume: unlessNone(audio.volume.map(({ frame, gainDb }) => ({ at: writeFrames(frame, rate), gainDb }))),
    }),
  );
}

function writeAnimation(animation: Animation, rate: Rate): Record<string, unknown> | undefined {
  const written = animatedProperties.flatMap((property) => {
    const keys = animation[property]?.map(({ frame, value, curve }) =>
      sparse({ at: writeFrames(frame, rate), value, curve: curve === 'linear' ? undefined : curve }),
    );
    return keys ? [[property, keys] as const] : [];
  });
  return unlessEmpty(Object.fromEntries(written));
}

function writeLook(
  writing: Writing,
  clip: Pick<Clip, 'layout' | 'overrides' | 'animation' | 'audio'>,
): Record<string, unknown> {
  return {
    layout: differing(clip.layout, plainLayout),
    overrides: unlessEmpty(clip.overrides),
    animation: writeAnimation(clip.animation, writing.rate),
    audio: writeAudio(clip.audio, writing.rate),
  };
}

const plainTransition = transitionSchema.parse({ kind: 'crossfade', lengthFrames: 1 });

function writeTransition(transition: Transition, rate: Rate): Record<string, unknown> {
  const { kind, lengthFrames, alignment, direction, colour, curve, sound } = transition;
  return {
    kind,
    length: writeFrames(lengthFrames, rate),
    ...differing({ alignment, direction, colour, curve, sound }, plainTransition),
  };
}

function writeClip(
  writing: Writing,
  clip: Clip,
  follows: Frames,
  transition: Transition | undefined,
): Record<string, unknown> {
  return sparse({
    id: clip.id,
    name: clip.name || undefined,
    start: clip.startFrame === follows ? undefined : writeFrames(clip.startFrame, writing.rate),
    length: writeFrames(clip.lengthFrames, writing.rate),
    link: clip.linkId ?? undefined,
    transition: transition && writeTransition(transition, writing.rate),
    ...writeContent(writing, clip.content),
    ...writeLook(writing, clip),
  });
}

function writeTrack(writing: Writing, track: Track): Record<string, unknown> {
  let follows = 0;
  const clips = track.clips.map((clip) => {
    const transition = track.transitions.find(({ toClipId }) => toClipId === clip.id);
    const written = writeClip(writing, clip, follows, transition);
    follows = clip.startFrame + clip.lengthFrames;
    return written;
  });
  return sparse({
    id: track.id,
    kind: track.kind,
    name: track.name || undefined,
    isHidden: track.isHidden || undefined,
    isMuted: track.isMuted || undefined,
    isSolo: track.isSolo || undefined,
    isLocked: track.isLocked || undefined,
    gainDb: track.gainDb || undefined,
    pan: track.pan || undefined,
    role: track.role ?? undefined,
    clips,
  });
}

function writeMarker(writing: Writing, { id, frame, colour, note }: Marker): Record<string, unknown> {
  return sparse({
    id,
    at: writeFrames(frame, writing.rate),
    colour: colour === 'green' ? undefined : colour,
    note: note || undefined,
  });
}

function writeSequence(writing: Writing, sequence: Sequence): Record<string, unknown> {
  const fields = sequence.fields.map((field) => [
    field.key,
    sparse({
      kind: field.kind,
      label: field.label || undefined,
      default: field.default ? writeValue(writing, field.default) : undefined,
    }),
  ]);
  return sparse({
    id: sequence.id,
    name: sequence.name || undefined,
    fields: fields.length === 0 ? undefined : Object.fromEntries(fields),
    length: sequence.lengthFrames === null ? undefined : writeFrames(sequence.lengthFrames, writing.rate),
    markers: sequence.markers.length === 0 ? undefined : sequence.markers.map((marker) => writeMarker(writing, marker)),
    tracks: sequence.tracks.map((track) => writeTrack(writing, track)),
  });
}

function writeOption(writing: Writing, { id, name, content }: Option): Record<string, unknown> {
  if (content.kind === 'none') return { id, name, isNone: true };
  return sparse({ id, name, sequence: content.sequenceId, values: writeValues(writing, content.values) });
}

function writeAnchor({ to, edge, offsetFrames }: Anchor, rate: Rate): string {
  if (offsetFrames === 0) return `${to}.${edge}`;
  return `${to}.${edge}${offsetFrames < 0 ? '-' : '+'}${writeFrames(Math.abs(offsetFrames), rate)}`;
}

function writeAnchoredClip(writing: Writing, clip: AnchoredClip): Record<string, unknown> {
  return sparse({
    id: clip.id,
    name: clip.name || undefined,
    start: writeAnchor(clip.start, writing.rate),
    end: clip.end ? writeAnchor(clip.end, writing.rate) : undefined,
    length: clip.lengthFrames === null ? undefined : writeFrames(clip.lengthFrames, writing.rate),
    isLooping: clip.isLooping || undefined,
    ...writeContent(writing, clip.content),
    ...writeLook(writing, clip),
  });
}

function writeGlobal(writing: Writing, content: GlobalContent): Record<string, unknown> {
  switch (content.kind) {
    case 'clips':
      return { clips: content.clips.map((clip) => writeAnchoredClip(writing, clip)) };
    case 'caption-style':
      return { captionStyle: differing(content.style, plainStyle) ?? {} };
    case 'cover':
      return { cover: writeAnchor(content.at, writing.rate) };
    case 'post-copy':
      return { postCopy: { primaryText: content.primaryText, headline: content.headline, url: content.url } };
    default:
      return { isNone: true };
  }
}

function writeSeam(seam: Seam, rate: Rate): Record<string, unknown> {
  const { transition } = seam;
  return sparse({
    id: seam.id,
    after: seam.afterSlotId,
    from: seam.pair?.from,
    to: seam.pair?.to,
    transition: transition.kind === 'cut' ? 'cut' : writeTransition(transition, rate),
    audioOverhang: unlessZero(seam.audioOverhangFrames, rate),
  });
}

/**
 * A project as a file: everything of the model, with ids, defaults left out. `media` names each asset that is used by its
 * key in the file; reading the file back with the same media gives the same project.
 */
export function projectToFile(
  project: Project,
  media: ReadonlyMap<AssetId, { key: string; entry: MediaEntry }>,
): ProjectFile {
  const keyOf = (id: AssetId): string => media.get(id)?.key ?? id;
  const writing: Writing = { rate: project.rate, keyOf, hasMedia: (id) => media.has(id) };
  return sparse({
    spotloom: projectFileVersion,
    name: project.name,
    rate: writeRatio(project.rate),
    media: Object.fromEntries([...media.values()].map(({ key, entry }) => [key, sparse({ ...entry })])),
    slots: project.slots.map(({ id, name, role, options }) => ({
      ...{ id, name, role },
      options: options.map((option) => writeOption(writing, option)),
    })),
    globals: project.globals.map(({ id, name, kind, gainDb, pan, options }) => ({
      ...sparse({ id, name, kind, gainDb: gainDb || undefined, pan: pan || undefined }),
      options: options.map((option) => ({ id: option.id, name: option.name, ...writeGlobal(writing, option.content) })),
    })),
    sequences: project.sequences.map((sequence) => writeSequence(writing, sequence)),
    seams: unlessNone(project.seams.map((seam) => writeSeam(seam, project.rate))),
    pairingRules: unlessNone(project.pairingRules.map(({ id, kind, optionIds }) => ({ id, [kind]: optionIds }))),
    compositions: unlessNone(
      project.compositions.map(({ compositionId, version, name, sequence }) =>
        sparse({ id: compositionId, version, name: name || undefined, sequence: writeSequence(writing, sequence) }),
      ),
    ),
    ducking: differing(project.ducking, plainDucking),
    loudnessLufs: project.loudnessLufs ?? undefined,
  }) as unknown as ProjectFile;
}

/** A file as text: two spaces, a line break at its end. */
export function formatProjectFile(file: ProjectFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}
