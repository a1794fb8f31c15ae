import { expect, test } from 'vitest';
import { projectSchema } from '#shared/model/index.ts';
import type { ExportRow } from '../schema.ts';
import { csvCell, mappingOf, type TableEntry, tableOf } from './table.ts';

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\r\nlines', '"two\r\nlines"'],
  [' edge ', '" edge "'],
  ['=1+1', "'=1+1"],
  ['+49 30', "'+49 30"],
  ['-50 %', "'-50 %"],
  ['@home', "'@home"],
  ['\t=x', "'\t=x"],
  ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  [-3, '-3'],
  [12.5, '12.5'],
])('the cell %j is written %j', (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

const project = projectSchema.parse({
  ...{ id: 'p', name: 'Ad' },
  slots: [
    { id: 'h', name: 'Opening', role: 'hook', options: [{ id: 'h1', name: 'Hook 1', content: { kind: 'none' } }] },
    { id: 'b1', name: 'Body', role: 'body', options: [{ id: 'x', name: 'Left', content: { kind: 'none' } }] },
    { id: 'b2', name: 'More', role: 'body', options: [{ id: 'y', name: 'Right', content: { kind: 'none' } }] },
  ],
});
const row = {
  ...{ id: 'e1', creativeId: 'creative-1', revision: 2, variantKey: 'k', variantName: 'Hook 1 · Left' },
  ...{ variant: { h: 'h1', b1: 'x', b2: 'y' }, ratio: '9:16', version: 'full', fileName: 'a/b.mp4' },
  ...{ placements: ['meta-feed-square', 'facebook-reels'], durationSeconds: 1.00001, frameCount: 30 },
  ...{ projectId: 'p', projectName: 'Ad', releaseId: null, rate: { num: 30, den: 1 } },
} as unknown as ExportRow;
const entry: TableEntry = {
  ...{ row, project, release: null, ratioGroupId: 'group-1', copy: null },
  ...{ state: 'failed', problem: 'The disk is full.', coverFile: '' },
};

test('a table begins with the mark spreadsheets look for, one line per file, also for those that failed', () => {
  const [head, line, end] = tableOf([entry]).split('\r\n');
  expect(head?.startsWith('\uFEFFfile,creative id,ratio-group id,revision,variant,hook,body,cta,ratio,')).toBe(true);
  expect(line).toBe(
    'a/b.mp4,creative-1,group-1,2,Hook 1 · Left,Hook 1,Left + Right,,9:16,Facebook Reel,full,1,,,,,failed,The disk is full.',
  );
  expect(end).toBe('');
});

test('the mapping names every file, also those that did not come to be', () => {
  const mapping = JSON.parse(mappingOf('batch-1', [entry]));
  expect(mapping).toMatchObject({ format: 'spotloom-mapping', version: 1, batchId: 'batch-1', project: { id: 'p' } });
  expect(mapping.files[0]).toMatchObject({
    file: 'a/b.mp4',
    name: 'b.mp4',
    state: 'failed',
    segments: [],
    sha256: null,
  });
});
