import type { CopyLimits, Limits, Placement, PlacementRule } from './placement.ts';
import { nearestRatio, type Size } from './ratio.ts';

/** What is known of a file, made or planned; null = not known, and its rules are not judged. */
export interface PlacementFacts {
  size: Size | null;
  seconds: number | null;
  bytes: number | null;
  framesPerSecond: number | null;
  /** Of the picture alone, bits/s. */
  bitrate: number | null;
  /** File name ending, lower case. */
  container: string | null;
  /** As ffmpeg names it. */
  codec: string | null;
  loudnessLufs: number | null;
}

/** How one rule came out. */
export interface RuleVerdict {
  rule: PlacementRule;
  label: string;
  state: 'kept' | 'broken' | 'unknown';
  /** False: no reliable source confirms the rule; breaking it is a warning. */
  isConfirmed: boolean;
  expected: string;
  found: string;
}

/** Differences that rounding alone makes. */
const secondsGrace = 0.05;

/** Loudness further than this from a placement's own is worth a word, LU. */
const loudnessGrace = 1;

/** Holds a file's facts against a placement; only the rules that the placement has. */
export function judgePlacement(placement: Placement, facts: PlacementFacts): RuleVerdict[] {
  const isConfirmed = (rule: PlacementRule) => !placement.unconfirmed.includes(rule);
  const verdict = (
    rule: PlacementRule,
    label: string,
    isKept: boolean | null,
    expected: string,
    found: string | null,
  ): RuleVerdict => ({
    ...{ rule, label, isConfirmed: isConfirmed(rule), expected, found: found ?? 'unknown' },
    state: isKept === null ? 'unknown' : isKept ? 'kept' : 'broken',
  });
  const within = (
    rule: PlacementRule,
    label: string,
    limits: Limits,
    value: number | null,
    show: (n: number) => string,
  ) =>
    limits.min === null && limits.max === null
      ? []
      : [verdict(rule, label, isWithin(limits, value), range(limits, show), value === null ? null : show(value))];
  const { containers, codecs, loudnessLufs } = placement;
  return [
    verdict('ratio', 'shape', isShape(placement, facts.size), placement.ratios.join(', '), sizeText(facts.size)),
    ...pixelVerdicts(placement, facts.size).map(([isKept, expected]) =>
      verdict('pixels', 'picture size', isKept, expected, sizeText(facts.size)),
    ),
    ...within('length', 'length', placement.seconds, facts.seconds, secondsText),
    ...within('size', 'file size', { min: null, max: placement.maxBytes }, facts.bytes, bytesText),
    ...within('frame-rate', 'frame rate', placement.framesPerSecond, facts.framesPerSecond, rateText),
    ...within('bitrate', 'bitrate', placement.bitrate, facts.bitrate, bitrateText),
    ...(containers ? [oneOf('container', 'kind of file', containers, facts.container)] : []),
    ...(codecs ? [oneOf('codec', 'codec', codecs, facts.codec)] : []),
    ...(loudnessLufs === null
      ? []
      : within(
          'loudness',
          'loudness',
          { min: loudnessLufs - loudnessGrace, max: loudnessLufs + loudnessGrace },
          facts.loudnessLufs,
          (value) => `${value.toFixed(1)} LUFS`,
        )),
  ];
  function oneOf(rule: PlacementRule, label: string, allowed: readonly string[], value: string | null): RuleVerdict {
    return verdict(rule, label, value === null ? null : allowed.includes(value), allowed.join(', '), value);
  }
}

/** A finding of an output check; the same shape as the contract's. */
export interface PlacementFinding {
  id: string;
  label: string;
  state: 'ok' | 'failed' | 'skipped' | 'note';
  expected: string;
  found: string;
  frames: number[];
  pictures: { label: string; url: string }[];
}

