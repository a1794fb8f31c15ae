import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { claimPaths, type HandoffExport, wantedFiles } from './plan-handoff.ts';

const out = resolve('/out');
const none = { hasCaptions: false, hasCovers: false, hasTable: false, isZipped: false };
const all = { hasCaptions: true, hasCovers: true, hasTable: true, isZipped: true };
const made = (id: string, fileName: string | null, handoff = all, words = 1, outDir = out) =>
  ({
    row: { id, outDir, handoff, projectName: 'Spring: sale' },
    release: fileName === null ? null : { fileName, captions: Array(words).fill({}) },
  }) as unknown as HandoffExport;
const names = (exports: HandoffExport[]) =>
  wantedFiles(exports, '2026-11-21').map(({ kind, exportId, name }) => `${kind} ${exportId} ${name}`);

test('files get captions and covers beside them; those without words get none, and what failed gets nothing', () => {
  expect(names([made('e1', '9x16/a.mp4'), made('e2', 'b.mp4', all, 0), made('e3', null)])).toEqual([
    ...['captions e1 9x16/a.srt', 'cover e1 9x16/a.jpg', 'cover e2 b.jpg'],
    ...['table null Spring_ sale_2026-11-21.csv', 'mapping null Spring_ sale_2026-11-21.mapping.json'],
    'zip null Spring_ sale_2026-11-21.zip',
  ]);
  expect(names([made('e1', 'a.mp4', none)])).toEqual([]);
  expect(names([])).toEqual([]);
});

test('files exported again together keep their own folders and wishes', () => {
  const elsewhere = resolve('/elsewhere');
  const wanted = wantedFiles(
    [made('e1', 'a.mp4', none), made('e2', 'b.mp4', { ...none, hasCovers: true, hasTable: true }, 1, elsewhere)],
    '2026-11-21',
  );
  expect(wanted.map(({ kind, outDir }) => [kind, outDir])).toEqual([
    ['cover', elsewhere],
    ['table', out],
    ['mapping', out],
  ]);
});

test('names that are taken are left to whoever has them; what was ours stays ours', () => {
  const wanted = [
    { outDir: out, kind: 'cover' as const, exportId: 'e1', name: 'a.jpg' },
    { outDir: out, kind: 'cover' as const, exportId: 'e2', name: 'A.jpg' },
    { outDir: out, kind: 'mapping' as const, exportId: null, name: 'x.mapping.json' },
  ];
  const taken = new Set([join(out, 'a.jpg'), join(out, 'x.mapping.json')]);
  const files = claimPaths(wanted, [], (path) => taken.has(path));
  expect(files.map(({ path }) => path)).toEqual([
    ...[join(out, 'a (2).jpg'), join(out, 'A.jpg'), join(out, 'x.mapping (2).json')],
  ]);
  expect(claimPaths(wanted, files, () => true)).toEqual(files);
});
