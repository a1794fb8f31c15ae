import type { FfmpegCapabilities } from '#main/platform/ffmpeg/index.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';
import {
  adviceFor,
  type Clip,
  emojiFamily,
  flattenVariant,
  frozenFrames,
  hasFace,
  hasJoinedEmoji,
  isAllowed,
  isFreelyPlaced,
  layoutSchema,
  type PlacedClip,
  type Project,
  pickFace,
  playableFrames,
  ratios,
  type Sequence,
  separateEmoji,
  type TextStyle,
  type Timeline,
  type Variant,
  variantKey,
  variantName,
} from '#shared/model/index.ts';
import { sourceLengths } from '../plan/plan-render.ts';
import type { FontSet } from '../sources/fonts.ts';
import type { GatheredSources } from '../sources/gather-sources.ts';
import { missingGlyphs } from '../sources/glyphs.ts';

/** Something that stands in the way of an export, or that people should know before. */
export interface Problem {
  severity: 'error' | 'warning';
  variantKey: string | null;
  error: AppError;
}

type Complaint = Pick<Problem, 'severity' | 'error'>;

/** What variants are held against. */
export interface ProblemContext {
  project: Project;
  gathered: GatheredSources;
  fonts: FontSet;
  capabilities: Pick<FfmpegCapabilities, 'filters' | 'hasHarfBuzz'>;
}

/** Sequences a variant plays, nested ones included. */
function sequencesOf(project: Project, variant: Variant): Set<Sequence> {
  const found = new Set<Sequence>();
  const visit = (sequence: Sequence | undefined) => {
    if (!sequence || found.has(sequence)) return;
    found.add(sequence);
    for (const { content } of sequence.tracks.flatMap((track) => track.clips)) {
      if (content.kind === 'sequence') visit(project.sequences.find((one) => one.id === content.sequenceId));
      if (content.kind === 'composition')
        visit(
          project.compositions.find(
            (one) => one.compositionId === content.compositionId && one.version === content.version,
          )?.sequence,
        );
    }
  };
  for (const slot of project.slots) {
    const content = slot.options.find((option) => option.id === variant[slot.id])?.content;
    if (content?.kind === 'sequence') visit(project.sequences.find((one) => one.id === content.sequenceId));
  }
  return found;
}

const usual = layoutSchema.parse({});
const plainLayout = JSON.stringify(usual);

/** What a clip around a sequence would have to do to it and cannot yet. */
function nestingProblem(clip: Clip): AppError | null {
  if (clip.content.kind !== 'sequence' && clip.content.kind !== 'composition') return null;
  const isMoved =
    JSON.stringify(layoutSchema.parse(clip.layout)) !== plainLayout ||
    Object.keys(clip.overrides).length > 0 ||
    Object.keys(clip.animation).length > 0;
  const isFaded = clip.audio.fadeInFrames > 0 || clip.audio.fadeOutFrames > 0;
  if (!isMoved && !isFaded) return null;
  const what = isMoved ? 'moved, scaled or faded' : 'faded in sound';
  return new AppError(
    'capability-missing',
    `“${clip.name || 'A nested sequence'}” is ${what} as a whole, which cannot be exported yet. Change the clips inside it instead.`,
    { details: { clipId: clip.id } },
  );
}

function textProblems(timeline: Timeline, context: ProblemContext): Complaint[] {
  const { fonts, capabilities } = context;
  return timeline.clips.flatMap((clip): Complaint[] => {
    const { content } = clip;
    if (content.kind !== 'text' || !clip.hasPicture) return [];
    const { style, text } = content;
    const details = { clipId: clip.clipId };
    if (!hasFace(fonts.faces, style)) {
      const sentence = `The font “${style.fontFamily}” is not here. Add its file in the settings, or choose another one.`;
      return [{ severity: 'error', error: new AppError('capability-missing', sentence, { details }) }];
    }
    const missing = missingCharacters(fonts, style, text);
    if (missing.length > 0) {
      const letters = missing.slice(0, 8).join(' ');
      const sentence = `The font “${style.fontFamily}” has no ${letters}. ${adviceFor(text, missing, fonts.faces)}`;
      return [{ severity: 'error', error: new AppError('capability-missing', sentence, { details }) }];
    }
    if (capabilities.hasHarfBuzz || !needsShaping(text)) return [];
    const sentence =
      'The ffmpeg in use cannot join the letters of this script, or the parts of an emoji. Install a newer one for correct text.';
    const error = new AppError('capability-missing', sentence, { retry: 'install-ffmpeg', details });
    return [{ severity: 'warning', error }];
  });
}

/** Filters that draw what lies between pixels. */
const movementFilters = ['perspective', 'alphamerge', 'fillborders', 'lutyuv', 'lut'];

function movementProblems(timeline: Timeline, { capabilities }: ProblemContext): Complaint[] {
  const missing = movementFilters.filter((name) => !capabilities.filters.has(name));
  const moving = timeline.clips.find((clip) => clip.hasPicture && ratios.some((ratio) => isFreelyPlaced(clip, ratio)));
  if (missing.length === 0 || !moving) return [];
  const sentence = `A clip moves, lies turned, is cropped or blurred, and the ffmpeg in use has no ${missing.join(', ')} to draw that with. Install a newer one.`;
  const details = { clipId: moving.clipId };
  return [
    { severity: 'error', error: new AppError('capability-missing', sentence, { retry: 'install-ffmpeg', details }) },
  ];
}

/** Filters of colours and of blur, by what of a layout asks for them. */
const lookNeeds = [
  { filter: 'lutyuv', what: 'has other colours', parts: ['exposure', 'contrast', 'saturation', 'temperature'] },
  { filter: 'boxblur', what: 'is blurred', parts: ['blurPx'] },
] as const;

