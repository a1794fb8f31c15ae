import type { Frames, Rate, Rational } from '../../units/index.ts';
import { compare, divide, floor, multiply, subtract, zero } from '../../units/index.ts';
import type { Problem, ProblemPath } from '../apply/index.ts';
import type { AssetId } from '../ids.ts';
import { type FileTime, readFrames } from './file-time.ts';

/** What the library said of one entry of the media table. */
export interface ResolvedMedia {
  assetId: AssetId;
  /** Null for stills and for what could not be read. */
  durationSeconds: Rational | null;
  /** Not looked at yet: reading is a rehearsal, in which its clips take no more room than they must. */
  isUnknown?: boolean;
}

/** Gives ids to what has none: readable ones, never one that is taken. */
export class IdBook {
  readonly #taken = new Set<string>();

  /** Marks ids that the file gives itself. */
  take(...ids: (string | undefined)[]): void {
    for (const id of ids) if (id !== undefined) this.#taken.add(id);
  }

  /** The wanted id, or with a number after it when it is taken. */
  make<Id extends string>(wanted: string): Id {
    const stem = wanted.slice(0, 56);
    let id = stem;
    for (let number = 2; this.#taken.has(id) || id in Object.prototype; number += 1) id = `${stem}-${number}`;
    this.#taken.add(id);
    return id as Id;
  }
}

/** "Spring offer" → "spring-offer": a name as an id. */
export function slug(name: string, otherwise: string): string {
  const words = name
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  return words === '' ? otherwise : words;
}

/** What reading a file works on: what it refers to, and what was found wrong. */
export interface Reading {
  rate: Rate;
  media: ReadonlyMap<string, ResolvedMedia>;
  problems: Problem[];
  /** Where in the file a part of the model comes from, by the model's path joined with ".". */
  origins: Map<string, ProblemPath>;
  clipIds: IdBook;
  /** Length and existence of a sequence, built when it is first asked for; null when there is none or it is in a circle. */
  lengthOf: (kind: 'sequence' | 'composition', key: string) => Frames | null;
}

/** Notes a problem. */
export function problem(reading: Reading, path: ProblemPath, message: string): void {
  reading.problems.push({ path, message });
}

/** The media behind a key; a missing key is a problem, and reads as nothing. */
export function mediaAt(reading: Reading, key: string, path: ProblemPath): ResolvedMedia | null {
  const found = reading.media.get(key);
  if (!found) problem(reading, path, `there is no “${key}” in the media table`);
  return found ?? null;
}

/** Frames until the end of a source at a speed: down, so that nothing is shown after its last frame. */
export function framesUntil(end: Rational, from: Rational, speed: Rational, rate: Rate): Frames {
  const left = divide(subtract(end, from), speed);
  if (compare(left, zero) <= 0) return 0;
  const frames = multiply(left, rate);
  // Containers round their lengths to milliseconds: what misses a whole frame by that little is whole.
  return floor({ num: frames.num, den: frames.den }) + (isNearlyWhole(frames) ? 1 : 0);
}

function isNearlyWhole(frames: Rational): boolean {
  const value = frames.num / frames.den;
  return Math.ceil(value) - value < 0.06 && Math.ceil(value) !== value;
}

/** A length in frames; shorter than one frame is a problem. */
export function lengthAt(reading: Reading, value: FileTime, path: ProblemPath): Frames {
  const frames = readFrames(value, reading.rate);
  if (frames >= 1) return frames;
  problem(reading, path, 'this is shorter than one frame');
  return 1;
}

/** A moment that cannot lie before the beginning. */
export function momentAt(reading: Reading, value: FileTime | undefined, path: ProblemPath): Frames {
  const frames = value === undefined ? 0 : readFrames(value, reading.rate);
  if (frames >= 0) return frames;
  problem(reading, path, 'this lies before the beginning');
  return 0;
}
