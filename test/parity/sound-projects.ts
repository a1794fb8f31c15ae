import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Asset, type Project, projectSchema } from '#shared/model/index.ts';
import { randomFrom } from '../fixtures/random.ts';
import { assetOf, type RenderKit } from '../fixtures/render-kit.ts';

const run = promisify(execFile);

/** A mix that preview and export must have in common. */
export interface SoundGolden {
  name: string;
  project: Project;
}

/** Tones without a common period, under bursts or swells, so that every stretch of them is like no other. */
const tones = (at: string) =>
  [317, 523, 811, 1277].map((hz, n) => `${[0.22, 0.18, 0.14, 0.1][n]}*sin(2*PI*${hz}*${at})`).join('+');
const words = `(${tones('t')})*gt(sin(2*PI*0.83*t)+sin(2*PI*1.37*t),0.1)`;
const swell = (hz: number) => `0.35*sin(2*PI*${hz}*t)*(0.55+0.4*sin(2*PI*0.7*t))`;

/** Sound files of two rates, one channel and two, uncompressed and AAC. */
export async function makeSoundFootage(kit: RenderKit): Promise<Asset[]> {
  const make = async (
    name: string,
    channels: readonly string[],
    rate: number,
    seconds: number,
    codec: string[] = [],
  ) => {
    const path = join(kit.folder, name);
    const from = ['-f', 'lavfi', '-i', `aevalsrc='${channels.join('|')}':s=${rate}:d=${seconds}`];
    await run('ffmpeg', ['-v', 'error', '-y', ...from, ...codec, path]);
    return assetOf(kit.ffmpeg, name.split('.')[0] ?? '', path);
  };
  const still = join(kit.folder, 'still.png');
  await run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'color=c=gray:s=64x64', '-frames:v', '1', still]);
  return [
    await assetOf(kit.ffmpeg, 'still', still),
    await make('voice.wav', [words], 44_100, 12),
    await make('talk.wav', [words, `0.7*(${words})`], 48_000, 12),
    await make('music.wav', [swell(220), swell(330)], 48_000, 4.5),
    await make('bed.m4a', [swell(247), swell(262)], 44_100, 9, ['-c:a', 'aac', '-b:a', '256k']),
    await make('hum.wav', [swell(330), swell(330)], 48_000, 14),
  ];
}

interface ClipInput {
  asset: string;
  start: number;
  length: number;
  from?: readonly [number, number];
  speed?: readonly [number, number];
  audio?: object;
}

function clips(track: string, list: readonly ClipInput[]): object[] {
  return list.map(({ asset, start, length, from = [0, 1], speed = [1, 1], audio = {} }, n) => ({
    ...{ id: `${track}-${n}`, startFrame: start, lengthFrames: length, audio },
    content: {
      ...{ kind: 'media', media: { assetId: asset } },
      sourceInSeconds: { num: from[0], den: from[1] },
      speed: { num: speed[0], den: speed[1] },
    },
  }));
}

interface AdInput {
  lengthFrames: number;
  rate?: { num: number; den: number };
  tracks: readonly (Record<string, unknown> & { clips: readonly ClipInput[] })[];
  music?: { asset: string; slot?: object; audio?: object };
  ducking?: object;
}

