#!/usr/bin/env node
// Makes the sample ad's music bed: 20 s that loop without a seam, composed here, so that it carries no one's licence.
// The same numbers come out every time. Run by hand: `node scripts/make-sample-music.mjs` (needs ffmpeg on the path).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

const RATE = 48_000;
const BEATS_PER_MINUTE = 96;
const BARS = 8;
const BEAT_S = 60 / BEATS_PER_MINUTE;
const LENGTH = Math.round(BARS * 4 * BEAT_S * RATE);
const PEAK = 0.7;

/** Two bars each, as MIDI notes: bass, then the chord from low to high. */
const chords = [
  { bass: 41, notes: [60, 64, 69, 72] }, // F major 7
  { bass: 43, notes: [59, 62, 67, 74] }, // G
  { bass: 40, notes: [59, 64, 67, 71] }, // E minor 7
  { bass: 45, notes: [60, 64, 67, 72] }, // A minor 7
];
const arpeggio = [0, 2, 1, 3, 2, 1, 3, 2];

const left = new Float64Array(LENGTH);
const right = new Float64Array(LENGTH);
const frequency = (note) => 440 * 2 ** ((note - 69) / 12);

/** Adds one sound; what rings past the end wraps round to the start, which makes the loop seamless. */
function add(startS, lengthS, gain, pan, sample) {
  const start = Math.round(startS * RATE);
  const count = Math.round(lengthS * RATE);
  for (let index = 0; index < count; index += 1) {
    const value = sample(index / RATE, index / count) * gain;
    const at = (start + index + LENGTH) % LENGTH;
    left[at] += value * Math.cos(((pan + 1) * Math.PI) / 4);
    right[at] += value * Math.sin(((pan + 1) * Math.PI) / 4);
  }
}

const wave = (hz, t) => Math.sin(2 * Math.PI * hz * t);
/** Rises over `attack` and falls over `release`, both as parts of the whole. */
const swell = (part, attack, release) => Math.min(1, part / attack, (1 - part) / release) ** 2;

/** Repeatable noise in −1 … 1. */
let seed = 20_260_101;
function noise() {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0;
  return seed / 2 ** 31;
}

/** Two bars of chord that begin a little early and end a little late, so that chords melt into each other. */
function pad(note, startS, pan) {
  const hz = frequency(note);
  add(startS - 0.4, 8 * BEAT_S + 1.2, 0.05, pan, (t, part) => {
    const voices = wave(hz * 0.997, t) + wave(hz * 1.003, t) + 0.35 * wave(hz * 2, t) + 0.12 * wave(hz * 3, t);
    return voices * swell(part, 0.2, 0.3);
  });
}

function pluck(note, startS, pan) {
  const hz = frequency(note + 12);
  add(startS, 1.4, 0.09, pan, (t) => {
    const tone = wave(hz, t) + 0.4 * wave(hz * 2, t) * Math.exp(-9 * t) + 0.2 * wave(hz * 4, t) * Math.exp(-18 * t);
    return tone * Math.exp(-4.2 * t) * Math.min(1, t * 400) * Math.min(1, (1.4 - t) * 20);
  });
}

function bass(note, startS, lengthS) {
  const hz = frequency(note);
  add(startS, lengthS, 0.22, 0, (t, part) => (wave(hz, t) + 0.3 * wave(hz * 2, t)) * swell(part, 0.03, 0.25));
}

function kick(startS) {
  add(
    startS,
    0.35,
    0.34,
    0,
    (t) => Math.sin(2 * Math.PI * (45 * t - (95 / 28) * Math.expm1(-28 * t))) * Math.exp(-11 * t),
  );
}

function shaker(startS, gain) {
  let last = 0;
  add(startS, 0.09, gain, 0.25, (t) => {
    const now = noise();
    const bright = now - last;
    last = now;
    return bright * Math.exp(-48 * t) * Math.min(1, t * 300);
  });
}

for (let bar = 0; bar < BARS; bar += 1) {
  const { bass: low, notes } = chords[Math.floor(bar / 2)];
  const barS = bar * 4 * BEAT_S;
  if (bar % 2 === 0) for (const [index, note] of notes.entries()) pad(note, barS, (index - 1.5) * 0.4);
  for (const beat of [0, 1.5, 3]) bass(low, barS + beat * BEAT_S, BEAT_S * 1.2);
  for (const beat of [0, 2]) kick(barS + beat * BEAT_S);
  for (let half = 0; half < 8; half += 1) {
    const startS = barS + half * BEAT_S * 0.5;
    pluck(notes[arpeggio[half]], startS, half % 2 === 0 ? -0.35 : 0.35);
    shaker(startS, half % 2 === 0 ? 0.03 : 0.055);
  }
}

const loudest = left.reduce((peak, value, index) => Math.max(peak, Math.abs(value), Math.abs(right[index])), 0);
const pcm = Buffer.alloc(LENGTH * 4);
for (let index = 0; index < LENGTH; index += 1) {
  pcm.writeInt16LE(Math.round((left[index] / loudest) * PEAK * 32_767), index * 4);
  pcm.writeInt16LE(Math.round((right[index] / loudest) * PEAK * 32_767), index * 4 + 2);
}

// Vorbis keeps the exact number of samples; AAC would add a silent tail and the loop would stumble.
const output = join(root, 'resources', 'sample', 'media', 'music-bed.ogg');
const input = ['-f', 's16le', '-ar', String(RATE), '-ac', '2', '-i', 'pipe:0'];
const encode = [
  '-c:a',
  'libvorbis',
  '-q:a',
  '4',
  '-metadata',
  'title=Spotloom sample bed',
  '-fflags',
  '+bitexact',
  '-y',
  output,
];
const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', ...input, ...encode], {
  input: pcm,
  maxBuffer: 2 ** 26,
});
if (status !== 0) throw new Error(`ffmpeg failed: ${stderr}`);
console.log(`${output}: ${LENGTH / RATE} s`);