/** What an output check says of a finished file's placement. Unconfirmed rules never fail a file: they say so. */
export function placementFindings(placement: Placement, facts: PlacementFacts): PlacementFinding[] {
  return judgePlacement(placement, facts).map(({ rule, label, state, isConfirmed, expected, found }) => ({
    id: `placement-${placement.id}-${rule}`,
    label: `${placement.name}: ${label}`,
    state: findingState(state, isConfirmed),
    expected,
    found: state === 'broken' && !isConfirmed ? `${found} (limit not confirmed)` : found,
    frames: [],
    pictures: [],
  }));
}

function findingState(state: RuleVerdict['state'], isConfirmed: boolean): PlacementFinding['state'] {
  if (state === 'kept') return 'ok';
  if (state === 'unknown') return 'skipped';
  return isConfirmed ? 'failed' : 'note';
}

/** What is wrong with words, for people ("is 120 characters long, at most 100 are allowed"); null when nothing is. */
export function copyProblem(limits: CopyLimits, text: string): string | null {
  if (text.trim() === '') return limits.isRequired ? 'is empty, and this placement needs it' : null;
  const found = limits.forbidden.filter(({ pattern }) => pattern.test(text)).map(({ label }) => label);
  if (found.length > 0) return `has ${found.join(' and ')}, which this placement refuses`;
  const length = copyLength(limits, text);
  if (limits.maxCharacters === null || length <= limits.maxCharacters) return null;
  return `is ${length} characters long, and this placement takes at most ${limits.maxCharacters}`;
}

/** Length as the platform counts it. */
function copyLength({ unit }: CopyLimits, text: string): number {
  return unit === 'utf16' ? text.length : [...text].length;
}

function isShape(placement: Placement, size: Size | null): boolean | null {
  if (size === null) return null;
  const ratio = nearestRatio(size);
  return ratio !== null && placement.ratios.includes(ratio);
}

function pixelVerdicts(placement: Placement, size: Size | null): [boolean | null, string][] {
  const ratio = size ? nearestRatio(size) : null;
  const smallest = ratio ? placement.smallest[ratio] : undefined;
  const { width, height } = placement.largest;
  const parts: [boolean | null, string][] = [];
  if (smallest && size) {
    const isLarge = size.width >= smallest.width && size.height >= smallest.height;
    parts.push([isLarge, `at least ${pixelText(smallest.width, smallest.height)}`]);
  }
  if (size && (width !== null || height !== null)) {
    const isSmall = size.width <= (width ?? size.width) && size.height <= (height ?? size.height);
    parts.push([isSmall, `at most ${pixelText(width ?? 0, height ?? 0)}`]);
  }
  const broken = parts.find(([isKept]) => !isKept);
  const [first] = parts;
  if (!first) return [];
  return [broken ?? [true, parts.map(([, expected]) => expected).join(', ')]];
}

function pixelText(width: number, height: number): string {
  if (height === 0) return `${width} pixels wide`;
  return width === 0 ? `${height} pixels high` : `${width}×${height}`;
}

function sizeText(size: Size | null): string | null {
  return size ? `${size.width}×${size.height}` : null;
}

function isWithin({ min, max }: Limits, value: number | null): boolean | null {
  if (value === null) return null;
  return value >= (min ?? value) - secondsGrace && value <= (max ?? value) + secondsGrace;
}

function range({ min, max }: Limits, show: (value: number) => string): string {
  if (min === null) return `at most ${show(max ?? 0)}`;
  return max === null ? `at least ${show(min)}` : `${show(min)} to ${show(max)}`;
}

function secondsText(seconds: number): string {
  return `${Number(seconds.toFixed(2))} s`;
}

function bytesText(bytes: number): string {
  return `${Number((bytes / 1_000_000).toFixed(1))} MB`;
}

function rateText(rate: number): string {
  return `${Number(rate.toFixed(2))} frames/s`;
}

function bitrateText(bits: number): string {
  return bits >= 10_000_000 ? `${Math.round(bits / 1_000_000)} Mbit/s` : `${Math.round(bits / 1000)} kbit/s`;
}
