import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import { type Project, projectSchema } from '#shared/model/index.ts';
import { exitCodeOf, exitCodeOfItems } from './exit-codes.ts';
import { bytes, count, duration, printable, table } from './format.ts';
import { parsePlacements } from './placement-names.ts';
import { createProgressBar, line } from './progress-bar.ts';
import { requestOf } from './render-request.ts';
import { chooseVariants } from './variants.ts';

describe('formats', () => {
  it('write sizes and lengths for people', () => {
    expect([0, 999, 1000, 12_345_678, 5e12].map(bytes)).toEqual(['0 B', '999 B', '1.0 kB', '12.3 MB', '5.0 TB']);
    expect([0, 9.96, 59.96, 61.25].map(duration)).toEqual(['0:00.0', '0:10.0', '1:00.0', '1:01.3']);
    expect([count(1, 'file'), count(2, 'file')]).toEqual(['1 file', '2 files']);
  });

  it('align columns by characters, not code units', () => {
    expect(
      table(
        ['a', 'name'],
        [
          ['🎬🎬🎬', 'x'],
          ['b', 'y'],
        ],
      ),
    ).toBe('a    name\n🎬🎬🎬  x\nb    y');
  });
});

it('keeps control characters of file names away from the terminal', () => {
  expect(table(['name'], [['a\nb\u001b[31m']])).toBe('name\na�b�[31m');
  expect(printable('one\ntwo\u001b]0;x\u0007')).toBe('one\ntwo�]0;x�');
});

describe('the progress bar', () => {
  it('fits the terminal and draws no control characters', () => {
    const drawn = line(0.5, `importing a\nb\u001b[31m ${'x'.repeat(200)}`, 80);
    expect([...drawn].length).toBeLessThanOrEqual(80);
    expect(drawn).toContain(' 50 %');
    expect(drawn).not.toMatch(/\p{Cc}/u);
  });

  it('says nothing where there is no terminal, and wipes its line where there is', () => {
    const written: string[] = [];
    const write = (text: string) => void written.push(text);
    const silent = createProgressBar({ isTty: false, columns: () => 80, write });
    silent.show(0.5, 'x');
    silent.end();
    expect(written).toEqual([]);
    const bar = createProgressBar({ isTty: true, columns: () => 80, write, nowMs: () => 0 });
    bar.show(0.5, 'x');
    bar.show(0.6, 'too soon');
    bar.end();
    bar.end();
    expect(written).toHaveLength(2);
    expect(written[1]).toBe('\r\x1b[2K');
  });
});

describe('exit codes', () => {
  it('tell the machine’s troubles from those of single items', () => {
    expect(exitCodeOf({ code: 'ffmpeg-missing' })).toBe(3);
    expect(exitCodeOf({ code: 'not-found' })).toBe(1);
    expect(exitCodeOf({ code: 'invalid-input' })).toBe(2);
    expect(exitCodeOf({ code: 'cancelled' })).toBe(130);
    expect(exitCodeOfItems([null, null])).toBe(0);
    expect(exitCodeOfItems([null, { code: 'media-damaged' }])).toBe(1);
    expect(exitCodeOfItems([{ code: 'media-damaged' }, { code: 'disk-full' }])).toBe(3);
  });
});

const project: Project = projectSchema.parse({
  id: 'p-1',
  name: 'Ad',
  slots: [
    {
      id: 'hook',
      name: 'Hook',
      options: ['Hook 1', 'Hook 2'].map((name, n) => ({ id: `h${n}`, name, content: { kind: 'none' } })),
    },
    {
      id: 'cta',
      name: 'CTA',
      options: ['CTA 1', 'CTA 2'].map((name, n) => ({ id: `c${n}`, name, content: { kind: 'none' } })),
    },
  ],
});

