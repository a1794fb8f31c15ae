import { expect, test } from 'vitest';
import { projectSchema } from '#shared/model/index.ts';
import { findPreset } from '../plan/presets.ts';
import { alternativeName, checkPattern, fileNameFor, nameKey, shortId, uniqueNames } from './file-names.ts';

const project = projectSchema.parse({
  id: 'p',
  name: 'Bottle / Spring',
  slots: [
    { id: 's1', name: 'Hook', role: 'hook', options: [{ id: 'h1', name: 'Why?', content: { kind: 'none' } }] },
    { id: 's2', name: 'Offer', role: 'custom', options: [{ id: 'o1', name: 'Sale', content: { kind: 'none' } }] },
  ],
  globals: [
    { id: 'g1', name: 'Music bed', kind: 'music', options: [{ id: 'm1', name: 'Funk', content: { kind: 'none' } }] },
  ],
});
const facts = {
  project,
  variant: { s1: 'h1', s2: 'o1', g1: 'm1' } as never,
  ratio: '9:16' as const,
  version: 'full' as const,
  preset: findPreset('standard'),
  placements: ['tiktok-in-feed', 'meta-feed-square', 'instagram-stories'] as const,
  brand: 'Acme',
  date: '2026-11-21',
  revision: 1,
  isRevisionNamed: true,
  index: 3,
  ids: () => ({ creative: 'creative-3f9a61c2aaaa', group: 'group-81d07be4bbbb' }),
};

test('tokens are filled with names made safe for every system', () => {
  expect(fileNameFor('{project}_{variant}_{ratio}', facts)).toBe('Bottle - Spring_Why_-Sale_9x16.mp4');
  expect(fileNameFor('{hook}-{offer}-{date}-{index}', facts)).toBe('Why_-Sale-2026-11-21-03.mp4');
  expect(fileNameFor('{brand} { Music  bed } {creative} {group}', facts)).toBe('Acme Funk 3f9a61c2 81d07be4.mp4');
  expect(fileNameFor('{placement}_{preset}', facts)).toBe('tiktok-in-feed+instagram-stories_standard.mp4');
});

test('what is empty leaves no doubled separators, and nothing at all is still a name', () => {
  expect(fileNameFor('{project}_{body}_{cta}_{ratio}', facts)).toBe('Bottle - Spring_9x16.mp4');
  expect(fileNameFor('{cta}', facts)).toBe('ad.mp4');
});

test('slashes make folders, which never lead out of the export folder', () => {
  expect(fileNameFor('{ratio}/{hook}_{offer}', facts)).toBe('9x16/Why_Sale.mp4');
  expect(fileNameFor('../../{hook}', facts)).toBe('Why.mp4');
  expect(fileNameFor('/etc\\..\\{cta}//{hook}', facts)).toBe('etc/Why.mp4');
  expect(fileNameFor('a/.. /./b', facts)).toBe('a/b.mp4');
  expect(fileNameFor('{project}/con/x', facts)).toBe('Bottle - Spring/_con/x.mp4');
  const evil = { ...facts, project: { ...project, name: '../../etc' } };
  expect(fileNameFor('{project}/x', evil)).toBe('..-etc/x.mp4'.replace(/^[.-]+/, ''));
});

test('an unknown token is named, with those there are', () => {
  expect(() => checkPattern('{hook}_{product}', project)).toThrow(/\{product\}.*\{brand\}.*\{offer\} \{music bed\}/);
  expect(() => checkPattern('{}', project)).toThrow(/no token \{\}/);
  checkPattern('{Hook}_{ offer }_{body}_{music bed}', project);
});

test('later revisions and other versions say so, once', () => {
  expect(fileNameFor('{hook}', { ...facts, revision: 2 })).toBe('Why_v2.mp4');
  expect(fileNameFor('{hook}', { ...facts, revision: 2, isRevisionNamed: false })).toBe('Why.mp4');
  expect(fileNameFor('{hook} {revision}', { ...facts, revision: 2 })).toBe('Why_ v2.mp4');
  expect(fileNameFor('{ratio}/{offer}', { ...facts, revision: 2, version: 'textless' })).toBe(
    '9x16/Sale_textless_v2.mp4',
  );
  expect(fileNameFor('{offer} {version}', { ...facts, version: 'clean' })).toBe('Sale clean.mp4');
});

test('names of any length fit into what file systems take, folders too', () => {
  const long = { ...facts, project: { ...project, name: '界'.repeat(300) } };
  const name = alternativeName(fileNameFor('{project}/{project}_{ratio}', { ...long, revision: 12 }), 34);
  for (const part of `${name}.json`.split('/')) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(255);
});

test('names are the same whatever their case and Unicode form', () => {
  expect(nameKey('Stra\u00dfe.mp4')).toBe(nameKey('STRASSE.mp4'));
  expect(nameKey('caf\u00e9.mp4')).toBe(nameKey('CAFE\u0301.MP4'));
  expect(nameKey('a.mp4')).not.toBe(nameKey('b.mp4'));
});

test('equal names are told apart, and those taken are avoided', () => {
  expect(uniqueNames(['a.mp4', 'A.mp4', 'b.mp4', 'x/a.mp4'], new Set(['b.mp4']))).toEqual([
    ...['a.mp4', 'A (2).mp4', 'b (2).mp4', 'x/a.mp4'],
  ]);
  expect(uniqueNames(['caf\u00e9.mp4', 'cafe\u0301.mp4'], new Set()).map(nameKey)).toEqual([
    ...[nameKey('café.mp4'), nameKey('café (2).mp4')],
  ]);
  const many = uniqueNames(
    Array.from({ length: 5000 }, () => 'ad.mp4'),
    new Set(['ad (3).mp4']),
  );
  expect(new Set(many).size).toBe(5000);
  expect(many).not.toContain('ad (3).mp4');
});

test('short ids tell creatives apart', () => {
  expect(shortId('creative-3f9a61c2aaaa')).toBe('3f9a61c2');
});
