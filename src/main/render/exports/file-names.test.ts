import { expect, test } from 'vitest';
import { projectSchema } from '#shared/model/index.ts';
import { findPreset } from '../plan/presets.ts';
import { alternativeName, fileNameFor, uniqueNames } from './file-names.ts';

const project = projectSchema.parse({
  id: 'p',
  name: 'Bottle / Spring',
  slots: [
    { id: 's1', name: 'Hook', role: 'hook', options: [{ id: 'h1', name: 'Why?', content: { kind: 'none' } }] },
    { id: 's2', name: 'Offer', role: 'custom', options: [{ id: 'o1', name: 'Sale', content: { kind: 'none' } }] },
  ],
});
const facts = {
  project,
  variant: { s1: 'h1', s2: 'o1' } as never,
  ratio: '9:16' as const,
  version: 'full' as const,
  preset: findPreset('standard'),
  date: '2026-11-21',
  revision: 1,
  index: 3,
};

test('tokens are filled with names made safe for every system', () => {
  expect(fileNameFor('{project}_{variant}_{ratio}', facts)).toBe('Bottle - Spring_Why_-Sale_9x16.mp4');
  expect(fileNameFor('{hook}-{offer}-{date}-{index}', facts)).toBe('Why_-Sale-2026-11-21-03.mp4');
});

test('what is empty leaves no doubled separators, and nothing at all is still a name', () => {
  expect(fileNameFor('{project}_{body}_{cta}_{ratio}', facts)).toBe('Bottle - Spring_9x16.mp4');
  expect(fileNameFor('{cta}', facts)).toBe('ad.mp4');
  expect(fileNameFor('../../{hook}', facts)).not.toContain('/');
});

test('later revisions say so, once', () => {
  expect(fileNameFor('{hook}', { ...facts, revision: 2 })).toBe('Why_v2.mp4');
  expect(fileNameFor('{hook} {revision}', { ...facts, revision: 2 })).toBe('Why_ v2.mp4');
});

test('a name of any length fits into what file systems take', () => {
  const long = { ...facts, project: { ...project, name: '界'.repeat(300) } };
  expect(
    Buffer.byteLength(alternativeName(fileNameFor('{project}_{ratio}', { ...long, revision: 12 }), 34)),
  ).toBeLessThanOrEqual(255);
});

test('equal names are told apart without regard to case, and those taken are avoided', () => {
  expect(uniqueNames(['a.mp4', 'A.mp4', 'b.mp4'], (name) => name === 'b.mp4')).toEqual([
    'a.mp4',
    'A (2).mp4',
    'b (2).mp4',
  ]);
});