describe('choosing variants', () => {
  it('gives all, or each hook once', () => {
    expect(chooseVariants(project, 'all')).toHaveLength(4);
    expect(chooseVariants(project, 'suggested')).toEqual([
      { hook: 'h0', cta: 'c0' },
      { hook: 'h1', cta: 'c0' },
    ]);
  });

  it('takes names and keys, each once, however they are typed', () => {
    const wanted = 'hook 2 · CTA 1, HOOK 2·cta 1, hook 1 / cta 2, hook:h0+cta:c1';
    expect(chooseVariants(project, wanted)).toEqual([
      { hook: 'h1', cta: 'c0' },
      { hook: 'h0', cta: 'c1' },
    ]);
  });

  it.each(['', ',', 'hook 3 · cta 1', 'hook 1'])('refuses “%s” and names what there is', (wanted) => {
    expect(() => chooseVariants(project, wanted)).toThrow(AppError);
    expect(() => chooseVariants(project, wanted)).toThrow(/Hook 1 · CTA 1/);
  });

  it('says that an empty project has none', () => {
    expect(() => chooseVariants({ ...project, slots: [] }, 'all')).toThrow(/no variants/);
  });
});

it('takes placements by their words and names what there is', () => {
  expect(parsePlacements(['tiktok-post,landscape', ' tiktok-post'])).toEqual(['tiktok-post', 'landscape']);
  expect(() => parsePlacements(['myspace'])).toThrow(/tiktok-in-feed/);
});

describe('what render is asked for', () => {
  const plain = { variants: 'all', ratios: '9:16', versions: 'full', preset: 'standard' };

  it('becomes a request', () => {
    const options = { ...plain, ratios: '9x16,1:1', versions: 'full, clean', placements: 'landscape', covers: true };
    expect(requestOf(project, options, '/out')).toMatchObject({
      ...{ ratios: ['9:16', '1:1'], versions: ['full', 'clean'], placements: ['landscape'], outDir: '/out' },
      handoff: { hasCaptions: false, hasCovers: true, hasTable: false, isZipped: false },
      ...{ except: [], namingPattern: null },
    });
  });

  it('leaves out variants in all ratios or in one', () => {
    const except = 'Hook 1 · CTA 1@1:1, hook 2·cta 2';
    expect(requestOf(project, { ...plain, ratios: '9:16,1:1', except }, null).except).toEqual([
      { variant: { hook: 'h0', cta: 'c0' }, ratio: '1:1' },
      { variant: { hook: 'h1', cta: 'c1' }, ratio: '9:16' },
      { variant: { hook: 'h1', cta: 'c1' }, ratio: '1:1' },
    ]);
  });

  it.each([
    [{ ratios: '3:7' }, /not ratios/],
    [{ versions: 'loud' }, /full, textless/],
    [{ placements: 'myspace' }, /tiktok-in-feed/],
    [{ except: 'Hook 9' }, /Hook 1 · CTA 1/],
  ])('refuses %j', (odd, why) => {
    expect(() => requestOf(project, { ...plain, ...odd }, null)).toThrow(why);
  });
});

describe('how large files may become', () => {
  const asked = (more: object) =>
    requestOf(project, { variants: 'all', ratios: '9:16', versions: 'full', preset: 'standard', ...more }, null)
      .rateControl;

  it('is a size or a ceiling, in the words people use', () => {
    expect(asked({})).toEqual({ mode: 'quality' });
    expect(asked({ maxSize: '287MB' })).toEqual({ mode: 'size', maxBytes: 287_000_000, isTwoPass: false });
    expect(asked({ maxSize: '1.5 G', twoPass: true })).toEqual({
      mode: 'size',
      maxBytes: 1_500_000_000,
      isTwoPass: true,
    });
    expect(asked({ maxBitrate: '8M' })).toEqual({ mode: 'bitrate', maxBitrate: 8_000_000 });
    expect(asked({ maxBitrate: '900 kbit/s' })).toEqual({ mode: 'bitrate', maxBitrate: 900_000 });
  });

  it.each([
    { maxSize: 'big' },
    { maxSize: '1k' },
    { maxBitrate: '8X' },
    { twoPass: true },
    { maxSize: '9M', maxBitrate: '1M' },
  ])('refuses %o', (more) => expect(() => asked(more)).toThrow(AppError));
});
