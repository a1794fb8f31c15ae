import { rational } from '../units/index.ts';
import { type Project, projectSchema } from './project.ts';
import { flattenVariant, type Timeline } from './timeline.ts';
import type { Variant } from './variant.ts';

/** For tests: footage as the content of a clip. */
export const media = (assetId = 'film', more: object = {}) => ({ kind: 'media', media: { assetId }, ...more });
/** For tests: a clip; footage unless told otherwise. */
export const clip = (
  id: string,
  startFrame: number,
  lengthFrames: number,
  content: unknown = media(),
  more: object = {},
) => ({
  id,
  startFrame,
  lengthFrames,
  content,
  ...more,
});
/** For tests: a track of pictures with these clips. */
export const track = (clips: unknown[], more: object = {}) => ({
  id: `t${JSON.stringify(clips).length}`,
  kind: 'visual',
  clips,
  ...more,
});

/** For tests: a hook, a body and a call to action that play these sequences. */
export function project(sequences: unknown[], globals: unknown[] = [], more: object = {}): Project {
  return projectSchema.parse({
    id: 'p',
    name: 'P',
    slots: ['hook', 'body', 'cta'].map((id, at) => ({
      id,
      name: id,
      options: sequences[at]
        ? [{ id: `${id}-1`, name: id, content: { kind: 'sequence', sequenceId: (sequences[at] as { id: string }).id } }]
        : [],
    })),
    sequences,
    globals,
    ...more,
  });
}

/** For tests: the first option of every slot, with music. */
export const all: Variant = { hook: 'hook-1', body: 'body-1', cta: 'cta-1', music: 'm' } as unknown as Variant;
/** For tests: everything flattened; lengths of sources in seconds. */
export const flat = (of: Project, lengths: Record<string, number> = {}): Timeline =>
  flattenVariant(of, all, (id) => (lengths[id] === undefined ? null : rational(Math.round(lengths[id] * 1000), 1000)));
/** For tests: clips with their first frame and length. */
export const spans = (timeline: Timeline) =>
  timeline.clips.map((one) => [one.clipId, one.startFrame, one.lengthFrames]);

/** For tests: two clips, 90 frames. */
export const hook = { id: 'a', tracks: [track([clip('a1', 0, 30), clip('a2', 30, 60)])] };
/** For tests: one clip after a gap of ten frames. */
export const body = { id: 'b', tracks: [track([clip('b1', 10, 50)])] };
