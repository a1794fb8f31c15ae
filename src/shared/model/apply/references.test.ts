import { describe, expect, it } from 'vitest';
import { startingProject } from '../../../../test/fixtures/random-edits.ts';
import { type EditInput, editSchema } from '../edit.ts';
import type { Project } from '../project.ts';
import { applyEdit, checkProject } from './index.ts';

const run = (start: Project, ...edits: EditInput[]): Project =>
  edits.map((edit) => editSchema.parse(edit)).reduce(applyEdit, start);

const hook = (project: Project, at: number) => project.slots[0]?.options[at];
const tied = () =>
  run(
    startingProject(),
    {
      type: 'seam.set',
      seam: { id: 'pair', afterSlotId: 'hook', pair: { from: 'hook-1', to: 'body-1' }, transition: { kind: 'cut' } },
    },
    { type: 'seam.set', seam: { id: 'all', afterSlotId: 'hook', transition: { kind: 'dip', lengthFrames: 6 } } },
    { type: 'pairing.set', rule: { id: 'not', kind: 'exclude', optionIds: ['hook-1', 'cta-2'] } },
    { type: 'pairing.set', rule: { id: 'only', kind: 'require', optionIds: ['hook-2', 'cta-1', 'cta-2'] } },
  );

describe('what refers to something that goes', () => {
  it('seams and rules of a removed option go with it; a rule with another choice left stays', () => {
    const next = run(
      tied(),
      { type: 'option.remove', optionId: 'hook-1' },
      { type: 'option.remove', optionId: 'cta-2' },
    );
    expect(next.seams.map((seam) => seam.id)).toEqual(['all']);
    expect(next.pairingRules).toEqual([{ id: 'only', kind: 'require', optionIds: ['hook-2', 'cta-1'] }]);
    expect(checkProject(next)).toEqual([]);
  });

  it('seams go when their slots are no longer neighbours', () => {
    const next = run(tied(), { type: 'slot.move', slotId: 'cta', index: 1 });
    expect(next.seams.map((seam) => seam.id)).toEqual(['all']);
    expect(run(tied(), { type: 'slot.move', slotId: 'hook', index: 2 }).seams).toEqual([]);
  });

  it('one place has one seam', () => {
    const next = run(tied(), {
      type: 'seam.set',
      seam: { id: 'other', afterSlotId: 'hook', transition: { kind: 'cut' } },
    });
    expect(next.seams.map((seam) => seam.id)).toEqual(['pair', 'other']);
  });

  it('an anchor to a removed slot holds on to the ad', () => {
    const content = { kind: 'media' as const, media: { assetId: 'song' } };
    const withMusic = run(startingProject(), {
      type: 'global.addOption',
      slotId: 'music',
      option: {
        id: 'm',
        name: 'M',
        content: {
          kind: 'clips',
          clips: [{ id: 'mc', start: { to: 'cta', edge: 'start', offsetFrames: 3 }, content }],
        },
      },
    });
    const next = run(withMusic, { type: 'slot.remove', slotId: 'cta' });
    expect(next.globals[0]?.options[0]?.content).toMatchObject({
      clips: [{ start: { to: 'ad', edge: 'start', offsetFrames: 3 } }],
    });
    expect(checkProject(next)).toEqual([]);
  });

  it('a sequence goes with its last user, and what only it played with it', () => {
    const bodiesGone = run(
      startingProject(),
      { type: 'slot.remove', slotId: 'body' },
      { type: 'slot.remove', slotId: 'hook' },
    );
    expect(bodiesGone.sequences.map((sequence) => sequence.id)).toEqual(['seq-a', 'seq-b']);
    expect(run(bodiesGone, { type: 'slot.remove', slotId: 'cta' }).sequences).toEqual([]);
  });

  it('two options may swap their sequences within one edit', () => {
    const next = run(startingProject(), {
      type: 'batch',
      label: 'Swap',
      edits: ['hook-1', 'hook-2', 'body-1', 'body-2', 'cta-1', 'cta-2'].map((optionId) => ({
        type: 'option.setContent' as const,
        optionId,
        content: { kind: 'sequence' as const, sequenceId: optionId.startsWith('hook') ? 'seq-b' : 'seq-a' },
      })),
    });
    expect(next.sequences).toHaveLength(2);
  });

  it('values of a removed field go from every option; a field in use stays', () => {
    const valued = run(startingProject(), {
      type: 'option.setValue',
      optionId: 'hook-1',
      key: 'headline',
      value: { text: 'Hi' },
    });
    expect(() => run(valued, { type: 'field.remove', sequenceId: 'seq-a', key: 'headline' })).toThrow('still shows');
    const gone = run(
      valued,
      { type: 'clip.remove', sequenceId: 'seq-a', clipIds: ['c3'] },
      { type: 'field.remove', sequenceId: 'seq-a', key: 'headline' },
    );
    expect(hook(gone, 0)?.content).toMatchObject({ values: {} });
    expect(() =>
      run(valued, { type: 'option.setValue', optionId: 'hook-1', key: 'nothing', value: { text: 'Hi' } }),
    ).toThrow('no field');
  });
});

describe('options', () => {
  it('a duplicate shares its sequence, and detaching gives it its own', () => {
    const copied = run(startingProject(), { type: 'option.duplicate', optionId: 'hook-1', newOptionId: 'hook-3' });
    expect(copied.slots[0]?.options.map((option) => [option.id, option.name])).toEqual([
      ['hook-1', 'hook 1'],
      ['hook-3', 'hook 3'],
      ['hook-2', 'hook 2'],
    ]);
    const own = run(copied, { type: 'option.detach', optionId: 'hook-3', newSequenceId: 'own' });
    expect(hook(own, 1)?.content).toMatchObject({ sequenceId: 'own' });
    expect(checkProject(own)).toEqual([]);
    expect(() => run(own, { type: 'option.detach', optionId: 'hook-3', newSequenceId: 'more' })).toThrow('its own');
  });

  it('a text with a field declares it', () => {
    const next = run(startingProject(), {
      type: 'clip.set',
      sequenceId: 'seq-a',
      clipId: 'c3',
      patch: { text: '{{ product_name }}!' },
    });
    expect(next.sequences[0]?.fields.map((field) => [field.key, field.label])).toContainEqual([
      'product_name',
      'Product name',
    ]);
  });
});

describe('sequences inside sequences', () => {
  it('refuses a circle, also through another sequence', () => {
    const clip = { id: 'loop', startFrame: 200, lengthFrames: 10, content: { kind: 'sequence', sequenceId: 'seq-b' } };
    const add = { type: 'clip.add', sequenceId: 'seq-a', trackId: 'video', clip } as EditInput;
    expect(() => run(startingProject(), add)).toThrow('contains itself');
  });

  it('refuses a few sequences that unfold to millions of clips', () => {
    let project = startingProject();
    const level = (id: string, inner: unknown): EditInput =>
      ({
        type: 'sequence.add',
        sequence: {
          id,
          tracks: [
            {
              id: 'v',
              kind: 'visual',
              clips: Array.from({ length: 30 }, (_, at) => ({
                id: `${id}-${at}`,
                startFrame: at,
                lengthFrames: 1,
                content: inner,
              })),
            },
          ],
        },
      }) as EditInput;
    project = run(project, level('l0', { kind: 'colour', colour: '#000000' }));
    project = run(project, level('l1', { kind: 'sequence', sequenceId: 'l0' }));
    project = run(project, level('l2', { kind: 'sequence', sequenceId: 'l1' }));
    expect(() => run(project, level('l3', { kind: 'sequence', sequenceId: 'l2' }))).toThrow('too many clips');
  });
});
