import { describe, expect, it } from 'vitest';
import {
  type AssetId,
  clipAudioSchema,
  layoutSchema,
  type PlacedClip,
  plainMix,
  type Timeline,
} from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { assignRuns, correctDrift, mediaRuns, runSeconds, wantedRuns } from './schedule.ts';
import type { PreviewSource } from './source.ts';

const asset = (name: string) => name as AssetId;

function clip(name: string, assetName: string, startFrame: number, lengthFrames: number, sourceIn: number): PlacedClip {
  return {
    clipId: name as PlacedClip['clipId'],
    instance: name,
    slotId: null,
    startFrame,
    lengthFrames,
    content: {
      kind: 'media',
      assetId: asset(assetName),
      sourceInSeconds: rational(Math.round(sourceIn * 30), 30),
      speed: rational(1),
    },
    layout: layoutSchema.parse({}),
    overrides: {},
    animation: {},
    originFrame: 0,
    movers: [],
    audio: clipAudioSchema.parse({}),
    mix: plainMix(),
    cutStartFrames: 0,
    cutEndFrames: 0,
    hasPicture: true,
    hasSound: true,
  };
}

function source(name: string, mode: PreviewSource['mode'] = 'moving'): PreviewSource {
  return {
    assetId: asset(name),
    name,
    mode,
    size: { width: 640, height: 360 },
    hasSound: true,
    url: `/media/${name}`,
    durationSeconds: rational(60),
    filmstrip: null,
    exact: null,
    note: null,
    frameUrl: () => '',
  };
}

const sources = new Map(['a', 'b', 'c'].map((name) => [asset(name), source(name)]));
const timelineOf = (...clips: PlacedClip[]): Timeline => ({
  rate: rational(30),
  lengthFrames: Math.max(0, ...clips.map((one) => one.startFrame + one.lengthFrames)),
  sections: [],
  clips,
});

describe('mediaRuns', () => {
  it('joins clips that go on in the same source, so that a plain split does not seek', () => {
    const runs = mediaRuns(timelineOf(clip('1', 'a', 0, 30, 2), clip('2', 'a', 30, 30, 3)), sources);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ key: '1', startFrame: 0, endFrame: 60, sourceStart: 2 });
  });

  it('keeps apart what jumps in the source', () => {
    const runs = mediaRuns(timelineOf(clip('1', 'a', 0, 30, 2), clip('2', 'a', 30, 30, 10)), sources);
    expect(runs.map((run) => run.key)).toEqual(['1', '2']);
  });

  it('leaves out stills, missing media and media without a playable copy', () => {
    const mixed = new Map([
      [asset('a'), source('a', 'still')],
      [asset('b'), source('b', 'missing')],
      [asset('c'), source('c', 'frames')],
    ]);
    const clips = [clip('1', 'a', 0, 30, 0), clip('2', 'b', 30, 30, 0), clip('3', 'c', 60, 30, 0)];
    expect(mediaRuns(timelineOf(...clips), mixed)).toEqual([]);
  });

  it('knows the source time at any position', () => {
    const [run] = mediaRuns(timelineOf(clip('1', 'a', 30, 60, 2)), sources);
    expect(run && runSeconds(run, 45, 30)).toBeCloseTo(2.5);
  });
});

describe('wantedRuns', () => {
  const timeline = timelineOf(
    clip('1', 'a', 0, 30, 0),
    clip('2', 'b', 30, 30, 0),
    clip('3', 'c', 60, 30, 0),
    clip('4', 'a', 90, 30, 9),
  );
  const runs = mediaRuns(timeline, sources);
  const keys = (frame: number, ahead: number, direction: 1 | -1 = 1, limit = 8) =>
    wantedRuns(runs, frame, ahead, direction, limit).map(({ run }) => run.key);

  it('wants what is on screen first, then what comes up', () => {
    expect(keys(10, 40)).toEqual(['1', '2']);
    expect(keys(35, 75)).toEqual(['2', '3', '4']);
  });

  it('looks the other way when playing backwards', () => {
    expect(keys(65, 30, -1)).toEqual(['3', '2']);
  });

  it('never wants more than the limit', () => {
    expect(keys(0, 1000, 1, 2)).toEqual(['1', '2']);
  });
});

describe('assignRuns', () => {
  const runs = mediaRuns(
    timelineOf(clip('1', 'a', 0, 30, 0), clip('2', 'b', 30, 30, 0), clip('3', 'a', 60, 30, 9)),
    sources,
  );
  const wanted = (...keys: string[]) =>
    keys.flatMap((key) => runs.filter((run) => run.key === key).map((run) => ({ run, startsInFrames: 0 })));
  const keyed = (map: ReturnType<typeof assignRuns>) => [...map].map(([id, run]) => [id, run.key]);

  it('keeps a run on its element', () => {
    const slots = [
      { id: 1, key: '2', assetId: asset('b') },
      { id: 2, key: '1', assetId: asset('a') },
    ];
    expect(keyed(assignRuns(slots, wanted('1', '2'), 8))).toEqual([
      [2, '1'],
      [1, '2'],
    ]);
  });

  it('prefers a free element that has the file loaded', () => {
    const slots = [
      { id: 1, key: null, assetId: asset('b') },
      { id: 2, key: null, assetId: asset('a') },
    ];
    expect(keyed(assignRuns(slots, wanted('3'), 8))).toEqual([[2, '3']]);
  });

  it('makes new elements up to the limit, then takes over free ones', () => {
    const slots = [{ id: 1, key: '9', assetId: asset('c') }];
    expect(keyed(assignRuns(slots, wanted('1', '2'), 2))).toEqual([
      [-1, '1'],
      [1, '2'],
    ]);
  });
});

describe('correctDrift', () => {
  it('plays small drift away and seeks large drift away', () => {
    expect(correctDrift(0.01)).toEqual({ kind: 'none' });
    expect(correctDrift(0.05)).toMatchObject({ kind: 'rate' });
    const ahead = correctDrift(0.15);
    expect(ahead.kind === 'rate' && ahead.factor < 1).toBe(true);
    const behind = correctDrift(-0.15);
    expect(behind.kind === 'rate' && behind.factor > 1).toBe(true);
    expect(correctDrift(-2)).toEqual({ kind: 'seek' });
  });
});
