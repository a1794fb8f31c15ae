import { applyEdit, type Edit, type EditInput, editSchema, type Project, projectSchema } from '#shared/model/index.ts';

/** For tests: two hooks and a body. Hook 1 is a (60 frames) b (30) c (90) on "Video" with a text; the body is d (120). */
export function sampleProject(): Project {
  const media = (id: string, startFrame: number, lengthFrames: number, seconds = 1) => ({
    id,
    startFrame,
    lengthFrames,
    content: {
      kind: 'media' as const,
      media: { assetId: `asset-${id}` },
      sourceInSeconds: { num: seconds, den: 1 },
    },
  });
  return projectSchema.parse({
    id: 'p',
    name: 'Sample',
    slots: [
      {
        id: 'hook',
        name: 'Hook',
        role: 'hook',
        options: [
          { id: 'hook1', name: 'Hook 1', content: { kind: 'sequence', sequenceId: 's1' } },
          { id: 'hook2', name: 'Hook 2', content: { kind: 'none' } },
        ],
      },
      {
        id: 'body',
        name: 'Body',
        role: 'body',
        options: [{ id: 'body1', name: 'Body 1', content: { kind: 'sequence', sequenceId: 's2' } }],
      },
    ],
    sequences: [
      {
        id: 's1',
        tracks: [
          {
            id: 'v1',
            kind: 'visual',
            name: 'Video',
            clips: [media('a', 0, 60), media('b', 60, 30), media('c', 90, 90)],
          },
          {
            id: 't1',
            kind: 'visual',
            name: 'Text',
            clips: [{ id: 't', startFrame: 30, lengthFrames: 40, content: { kind: 'text', text: '{{headline}}' } }],
          },
        ],
        fields: [{ key: 'headline', kind: 'text', default: { text: 'Hello' } }],
      },
      { id: 's2', tracks: [{ id: 'v2', kind: 'visual', name: 'Video', clips: [media('d', 0, 120)] }] },
    ],
  });
}

/** For tests: applies an edit that must exist. */
export function applied(project: Project, edit: EditInput | null): Project {
  if (!edit) throw new Error('there is no edit');
  const parsed: Edit = editSchema.parse(edit);
  return applyEdit(project, parsed);
}

/** For tests: "a0-60 b60-90": clips of a track with their places. */
export function places(project: Project, trackId: string): string {
  const track = project.sequences.flatMap((sequence) => sequence.tracks).find((candidate) => candidate.id === trackId);
  return (track?.clips ?? [])
    .map((clip) => `${clip.id}${clip.startFrame}-${clip.startFrame + clip.lengthFrames}`)
    .join(' ');
}
