import { describe, expect, it } from 'vitest';
import { flattenSequence, type Sequence, sequenceSchema } from '#shared/model/index.ts';
import { sampleProject } from '../timeline/model/fixture.ts';
import { posterAssetIds, posterFrame, posterLayers } from './poster.ts';

const project = sampleProject();
const sequence = project.sequences[0] as Sequence;
const size = () => ({ width: 1080, height: 1920 });

describe('the poster of a timeline', () => {
  it('shows the frame at which the first words come, with the words of this option', () => {
    const timeline = flattenSequence(project, sequence, { headline: { text: 'Mine' } });
    expect(posterFrame(timeline)).toBe(30);
    const layers = posterLayers(timeline, '9:16', size);
    expect(layers.map((layer) => layer.kind)).toEqual(['media', 'text']);
    expect(layers[1]).toMatchObject({ text: 'Mine' });
    expect(posterAssetIds(timeline)).toEqual(['asset-a']);
  });

  it('shows the first picture when nothing is said', () => {
    expect(posterFrame(flattenSequence(project, sequence, { headline: { text: ' ' } }))).toBe(0);
    const late = sequenceSchema.parse({
      id: 'late',
      tracks: [{ id: 'v', kind: 'visual', clips: [{ ...sequence.tracks[0]?.clips[0], startFrame: 15 }] }],
    });
    expect(posterFrame(flattenSequence(project, late, {}))).toBe(15);
  });

  it('leaves out pictures it knows nothing of', () => {
    const timeline = flattenSequence(project, sequence, {});
    expect(posterLayers(timeline, '1:1', () => null).map((layer) => layer.kind)).toEqual(['text']);
  });
});
