import { describe, expect, it } from 'vitest';
import { applied, sampleProject } from './fixture.ts';
import { timelineView } from './lanes.ts';
import {
  bandDb,
  bandLine,
  bandOfClip,
  bandPart,
  decibelWords,
  gainEdit,
  louderEdit,
  pointEdit,
  pointOf,
  removePointEdit,
  togglePointsEdit,
} from './volume-band.ts';

const variant = { hook: 'hook1', body: 'body1' } as never;
const itemsOf = (project = sampleProject()) => timelineView(project, { kind: 'variant', variant }).items;
const itemOf = (id: string, project = sampleProject()) => {
  const item = itemsOf(project).find(({ clip }) => clip.id === id);
  if (!item) throw new Error(`no ${id}`);
  return item;
};
const audioOf = (id: string, project: ReturnType<typeof sampleProject>) => itemOf(id, project).clip.audio;

describe('the volume line of a clip', () => {
  it('has decibels for every height and back, and silence at its foot', () => {
    for (const db of [-35, -6, 0, 11.5]) expect(bandDb(bandPart(db))).toBeCloseTo(db, 1);
    expect(bandDb(0)).toBe(-96);
    expect([bandPart(-96), bandPart(24)]).toEqual([0, 1]);
  });

  it('runs through gain and points together, from the first frame to the end', () => {
    const louder = applied(sampleProject(), gainEdit(bandOfClip(itemOf('a')), -4));
    const project = applied(louder, pointEdit(bandOfClip(itemOf('a', louder)), { frame: 20, gainDb: -6 }, null));
    expect(bandLine(bandOfClip(itemOf('a', project)))).toEqual([
      { frame: 0, gainDb: -10 },
      { frame: 20, gainDb: -10 },
      { frame: 60, gainDb: -10 },
    ]);
    expect(pointOf(audioOf('a', project), 30, -7)).toEqual({ frame: 30, gainDb: -3 });
  });

  it('adds a point where all lack one, and takes it away where all have it', () => {
    const items = [itemOf('a')];
    const added = applied(sampleProject(), togglePointsEdit(items, 25));
    expect(audioOf('a', added).volume).toEqual([{ frame: 25, gainDb: 0 }]);
    const gone = applied(added, togglePointsEdit([itemOf('a', added)], 25));
    expect(audioOf('a', gone).volume).toEqual([]);
    expect(togglePointsEdit(items, 200)).toBeNull();
    expect(audioOf('a', applied(added, removePointEdit(bandOfClip(itemOf('a', added)), 25))).volume).toEqual([]);
  });

  it('makes clips louder by steps, up to the ends of what a clip can have', () => {
    expect(audioOf('b', applied(sampleProject(), louderEdit(itemsOf(), 1))).gainDb).toBe(1);
    expect(audioOf('b', applied(sampleProject(), louderEdit([itemOf('b')], 100))).gainDb).toBe(24);
  });

  it('is told in words', () => {
    expect([-96, -6.04, 0, 3].map(decibelWords)).toEqual(['silent', '−6 dB', '0 dB', '+3 dB']);
  });
});
