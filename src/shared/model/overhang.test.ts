import { expect, test } from 'vitest';
import { type Project, projectSchema } from './project.ts';
import { flattenVariant, sourceTimeAt } from './timeline.ts';
import type { Variant } from './variant.ts';

function project(audioOverhangFrames: number): Project {
  const sequence = (id: string, seconds: number) => ({
    id,
    tracks: [
      {
        ...{ id: `video-${id}`, kind: 'visual' },
        clips: [
          {
            ...{ id: `clip-${id}`, startFrame: 0, lengthFrames: 60 },
            content: { kind: 'media', media: { assetId: id }, sourceInSeconds: { num: seconds * 10, den: 10 } },
          },
        ],
      },
    ],
  });
  const option = (id: string) => ({ id: `o-${id}`, name: id, content: { kind: 'sequence', sequenceId: id } });
  return projectSchema.parse({
    ...{ id: 'p', name: 'P' },
    slots: [
      { id: 'hook', name: 'Hook', options: [option('one')] },
      { id: 'body', name: 'Body', options: [option('two')] },
    ],
    sequences: [sequence('one', 1), sequence('two', 0.2)],
    seams: [{ id: 's', afterSlotId: 'hook', transition: { kind: 'cut' }, audioOverhangFrames }],
  });
}

/** "one 0-60, two 60-120" of the clips that are seen, or heard. */
function placed(of: Project, sense: 'hasPicture' | 'hasSound'): string {
  const variant = { hook: 'o-one', body: 'o-two' } as unknown as Variant;
  return flattenVariant(of, variant, () => null)
    .clips.filter((clip) => clip[sense])
    .map(({ clipId, startFrame, lengthFrames }) => `${clipId} ${startFrame}-${startFrame + lengthFrames}`)
    .join(', ');
}

test('sound changes before or after the cut between two parts; the picture and the length stay', () => {
  for (const frames of [0, 15, -15, 600])
    expect(placed(project(frames), 'hasPicture')).toBe('clip-one 0-60, clip-two 60-120');
  expect(placed(project(0), 'hasSound')).toBe('clip-one 0-60, clip-two 60-120');
  expect(placed(project(15), 'hasSound')).toBe('clip-one 0-75, clip-two 75-120');
  // The later part has six frames of sound before its beginning.
  expect(placed(project(-15), 'hasSound')).toBe('clip-one 0-45, clip-two 54-120');
  expect(placed(project(-4), 'hasSound')).toBe('clip-one 0-56, clip-two 56-120');
  // Never beyond the parts themselves.
  expect(placed(project(600), 'hasSound')).toBe('clip-one 0-120');
});

test('what sounds on is the same moment as what would be seen', () => {
  const variant = { hook: 'o-one', body: 'o-two' } as unknown as Variant;
  const { clips, rate } = flattenVariant(project(-4), variant, () => null);
  const heard = clips.find(({ clipId, hasSound }) => clipId === 'clip-two' && hasSound);
  const seen = clips.find(({ clipId, hasPicture }) => clipId === 'clip-two' && hasPicture);
  expect(heard && sourceTimeAt(heard, 80, rate)).toEqual(seen && sourceTimeAt(seen, 80, rate));
});
