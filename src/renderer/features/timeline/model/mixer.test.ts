import { describe, expect, it } from 'vitest';
import {
  type Asset,
  type AssetId,
  flattenVariant,
  listVariants,
  type Project,
  setMusicEdit,
} from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { applied, sampleProject } from './fixture.ts';
import { globalLanes } from './globals.ts';
import { timelineView } from './lanes.ts';
import { stripEdit, stripsOf } from './mixer.ts';

const asset = { id: 'song', kind: 'audio', name: 'song.mp3', probe: { durationSeconds: rational(4), audio: [{}] } };
const project = applied(sampleProject(), setMusicEdit({ project: sampleProject(), asset: asset as unknown as Asset }));
const footage = new Map(
  ['a', 'b', 'c', 'd'].map((id) => [`asset-${id}` as AssetId, { probe: { audio: [{}] } } as unknown as Asset]),
);

function strips(of: Project) {
  const [variant] = listVariants(of);
  if (!variant) throw new Error('no variant');
  const timeline = flattenVariant(of, variant, () => rational(4));
  return stripsOf(timelineView(of, { kind: 'variant', variant }), globalLanes(of, variant, timeline), footage);
}

describe('the mixer', () => {
  it('has a row for every lane that is heard, and for music; none for words', () => {
    expect(strips(project).map(({ name }) => name)).toEqual(['Video', 'Music']);
    expect(strips(project)[0]?.buses).toEqual(['v1', 'v2']);
  });

  it('changes the tracks of all parts at once, and tells when they differ', () => {
    const [video] = strips(project);
    if (!video) throw new Error('no row');
    const quieter = applied(project, stripEdit(video, 'Change volume of track', { gainDb: -5, role: 'effects' }));
    expect(strips(quieter)[0]).toMatchObject({ gainDb: -5, role: 'effects', isMixed: false });
    const one = { type: 'track.set' as const, sequenceId: 's2' as never, trackId: 'v2' as never, patch: { gainDb: 2 } };
    expect(strips(applied(quieter, one))[0]).toMatchObject({ gainDb: -5, isMixed: true });
  });

  it('changes a slot of the ad', () => {
    const music = strips(project)[1];
    if (!music) throw new Error('no row');
    expect(strips(applied(project, stripEdit(music, 'Music', { gainDb: -8, pan: 0.5 })))[1]).toMatchObject({
      gainDb: -8,
      pan: 0.5,
      role: null,
    });
  });
});
