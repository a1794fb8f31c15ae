import { describe, expect, it } from 'vitest';
import { type Edit, editSchema } from '../edit.ts';
import type { Project } from '../project.ts';
import { newProject } from '../recipes.ts';
import { applyEdit } from './index.ts';

const edit = (input: unknown): Edit => editSchema.parse(input);
const clip = (id: string, at: number) => ({
  ...{ id, startFrame: at * 40, lengthFrames: 40 },
  content: { kind: 'text', text: `{{headline}} ${at}` },
});

/** One sequence of 12 tracks with 500 clips each. */
function largeProject(): Project {
  const tracks = Array.from({ length: 12 }, (_, track) => ({
    id: `t${track}`,
    kind: 'visual',
    clips: Array.from({ length: 500 }, (_clip, at) => clip(`t${track}-c${at}`, at)),
  }));
  const project = newProject({ name: 'Large' });
  return applyEdit(project, edit({ type: 'sequence.add', sequence: { id: 'large', tracks } }));
}

describe('a project of 6,000 clips', () => {
  const project = largeProject();
  const reword = (round: number) =>
    edit({
      type: 'clip.set',
      sequenceId: 'large',
      clipId: `t1-c${round}`,
      patch: { text: `{{headline}} new ${round}` },
    });

  it('still refuses what breaks a rule in a track that the edit does not touch', () => {
    const after = applyEdit(project, reword(0));
    const same = edit({
      ...{ type: 'sequence.add' },
      sequence: { id: 'other', tracks: [{ id: 'o', kind: 'visual', clips: [clip('t7-c499', 0)] }] },
    });
    expect(() => applyEdit(after, same)).toThrow(/two clips with the id/);
    const large = after.sequences.find((sequence) => sequence.id === 'large');
    expect(() =>
      applyEdit(after, edit({ type: 'field.set', sequenceId: 'large', field: { key: 'headline', kind: 'media' } })),
    ).toThrow();
    expect(large?.fields.map((field) => field.key)).toEqual(['headline']);
  });
});
