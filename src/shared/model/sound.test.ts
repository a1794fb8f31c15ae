import { describe, expect, test } from 'vitest';
import { rational } from '../units/index.ts';
import {
  balanceOf,
  type Clip,
  clipAudioSchema,
  clipSchema,
  duckingCurve,
  duckingDbAt,
  duckingSchema,
  flattenVariant,
  gainAt,
  levelWindowSamples,
  type PlacedClip,
  projectSchema,
  soundEnvelope,
  splitVolume,
  type VolumePoint,
  volumeDbAt,
  withPoint,
} from './index.ts';

const points: VolumePoint[] = [
  { frame: 10, gainDb: -20 },
  { frame: 20, gainDb: 0 },
  { frame: 40, gainDb: -6 },
];

describe('a volume curve', () => {
  test('is straight in dB between its points and level outside', () => {
    expect([-5, 10, 15, 20, 30, 40, 99].map((frame) => volumeDbAt(points, frame))).toEqual([
      ...[-20, -20, -10, 0, -3, -6, -6],
    ]);
    expect(volumeDbAt([], 7)).toBe(0);
  });

  test('goes on unchanged in both halves of a split, wherever it is', () => {
    for (let at = -3; at < 50; at += 1) {
      const [head, tail] = splitVolume(points, at);
      for (let frame = at - 20; frame < at + 20; frame += 1) {
        const wanted = volumeDbAt(points, frame);
        if (frame <= at) expect(volumeDbAt(head, frame), `${at}: ${frame}`).toBeCloseTo(wanted, 9);
        if (frame >= at) expect(volumeDbAt(tail, frame - at), `${at}: ${frame}`).toBeCloseTo(wanted, 9);
      }
    }
  });

  test('keeps one point per frame, in order', () => {
    expect(withPoint(points, { frame: 20, gainDb: -1 })).toHaveLength(3);
    expect(withPoint(points, { frame: 30, gainDb: -1 }, 10).map(({ frame }) => frame)).toEqual([20, 30, 40]);
    expect(clipAudioSchema.safeParse({ volume: [...points].reverse() }).success).toBe(false);
    expect(clipAudioSchema.safeParse({ volume: [points[0], points[0]] }).success).toBe(false);
  });
});

test('a pan takes from one side only, and never makes the other louder', () => {
  expect(balanceOf(0)).toEqual({ left: 1, right: 1 });
  expect(balanceOf(1)).toEqual({ left: 0, right: 1 });
  expect(balanceOf(-0.5)).toEqual({ left: 1, right: Math.cos(Math.PI / 4) });
});

const footage = (audio: object): Clip =>
  clipSchema.parse({
    ...{ id: 'c', startFrame: 12, lengthFrames: 60, audio },
    content: { kind: 'media', media: { assetId: 'a' } },
  });

function placedIn(track: object, clip: Clip, globals: readonly object[] = []): PlacedClip[] {
  const project = projectSchema.parse({
    ...{ id: 'p', name: 'P' },
    slots: [
      {
        ...{ id: 's', name: 'Hook' },
        options: [{ id: 'o', name: 'O', content: { kind: 'sequence', sequenceId: 'q' } }],
      },
    ],
    globals,
    sequences: [{ id: 'q', tracks: [{ id: 't', kind: 'visual', ...track, clips: [clip] }] }],
  });
  const variant = Object.fromEntries(
    [...project.slots, ...project.globals].map((slot) => [slot.id, slot.options[0]?.id]),
  );
  return flattenVariant(project, variant as never, () => rational(1)).clips;
}

test('track and clip act together: gains add up, pans multiply, the curve runs on the clip’s own frames', () => {
  const [clip] = placedIn({ gainDb: -6, pan: -0.5, role: 'music' }, footage({ gainDb: -3, pan: -0.5, volume: points }));
  if (!clip) throw new Error('nothing placed');
  expect(clip.audio.gainDb).toBe(-9);
  expect(clip.mix.right).toBeCloseTo(0.5, 9);
  expect(clip.mix.role).toBe('music');
  const envelope = soundEnvelope(clip, rational(30));
  expect(20 * Math.log10(gainAt(envelope, (12 + 15) * 1600))).toBeCloseTo(-9 - 10, 6);
  expect(20 * Math.log10(gainAt(envelope, (12 + 50) * 1600))).toBeCloseTo(-9 - 6, 6);
});

test('a looped sound has one curve over its whole place, and what it is by its slot', () => {
  const music = {
    ...{ id: 'g', name: 'Music', kind: 'music', gainDb: -2, pan: 1 },
    options: [
      {
        ...{ id: 'm', name: 'M' },
        content: {
          kind: 'clips',
          clips: [
            {
              ...{ id: 'mc', start: { to: 'ad', edge: 'start' }, end: { to: 'ad', edge: 'end' }, isLooping: true },
              content: { kind: 'media', media: { assetId: 'a' } },
              audio: { gainDb: -10, volume: [{ frame: 0, gainDb: 0 }, { frame: 60, gainDb: -60 }] }, // biome-ignore format: one curve
            },
          ],
        },
      },
    ],
  };
  const turns = placedIn({}, footage({}), [music]).filter(({ clipId }) => clipId === 'mc');
  expect(turns).toHaveLength(3);
  for (const [frame, turn] of [15, 45, 65].map((at, n) => [at, turns[n]] as const)) {
    if (!turn) throw new Error('a turn is missing');
    const gain = gainAt(soundEnvelope(turn, rational(30)), frame * 1600);
    expect(20 * Math.log10(gain)).toBeCloseTo(-12 - Math.min(60, frame), 6);
    expect(turn.mix).toMatchObject({ left: 0, right: 1, role: 'music' });
  }
});

test('an equal-power fade and its mirror keep the power of what crosses', () => {
  const fade = (audio: object) => {
    const [clip] = placedIn({}, footage(audio));
    if (!clip) throw new Error('nothing placed');
    return soundEnvelope(clip, rational(30));
  };
  const rising = fade({ fadeInFrames: 60, fadeInShape: 'equal-power' });
  const falling = fade({ fadeOutFrames: 60, fadeOutShape: 'equal-power' });
  for (let frame = 13; frame < 72; frame += 7)
    expect(gainAt(rising, frame * 1600) ** 2 + gainAt(falling, frame * 1600) ** 2).toBeCloseTo(1, 6);
});

describe('ducking', () => {
  const settings = duckingSchema.parse({ isOn: true, thresholdDb: -30, depthDb: 12, attackMs: 100, releaseMs: 300 });
  const power = new Float64Array(300);
  power.fill(0.01, 100, 130);
  power.fill(0.01, 145, 160);
  power.fill(0.0005, 200, 300);
  const curve = duckingCurve(power, settings);
  const at = (window: number) => duckingDbAt(curve, window * levelWindowSamples);

  test('is down while there is a voice and in short pauses, and not for what is below the threshold', () => {
    for (const window of [100, 115, 130, 140, 160]) expect(at(window)).toBeCloseTo(-12, 4);
    for (const window of [0, 50, 89, 250, 299]) expect(at(window)).toBeCloseTo(0, 4);
  });

  test('has gone down when the voice sets in, and comes back with the release', () => {
    expect(at(95)).toBeCloseTo(-6, 4);
    // 250 ms are held after the last word; then half of the release.
    expect(at(160 + 24 + 15)).toBeCloseTo(-6, 1);
  });

  test('nobody speaking leaves the music alone', () => {
    expect([...duckingCurve(new Float64Array(50), settings)].every((db) => db === 0)).toBe(true);
  });
});