function lookProblems(timeline: Timeline, { capabilities }: ProblemContext): Complaint[] {
  return lookNeeds.flatMap(({ filter, what, parts }): Complaint[] => {
    if (capabilities.filters.has(filter)) return [];
    const asks = ({ layout, overrides, animation }: PlacedClip) =>
      parts.some(
        (part) =>
          animation[part] !== undefined ||
          [layout, ...Object.values(overrides)].some((one) => (one[part] ?? usual[part]) !== usual[part]),
      );
    const clip = timeline.clips.find((one) => one.hasPicture && one.content.kind === 'media' && asks(one));
    if (!clip) return [];
    const sentence = `A clip ${what}, and the ffmpeg in use has no ${filter} to draw that with. Install a newer one.`;
    const details = { clipId: clip.clipId };
    return [
      { severity: 'error', error: new AppError('capability-missing', sentence, { retry: 'install-ffmpeg', details }) },
    ];
  });
}

/** What neither the font of a text nor the one of all emoji can draw. */
function missingCharacters({ faces, glyphs }: FontSet, style: TextStyle, text: string): string[] {
  const { emoji, words } = separateEmoji(text);
  const missingIn = (part: string, family: string) => {
    const face = pickFace(faces, { family, weight: style.fontWeight, isItalic: style.isItalic });
    const has = glyphs.get(face?.file ?? '');
    return has ? missingGlyphs(part, has) : [];
  };
  return [...missingIn(words, style.fontFamily), ...missingIn(emoji, emojiFamily)];
}

/** Scripts whose letters change with their neighbours, and emoji made of several. */
function needsShaping(text: string): boolean {
  return (
    hasJoinedEmoji(text) ||
    /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Thai}\p{Script=Tamil}\p{Script=Khmer}]/u.test(
      text,
    )
  );
}

/** What a transition shows of a source that has nothing there. */
function frozenHandle(clip: PlacedClip, name: string, frames: number): Complaint[] {
  if (frames === 0) return [];
  const [side, frame] = clip.overrun === 'after' ? ['end', 'last'] : ['beginning', 'first'];
  const sentence = `A transition reaches beyond the ${side} of “${name}”: its ${frame} frame stands still there for ${frames} frames.`;
  const details = { clipId: clip.clipId };
  return [{ severity: 'warning', error: new AppError('invalid-input', sentence, { details }) }];
}

function mediaProblems(timeline: Timeline, context: ProblemContext): Complaint[] {
  const { gathered, capabilities } = context;
  const seen = new Set<string>();
  return timeline.clips.flatMap((clip): Complaint[] => {
    const { content } = clip;
    if (content.kind !== 'media' || seen.has(content.assetId)) return [];
    const problem = gathered.problems.get(content.assetId);
    const facts = gathered.table.get(content.assetId);
    if (problem) {
      seen.add(content.assetId);
      return [{ severity: 'error', error: problem }];
    }
    const canToneMap = capabilities.filters.has('zscale') && capabilities.filters.has('tonemap');
    if (clip.hasPicture && facts?.picture && facts.picture.colour.hdr !== 'none' && !canToneMap) {
      seen.add(content.assetId);
      const sentence = `“${facts.name}” is HDR, and the ffmpeg in use cannot bring it to normal range. Install a newer one.`;
      const error = new AppError('capability-missing', sentence, { retry: 'install-ffmpeg' });
      return [{ severity: 'error', error }];
    }
    const playable = facts?.isStill
      ? Number.POSITIVE_INFINITY
      : playableFrames(content, facts?.durationSeconds ?? null, timeline.rate);
    if (!clip.hasPicture || !facts?.picture) return [];
    if (clip.overrun)
      return frozenHandle(clip, facts.name, frozenFrames(clip, sourceLengths(gathered.table), timeline.rate));
    if (playable + 1 >= clip.lengthFrames) return [];
    const sentence = `A clip runs past the end of “${facts.name}”: its last frame stands still for the rest.`;
    return [
      {
        severity: 'warning',
        error: new AppError('invalid-input', sentence, { details: { clipId: clip.clipId } }),
      },
    ];
  });
}

/** Everything wrong with one variant, errors and warnings. Its timeline when there is one. */
export function variantProblems(
  context: ProblemContext,
  variant: Variant,
): { problems: Problem[]; timeline: Timeline | null } {
  const { project, gathered } = context;
  const key = variantKey(project, variant);
  const problems: Problem[] = [];
  const add = (severity: Problem['severity'], error: AppError) => problems.push({ severity, variantKey: key, error });
  if (!isAllowed(project, variant))
    add('error', new AppError('invalid-input', `“${variantName(project, variant)}” is excluded by a pairing rule.`));
  for (const sequence of sequencesOf(project, variant))
    for (const clip of sequence.tracks.flatMap((track) => track.clips)) {
      const error = nestingProblem(clip);
      if (error) add('error', error);
    }
  try {
    const timeline = flattenVariant(project, variant, sourceLengths(gathered.table));
    if (timeline.lengthFrames <= 0) {
      const sentence = `“${variantName(project, variant)}” is empty. Put a clip into one of its options.`;
      add('error', new AppError('invalid-input', sentence));
    }
    const complaints = [mediaProblems, textProblems, movementProblems, lookProblems].flatMap((find) =>
      find(timeline, context),
    );
    for (const { severity, error } of complaints) add(severity, error);
    return { problems, timeline };
  } catch (error) {
    add('error', toAppError(error));
    return { problems, timeline: null };
  }
}
