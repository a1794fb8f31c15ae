import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFontNames } from '../../scripts/lib/font-names.mjs';

const resources = resolve(import.meta.dirname, '../../resources');

interface FontEntry {
  file: string;
  family: string;
  style: string;
  fullName: string;
  weight: number;
  licence: string;
}

const { fonts } = JSON.parse(readFileSync(join(resources, 'fonts/fonts.json'), 'utf8')) as { fonts: FontEntry[] };

describe('shipped fonts', () => {
  it.each(fonts)('$file is listed under the names it calls itself by', ({ file, licence, ...names }) => {
    expect(readFontNames(readFileSync(join(resources, 'fonts', file)))).toEqual(names);
    expect(readFileSync(join(resources, 'fonts', licence), 'utf8')).toContain('SIL Open Font License');
  });

  it('are all listed', () => {
    const files = readdirSync(join(resources, 'fonts')).filter((name) => name.endsWith('.ttf'));
    expect(files.sort()).toEqual(fonts.map((font) => font.file).sort());
  });

  it('have a family, style and weight no two share', () => {
    const keys = fonts.map((font) => `${font.family}|${font.style}|${font.weight}`);
    expect(new Set(keys).size).toBe(fonts.length);
  });
});

describe('shipped sample media', () => {
  const folder = join(resources, 'sample/media');
  const files = readdirSync(folder).filter((name) => name !== 'ATTRIBUTION.md');
  const attribution = readFileSync(join(folder, 'ATTRIBUTION.md'), 'utf8');

  it.each(files)('%s names its source and terms', (name) => {
    expect(attribution).toContain(name);
  });

  it('stay small enough to clone', () => {
    const total = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    expect(total).toBeLessThan(6 * 1024 * 1024);
  });
});

describe('the mark', () => {
  it('exists in every form an installer needs', () => {
    const build = resolve(resources, '../build');
    for (const name of ['icon.png', 'icon.ico', 'icon.icns']) expect(existsSync(join(build, name)), name).toBe(true);
  });
});
