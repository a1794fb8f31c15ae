import { describe, expect, it } from 'vitest';
import { type Asset, flattenVariant, listVariants, setMusicEdit } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { applied, sampleProject } from './fixture.ts';
import { anchorWords, globalClipEdit, globalLanes, removeGlobalClipEdit } from './globals.ts';

const asset = { id: 'song', kind: 'audio', name: 'song.mp3', probe: { durationSeconds: rational(4) } };
const project = applied(sampleProject(), setMusicEdit({ project: sampleProject(), asset: asset as unknown as Asset }));
const [variant] = listVariants(project);
if (!variant) throw new Error('no variant');
const lanesOf = (of: typeof project) =>
  globalLanes(
    of,
    variant,
    flattenVariant(of, variant, () => rational(4)),
  );
const [item] = lanesOf(project)[0]?.items ?? [];
if (!item) throw new Error('no music');

describe('global lanes', () => {
  it('shows a looped bed as one piece over the whole variant', () => {
    expect(item).toMatchObject({ startFrame: 0, endFrame: 300, clip: { isLooping: true } });
  });

  it('changes and removes one clip of an option', () => {
    const quiet = applied(
      project,
      globalClipEdit(item, (clip) => ({ ...clip, audio: { ...clip.audio, gainDb: -20 } })),
    );
    expect(lanesOf(quiet)[0]?.items[0]?.clip.audio.gainDb).toBe(-20);
    expect(lanesOf(applied(project, removeGlobalClipEdit(item)))[0]?.items).toEqual([]);
  });

  it('says in words what a clip is tied to', () => {
    expect(anchorWords(project, { to: 'ad', edge: 'start', offsetFrames: 0 })).toBe('start of the ad');
    expect(anchorWords(project, { to: 'body' as never, edge: 'end', offsetFrames: -15 })).toBe(
      'end of Body − 15 frames',
    );
  });
});
