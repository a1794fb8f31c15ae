import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectSchema, type Variant } from '#shared/model/index.ts';
import { type Rational, rational, toNumber } from '#shared/units/index.ts';
import { type ExactKit, emptyFolder, openExactKit } from '../fixtures/exact-kit.ts';
import { randomFrom } from '../fixtures/random.ts';
import { assetOf, openRenderKit, type RenderKit } from '../fixtures/render-kit.ts';

const run = promisify(execFile);
const isLong = process.env.SPOTLOOM_LONG === '1';
const projects = Number(process.env.SPOTLOOM_PROJECTS ?? (isLong ? 200 : 15));
const firstSeed = Number(process.env.SPOTLOOM_SEED ?? 1);
const rateHz = 48_000;

/** Bursts of 60 ms in digital silence, at uneven moments, in files of all sorts. */
const begins = [0.31, 0.8123, 1.4007, 1.75, 2.3331, 2.9];
const burstSeconds = 0.06;
const files = [
  { id: 'wav', file: 'wav.wav', args: [] },
  { id: 'cd', file: 'cd.flac', args: ['-ar', '44100'] },
  { id: 'aac', file: 'aac.m4a', args: ['-b:a', '192k'] },
  { id: 'opus', file: 'opus.mkv', args: ['-c:a', 'libopus', '-b:a', '160k'] },
] as const;

let kit: RenderKit;
let exact: ExactKit;

beforeAll(async () => {
  kit = await openRenderKit();
  const when = begins.map((begin) => `between(t\\,${begin}\\,${begin + burstSeconds})`).join('+');
  const assets = await Promise.all(
    files.map(async ({ id, file, args }) => {
      const path = join(kit.folder, file);
      const tone = `aevalsrc='0.5*sin(2*PI*2000*t)*(${when})':s=48000:d=3.4`;
      await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', tone, '-ac', '2', ...args, path]);
      return assetOf(kit.ffmpeg, id, path);
    }),
  );
  exact = await openExactKit(kit, assets);
});
afterAll(async () => {
  await exact?.dispose();
  await kit?.dispose();
});

interface Burst {
  at: number;
  lengthSeconds: number;
  /** How far off it may be, ms. */
  withinMs: number;
}

interface SoundProject {
  project: ReturnType<typeof projectSchema.parse>;
  lengthFrames: number;
  bursts: Burst[];
}

const rates = [rational(30), rational(25), rational(30000, 1001), rational(24000, 1001), rational(60)];
const speeds = [
  ...[
    rational(1),
    rational(1),
    rational(1, 2),
    rational(3, 4),
    rational(5, 4),
    rational(3, 2),
    rational(2),
    rational(3),
  ],
];

/** Sounds one after another, each on a track, in a music slot over the ad, or both, with what must be heard when. */
function soundProject(seed: number): SoundProject {
  const random = randomFrom(seed);
  const rate = random.pick(rates);
  const seconds = (frames: number) => (frames * rate.den) / rate.num;
  const bursts: Burst[] = [];
  const [clips, anchored]: Record<string, unknown>[][] = [[], []];
  let cursor = random.below(10);
  for (let count = random.between(2, 4); count > 0; count -= 1) {
    const { id } = random.pick(files);
    const speed: Rational = random.pick(speeds);
    const from = random.chance(30) ? rational(0) : rational(random.below(1_500_000), 1_000_000);
    const lengthFrames = random.between(12, 80);
    const content = { kind: 'media', media: { assetId: id }, sourceInSeconds: from, speed };
    for (const begin of begins) {
      const at = (begin - toNumber(from)) / toNumber(speed);
      const lengthSeconds = burstSeconds / toNumber(speed);
      const isWhole = at > 0.03 && at + lengthSeconds < seconds(lengthFrames) - 0.03;
      // Matroska counts in whole milliseconds, at the packet where decoding begins too.
      const withinMs = toNumber(speed) !== 1 ? 5 : id === 'opus' ? 1.25 : 1;
      if (isWhole) bursts.push({ at: seconds(cursor) + at, lengthSeconds, withinMs });
    }
    const name = `c${cursor}`;
    if (random.chance(50)) clips?.push({ id: name, startFrame: cursor, lengthFrames, content });
    else
      anchored?.push({
        ...{ id: name, lengthFrames, content },
        start: { to: random.pick(['ad', 'slot']), edge: 'start', offsetFrames: cursor },
      });
    cursor += lengthFrames + random.between(6, 20);
  }
  const colour = { id: 'picture', startFrame: 0, lengthFrames: cursor, content: { kind: 'colour', colour: '#204060' } };
  const project = projectSchema.parse({
    ...{ id: `sound-${seed}`, name: 'Sound', rate },
    slots: [
      { id: 'slot', name: 'Body', options: [{ id: 'o', name: 'O', content: { kind: 'sequence', sequenceId: 'q' } }] },
    ],
    globals: [
      {
        id: 'music',
        name: 'Music',
        kind: 'music',
        options: [{ id: 'm', name: 'M', content: { kind: 'clips', clips: anchored } }],
      },
    ],
    sequences: [
      {
        id: 'q',
        tracks: [
          { id: 'v', kind: 'visual', clips: [colour] },
          { id: 'a', kind: 'audio', clips },
        ],
      },
    ],
  });
  return { project, lengthFrames: cursor, bursts };
}