function golden(
  name: string,
  { lengthFrames, rate = { num: 30, den: 1 }, tracks, music, ducking }: AdInput,
): SoundGolden {
  const picture = { kind: 'media', media: { assetId: 'still' } };
  const { asset = '', slot = {}, ...more } = music ?? {};
  const project = projectSchema.parse({
    ...{ id: 'sound', name, rate },
    ...(ducking ? { ducking } : {}),
    slots: [
      {
        ...{ id: 'slot', name: 'Body' },
        options: [{ id: 'option', name: 'Body', content: { kind: 'sequence', sequenceId: 'sequence' } }],
      },
    ],
    globals: music
      ? [
          {
            ...{ id: 'music', name: 'Music', kind: 'music', ...slot },
            options: [
              {
                ...{ id: 'music-1', name: 'Music' },
                content: {
                  kind: 'clips',
                  clips: [
                    {
                      ...{
                        id: 'bed',
                        start: { to: 'ad', edge: 'start' },
                        end: { to: 'ad', edge: 'end' },
                        isLooping: true,
                      },
                      content: { kind: 'media', media: { assetId: asset } },
                      ...more,
                    },
                  ],
                },
              },
            ],
          },
        ]
      : [],
    sequences: [
      {
        id: 'sequence',
        tracks: [
          { id: 'picture', kind: 'visual', clips: [{ id: 'p', startFrame: 0, lengthFrames, content: picture }] },
          ...tracks.map(({ clips: list, ...track }, n) => ({
            ...{ id: `track-${n}`, kind: 'audio', ...track },
            clips: clips(`t${n}`, list),
          })),
        ],
      },
    ],
  });
  return { name, project };
}

const volume = (...points: readonly (readonly [number, number])[]) =>
  points.map(([frame, gainDb]) => ({ frame, gainDb }));

/** An ad with a second part after its own, and what happens between them. */
function followedBy({ name, project }: SoundGolden, list: readonly ClipInput[], seam: object): SoundGolden {
  const track = { id: 'second', kind: 'visual', clips: clips('second', list) };
  const content = { kind: 'sequence', sequenceId: 'sequence-2' };
  const slot = { id: 'slot-2', name: 'End', options: [{ id: 'option-2', name: 'End', content }] };
  return {
    name,
    project: projectSchema.parse({
      ...project,
      slots: [...project.slots, slot],
      sequences: [...project.sequences, { id: 'sequence-2', tracks: [track] }],
      seams: [{ id: 'seam', afterSlotId: 'slot', ...seam }],
    }),
  };
}

const crossing = (more: object = {}) => ({ kind: 'crossfade', sound: 'crossfade', ...more });

