import { describe, expect, it } from 'vitest';
import { applyEdit } from '#shared/model/apply/index.ts';
import { type Asset, editSchema } from '#shared/model/index.ts';
import { newProject } from '#shared/model/recipes.ts';
import { addOptionsEdit, sortMedia, splitForPart } from './sort-media.ts';
import { importSummary } from './use-import.ts';

const asset = (name: string, kind: Asset['kind'] = 'video') =>
  ({
    id: `asset-${name.replaceAll(/\W/g, '')}`,
    kind,
    name,
    probe: { durationSeconds: { num: 4, den: 1 } },
  }) as unknown as Asset;

describe('sortMedia', () => {
  it('puts files into the columns their names say, in the order of their numbers, as one step of undo', () => {
    const project = newProject({ name: 'Ad' });
    const files = ['hook10.mp4', 'hook2.mp4', 'CTA final.mov', 'body.mp4', 'IMG_1.mov'].map((name) => asset(name));
    const { edit, added } = sortMedia(project, files, 90);
    expect(added).toEqual([
      { slotName: 'Hook', count: 2 },
      { slotName: 'Body', count: 1 },
      { slotName: 'CTA', count: 1 },
    ]);
    const sorted = applyEdit(project, editSchema.parse(edit));
    expect(sorted.slots.map((slot) => slot.options.map((option) => option.name))).toEqual([
      ['Hook 1', 'Hook 2'],
      ['Body 1'],
      ['CTA 1'],
    ]);
    const first = sorted.sequences.find((one) => one.name === 'Hook 1');
    expect(first?.tracks[0]?.clips[0]?.name).toBe('hook2.mp4');
  });
  it('leaves everything in the tray when no name says anything, and sound and documents always', () => {
    const project = newProject({ name: 'Ad' });
    expect(sortMedia(project, [asset('a.mp4'), asset('hook.mp3', 'audio'), asset('hook.pdf', 'document')], 90)).toEqual(
      {
        edit: null,
        added: [],
      },
    );
  });
});

describe('splitForPart', () => {
  it('makes no options of sound and documents', () => {
    const files = [asset('a.mp4'), asset('b.mp3', 'audio'), asset('c.pdf', 'document'), asset('d.png', 'image')];
    const { shown, sounds } = splitForPart(files);
    expect(shown.map((one) => one.name)).toEqual(['a.mp4', 'd.png']);
    expect(sounds.map((one) => one.name)).toEqual(['b.mp3']);
  });
});

describe('addOptionsEdit', () => {
  it('numbers several options of one column', () => {
    const project = newProject({ name: 'Ad' });
    const [hook] = project.slots;
    const wanted = ['a.mp4', 'b.mp4'].map((name) => ({ slotId: hook!.id, item: { asset: asset(name) } }));
    const next = applyEdit(project, editSchema.parse(addOptionsEdit(project, wanted, 90)));
    expect(next.slots[0]?.options.map((option) => option.name)).toEqual(['Hook 1', 'Hook 2']);
    expect(addOptionsEdit(project, [], 90)).toBeNull();
  });
});

describe('importSummary', () => {
  it('names only what happened', () => {
    expect(importSummary({ imported: 12, duplicates: 1, refused: 0 })).toBe(
      '12 files imported, 1 already in the library',
    );
    expect(importSummary({ imported: 0, duplicates: 0, refused: 0 })).toMatch(/Nothing/);
  });
});
