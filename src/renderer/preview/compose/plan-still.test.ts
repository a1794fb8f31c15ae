import { describe, expect, test } from 'vitest';
import { type AssetId, layoutSchema, type PlacedClip, type Timeline } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import type { PlaneFrame } from '../frames/planes.ts';
import type { ExactFacts, PreviewSource, PreviewSources } from '../source.ts';
import { fillSteps, planStill } from './plan-still.ts';

const output = { width: 180, height: 320 };
const asset = (name: string) => name as AssetId;

function source(name: string, exact: Partial<ExactFacts> | null = {}): PreviewSource {
  const facts: ExactFacts = {
    ...{ kind: 'moving', url: `/media/${name}`, mime: '', hasAlpha: false },
    grid: { coded: { width: 36, height: 64 }, rotationDeg: 0, isMirrored: false },
    colour: { range: 'limited', matrix: 'bt709' },
    clock: { originSeconds: rational(3), graceSeconds: rational(0) },
  };
  return {
    ...{ assetId: asset(name), name, mode: 'moving', size: { width: 36, height: 64 }, hasSound: false, url: facts.url },
    ...{ durationSeconds: rational(60), filmstrip: null, note: null, frameUrl: () => '' },
    exact: exact && { ...facts, ...exact },
  };
}

const sourcesOf = (...all: PreviewSource[]): PreviewSources => new Map(all.map((one) => [one.assetId, one]));

function clip(
  instance: string,
  content: PlacedClip['content'],
  layout: Partial<PlacedClip['layout']> = {},
): PlacedClip {
  return {
    ...({
      instance,
      startFrame: 0,
      lengthFrames: 30,
      content,
      overrides: {},
      animation: {},
      movers: [],
      hasPicture: true,
    } as unknown as PlacedClip),
    layout: layoutSchema.parse(layout),
  };
}

const media = (name: string): PlacedClip['content'] =>
  ({ kind: 'media', assetId: asset(name), sourceInSeconds: rational(2), speed: rational(1) }) as PlacedClip['content'];
const timeline = (...clips: PlacedClip[]): Timeline => ({ rate: rational(30), lengthFrames: 30, sections: [], clips });
const plan = (clips: PlacedClip[], sources: PreviewSources) =>
  planStill({ timeline: timeline(...clips), ratio: '9:16', sources }, 15, output, []);

describe('planStill', () => {
  test('asks for the frame on the file’s own clock', () => {
    const steps = plan([clip('a', media('a'))], sourcesOf(source('a')));
    expect(steps).toHaveLength(1);
    expect(steps?.[0]).toMatchObject({ kind: 'picture', wish: { kind: 'frame', url: '/media/a' } });
    const wish = steps?.[0]?.kind === 'picture' ? steps[0].wish : null;
    expect(wish?.kind === 'frame' && wish.moment).toBeCloseTo(5.5, 8);
  });

  test('does not fetch what something opaque hides', () => {
    const sources = sourcesOf(source('a'), source('b'), source('logo', { hasAlpha: true }));
    const names = (clips: PlacedClip[]) =>
      plan(clips, sources)?.map((step) => (step.kind === 'picture' ? step.wish.url : step.kind));
    expect(names([clip('1', media('a')), clip('2', media('b'))])).toEqual(['/media/b']);
    expect(names([clip('1', media('a')), clip('2', media('b'), { opacity: 0.5 })])).toEqual(['/media/a', '/media/b']);
    expect(names([clip('1', media('a')), clip('2', media('logo'))])).toEqual(['/media/a', '/media/logo']);
    const white = { kind: 'colour', colour: '#FFFFFF' } as PlacedClip['content'];
    expect(names([clip('1', media('a')), clip('2', white)])).toEqual(['colour']);
  });

  test('is not exact where one source is not', () => {
    expect(
      plan([clip('1', media('a')), clip('2', media('b'), { scale: 0.2 })], sourcesOf(source('a'), source('b', null))),
    ).toBeNull();
  });
});

describe('fillSteps', () => {
  const frame = (width: number, height: number): PlaneFrame => ({
    ...{ kind: 'yuv', width, height, bitDepth: 8, planes: [], timeSeconds: 0, endSeconds: 1 },
  });
  const steps = plan([clip('a', media('a'))], sourcesOf(source('a'))) ?? [];
  const fill = (answer: PlaneFrame | 'coming' | 'failed') =>
    fillSteps(steps, output, { frame: () => answer, text: () => 'coming' });

  test('waits for what is coming, gives up on what cannot be had', () => {
    expect(fill('coming')).toBe('coming');
    expect(fill('failed')).toBe('failed');
  });

  test('draws the file that was imported, not another one that took its place', () => {
    const [step] = fill(frame(36, 64)) as object[];
    expect(step).toMatchObject({
      kind: 'picture',
      isBlended: false,
      drawing: { scaled: output, seen: { x: 0, y: 0, ...output } },
    });
    expect(fill(frame(64, 36))).toBe('failed');
  });
});