/** What every run looks at. */
export const soundGoldens: readonly SoundGolden[] = [
  golden('fades of both shapes, gain, a cut in the middle of a word; 44.1 kHz, one channel', {
    lengthFrames: 240,
    tracks: [
      {
        clips: [
          { asset: 'voice', start: 0, length: 110, from: [1, 3], audio: { fadeInFrames: 25, gainDb: -4 } },
          {
            asset: 'voice',
            start: 110,
            length: 70,
            from: [5, 1],
            audio: { fadeOutFrames: 40, fadeOutShape: 'equal-power' },
          },
        ],
      },
      {
        clips: [
          {
            asset: 'talk',
            start: 150,
            length: 90,
            audio: { fadeInFrames: 30, fadeInShape: 'equal-power', gainDb: -8 },
          },
        ],
      },
    ],
  }),
  golden('volume curve, pan of clip and track, gain of track; 48 kHz', {
    lengthFrames: 210,
    rate: { num: 30_000, den: 1001 },
    tracks: [
      {
        ...{ gainDb: -3, pan: -0.4 },
        clips: [
          {
            ...{ asset: 'talk', start: 10, length: 200, from: [2, 1] },
            audio: { pan: 0.7, volume: volume([15, -30], [60, 0], [61, -12], [120, 3], [180, -96]) },
          },
        ],
      },
    ],
  }),
  golden('looped music under a voice, ducked, with a volume curve over all of it', {
    lengthFrames: 270,
    tracks: [{ clips: [{ asset: 'voice', start: 60, length: 120, audio: { gainDb: -2 } }] }],
    music: {
      asset: 'music',
      slot: { gainDb: -2 },
      audio: { gainDb: -6, fadeOutFrames: 30, volume: volume([0, -6], [200, 0]) },
    },
    ducking: { isOn: true, thresholdDb: -32, depthDb: 14, attackMs: 120, releaseMs: 350 },
  }),
  // Apart on the sides: the page changes the pitch with the speed, so that the two would beat otherwise than in the export.
  golden('other speeds, and AAC from the middle of a file', {
    lengthFrames: 180,
    rate: { num: 25, den: 1 },
    tracks: [
      {
        clips: [
          { asset: 'hum', start: 0, length: 80, from: [1, 1], speed: [3, 2], audio: { fadeInFrames: 10, pan: -1 } },
          { asset: 'hum', start: 90, length: 80, from: [3, 1], speed: [3, 4], audio: { gainDb: -3, pan: -1 } },
        ],
      },
      { clips: [{ asset: 'bed', start: 20, length: 140, from: [7, 3], audio: { gainDb: -9, pan: 1 } }] },
    ],
  }),
  golden('sound crosses over with transitions: before, after and about the cut, one at another speed', {
    lengthFrames: 240,
    tracks: [
      {
        ...{ kind: 'visual' },
        clips: [
          { asset: 'voice', start: 0, length: 70, from: [1, 1], audio: { fadeOutFrames: 12 } },
          { asset: 'talk', start: 70, length: 60, from: [13, 4], audio: { gainDb: -3, pan: 1 } },
          { asset: 'hum', start: 130, length: 60, from: [4, 1], speed: [3, 2], audio: { gainDb: -4, pan: -1 } },
          {
            asset: 'talk',
            start: 190,
            length: 50,
            from: [5, 1],
            audio: { pan: 1, volume: volume([-20, -12], [20, 0]) },
          },
        ],
        transitions: [
          { fromClipId: 't0-0', toClipId: 't0-1', ...crossing({ lengthFrames: 31, alignment: 'end' }) },
          { fromClipId: 't0-1', toClipId: 't0-2', ...crossing({ lengthFrames: 24 }) },
          { fromClipId: 't0-2', toClipId: 't0-3', ...crossing({ lengthFrames: 15, alignment: 'start', kind: 'push' }) },
        ],
      },
    ],
  }),
  followedBy(
    golden('sound crosses over between parts, nine frames after the cut; music gives way to both', {
      lengthFrames: 90,
      rate: { num: 30_000, den: 1001 },
      tracks: [{ kind: 'visual', clips: [{ asset: 'voice', start: 0, length: 90, from: [2, 1] }] }],
      music: { asset: 'music', audio: { gainDb: -6 } },
      ducking: { isOn: true, thresholdDb: -32, depthDb: 12, attackMs: 100, releaseMs: 300 },
    }),
    [{ asset: 'talk', start: 0, length: 90, from: [3, 1], audio: { gainDb: -5 } }],
    { transition: crossing({ lengthFrames: 40 }), audioOverhangFrames: 9 },
  ),
];

const rates = [
  { num: 24_000, den: 1001 },
  { num: 25, den: 1 },
  { num: 30, den: 1 },
  { num: 60, den: 1 },
];

/** A mix by lot. */
export function randomSoundGolden(seed: number): SoundGolden {
  const random = randomFrom(seed);
  const audio = () => ({
    gainDb: -random.below(14),
    pan: (random.below(9) - 4) / 4,
    fadeInFrames: random.below(20),
    fadeOutFrames: random.below(20),
    fadeInShape: random.pick(['linear', 'equal-power']),
    volume: random.chance(50)
      ? []
      : volume([random.below(20), -random.below(20)], [30 + random.below(40), -random.below(20)]),
  });
  const track = (asset: readonly string[]) => ({
    ...{ gainDb: -random.below(6), pan: (random.below(5) - 2) / 2 },
    clips: [0, 1].map((n) => ({
      ...{
        asset: random.pick(asset),
        start: n * 100 + random.below(30),
        length: 40 + random.below(30),
        audio: audio(),
      },
      from: [random.below(4000), 1000] as const,
    })),
  });
  return golden(`by lot, seed ${seed}`, {
    lengthFrames: 220,
    rate: random.pick(rates),
    tracks: [track(['voice', 'talk']), track(['talk', 'hum'])],
    ...(random.chance(70) ? { music: { asset: random.pick(['music', 'bed']), audio: audio() } } : {}),
    ducking: { isOn: random.chance(60), thresholdDb: -40 + random.below(15), depthDb: 3 + random.below(20) },
  });
}
