import { describe, expect, it } from 'vitest';
import type { AssetId, PlacedClip, Timeline } from '#shared/model/index.ts';
import type { PreviewSource } from '../../preview/source.ts';
import { fitInside } from './fit-inside.ts';
import { stageNotes } from './stage-notes.ts';

const clip = (assetId: string, startFrame: number): PlacedClip =>
  ({
    startFrame,
    lengthFrames: 10,
    content: { kind: 'media', assetId, sourceInSeconds: { num: 0, den: 1 }, speed: { num: 1, den: 1 } },
  }) as unknown as PlacedClip;
const source = (name: string, mode: PreviewSource['mode']): [AssetId, PreviewSource] => [
  name as AssetId,
  { assetId: name as AssetId, name: `${name}.mp4`, mode, note: null } as PreviewSource,
];
const timeline: Timeline = {
  rate: { num: 30, den: 1 },
  lengthFrames: 30,
  sections: [],
  clips: [clip('gone', 0), clip('gone', 0), clip('slow', 5), clip('fine', 10)],
};
const sources = new Map([source('gone', 'missing'), source('slow', 'frames'), source('fine', 'moving')]);

describe('stageNotes', () => {
  it('names missing media once, and only while it is on screen', () => {
    expect(stageNotes(timeline, 2, sources).missing.map((item) => item.name)).toEqual(['gone.mp4']);
    expect(stageNotes(timeline, 10, sources).missing).toEqual([]);
  });

  it('says when single frames stand in for a playable copy', () => {
    expect(stageNotes(timeline, 6, sources).notes).toEqual(['Preview copy is being made: slow.mp4']);
    expect(stageNotes(timeline, 16, sources).notes).toEqual([]);
  });
});

describe('fitInside', () => {
  it('is the largest frame of the shape in the box', () => {
    expect(fitInside({ width: 1000, height: 640 }, { width: 1080, height: 1920 })).toEqual({ width: 360, height: 640 });
    expect(fitInside({ width: 320, height: 900 }, { width: 1920, height: 1080 })).toEqual({ width: 320, height: 180 });
    expect(fitInside({ width: 0, height: 900 }, { width: 1, height: 1 })).toEqual({ width: 0, height: 0 });
  });
});