/** Loudness of the left side over the 1 ms up to each sample. */
function envelope(samples: Float32Array): Float32Array {
  const out = new Float32Array(samples.length);
  let sum = 0;
  for (let n = 0; n < samples.length; n += 1) {
    sum += (samples[n] ?? 0) ** 2 - (n >= 48 ? (samples[n - 48] ?? 0) ** 2 : 0);
    out[n] = Math.sqrt(Math.max(0, sum) / 48);
  }
  return out;
}

/** How many ms late a burst begins; null when it is not heard near its place. */
function latenessMs(loud: Float32Array, { at }: Burst): number | null {
  const due = Math.round(at * rateHz);
  for (let n = Math.max(0, due - 1200); n < due + 1200; n += 1)
    if ((loud[n] ?? 0) > 0.18) return ((n - 24 - due) / rateHz) * 1000;
  return null;
}

test(
  `the sound of ${projects} projects by lot: what is heard, is heard when it is due, and the track is as long as the picture`,
  async () => {
    const failures: string[] = [];
    const figures = { bursts: 0, worstMs: 0, worstStretchedMs: 0 };
    for (let seed = firstSeed; seed < firstSeed + projects; seed += 1) {
      const { project, lengthFrames, bursts } = soundProject(seed);
      await emptyFolder(kit, 'caches');
      const variant = { slot: 'o', music: 'm' } as unknown as Variant;
      const output = await exact.plan(project, variant, '16:9');
      const path = await exact.sound(output, exact.cache('sound'));
      const args = ['-v', 'error', '-i', path, '-af', 'pan=mono|c0=c0', '-f', 'f32le', '-'];
      const { stdout } = await run('ffmpeg', args, { encoding: 'buffer', maxBuffer: 1 << 28 });
      const samples = new Float32Array(Uint8Array.from(stdout).buffer);
      const wanted = Math.round((lengthFrames * project.rate.den * rateHz) / project.rate.num);
      // An MP4's edit list counts in thousandths of a second, 48 samples, and rounds.
      if (samples.length <= wanted - 48 || samples.length >= wanted + 1024)
        failures.push(`seed ${seed}: ${samples.length} samples instead of ${wanted}`);
      const loud = envelope(samples);
      for (const burst of bursts) {
        const late = latenessMs(loud, burst);
        figures.bursts += 1;
        if (late === null || Math.abs(late) > burst.withinMs)
          failures.push(`seed ${seed}: the burst at ${burst.at.toFixed(3)} s is ${late} ms late`);
        else if (burst.withinMs < 5) figures.worstMs = Math.max(figures.worstMs, Math.abs(late));
        else figures.worstStretchedMs = Math.max(figures.worstStretchedMs, Math.abs(late));
      }
    }
    console.log(JSON.stringify({ projects, firstSeed, ...figures }));
    expect(failures).toEqual([]);
    expect(figures.bursts).toBeGreaterThan(projects);
  },
  isLong ? 3_600_000 : 240_000,
);
