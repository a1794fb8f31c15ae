import { describe, expect, it } from 'vitest';
import { type ExportRequestInput, exportRequestSchema } from '#shared/contract/render.ts';
import { editSchema, projectSchema } from '#shared/model/index.ts';
import { findPreset } from '../plan/presets.ts';
import type { PlannedFile, PreflightInput } from './planned-file.ts';
import { preflight } from './preflight.ts';
import { refuseUnfit } from './preflight-request.ts';

const copy = (primaryText: string) =>
  projectSchema.parse({
    id: 'p',
    name: 'Ad',
    slots: [{ id: 's', name: 'Hook', options: [{ id: 'o', name: 'Hook 1', content: { kind: 'none' } }] }],
    globals: [
      {
        ...{ id: 'g', name: 'Copy', kind: 'post-copy' },
        options: [{ id: 'c', name: 'Copy 1', content: { kind: 'post-copy', primaryText, headline: '', url: '' } }],
      },
    ],
  });

const file: PlannedFile = {
  variant: { s: 'o', g: 'c' } as never,
  ...{ variantKey: 's:o', variantName: 'Hook 1', ratio: '9:16', version: 'full' },
  ...{ seconds: 20, bytes: 10_000_000, hasSound: true },
};

function look(
  request: Partial<ExportRequestInput>,
  more: { files?: Partial<PlannedFile>[]; text?: string; fps?: number } = {},
) {
  const parsed = exportRequestSchema.parse({
    ...{ projectId: 'p', variants: [{}], ratios: ['9:16'], handoff: { hasCovers: true } },
    ...request,
  });
  const input: PreflightInput = {
    ...{ project: copy(more.text ?? 'Buy now'), request: parsed, preset: findPreset(parsed.presetId) },
    framesPerSecond: more.fps ?? 30,
    files: (more.files ?? [{}]).map((one) => ({ ...file, ...one })),
  };
  return preflight(input);
}
const short = (findings: ReturnType<typeof look>) => findings.map(({ id, severity }) => `${id} ${severity}`);
const tiktok = { placements: ['tiktok-in-feed' as const] };

describe('preflight', () => {
  it('finds nothing wrong with an ad that fits, nor without placements', () => {
    expect(look({ placements: ['tiktok-in-feed', 'tiktok-post', 'instagram-reels', 'facebook-reels'] })).toEqual([]);
    expect(look({}, { files: [{ seconds: 1000 }] })).toEqual([]);
  });

  it('length: names the files, the rule with its source, and leaves the placement out on a click', () => {
    const [found, ...others] = look(tiktok, {
      files: [{ seconds: 3 }, { seconds: 4, ratio: '1:1' }, { ratio: '16:9' }],
    });
    expect(others).toEqual([]);
    expect(found).toMatchObject({ id: 'length', severity: 'error', placement: 'tiktok-in-feed' });
    expect(found?.outputs.map(({ ratio }) => ratio)).toEqual(['9:16', '1:1']);
    expect(found?.message).toBe('2 files for TikTok in-feed ad: length 3 s, 4 s, it takes 5 s to 60 s.');
    expect(found?.source).toContain('ads.tiktok.com');
    expect(found?.fix).toEqual({ kind: 'request', label: 'Leave out TikTok in-feed ad', change: { placements: [] } });
  });

  it('unconfirmed rules only warn, and say so', () => {
    const [found] = look({ placements: ['youtube-shorts'] }, { files: [{ seconds: 200 }] });
    expect(found).toMatchObject({ id: 'length', severity: 'warning' });
    expect(found?.message).toContain('not confirmed');
  });

  it('ratio: a placement that no file is for asks for its shape', () => {
    const [found] = look({ placements: ['meta-feed-vertical'] });
    expect(found).toMatchObject({ id: 'ratio', severity: 'error', outputs: [] });
    expect(found?.fix).toMatchObject({ label: 'Add 4:5', change: { ratios: ['9:16', '4:5'] } });
    // Asked for, but every file of that shape is left out.
    const [other] = look({ placements: ['meta-feed-vertical'], ratios: ['9:16', '4:5'] });
    expect(other?.fix).toMatchObject({ change: { placements: [] } });
  });

  it('files of other shapes are not held against a placement', () => {
    expect(look({ placements: ['facebook-reels'] }, { files: [{}, { ratio: '1:1', seconds: 500 }] })).toEqual([]);
  });

  it('pixels: a larger preset mends it', () => {
    const [found] = look({ placements: ['meta-feed-square'], presetId: 'draft' }, { files: [{ ratio: '1:1' }] });
    expect(found).toMatchObject({ id: 'pixels', severity: 'error', fix: { change: { presetId: 'standard' } } });
  });

  it('size: certain far beyond, a warning nearby; a size target mends it and is believed', () => {
    const stories = { placements: ['instagram-stories' as const] };
    const at = (bytes: number, more: Partial<ExportRequestInput> = {}) =>
      look({ ...stories, ...more }, { files: [{ bytes, seconds: 60 }] }).filter(({ id }) => id === 'size');
    expect(short(at(89_000_000))).toEqual([]);
    expect(short(at(95_000_000))).toEqual(['size warning']);
    expect(short(at(110_000_000))).toEqual(['size warning']);
    expect(short(at(130_000_000))).toEqual(['size error']);
    const [found] = at(130_000_000);
    expect(found?.message).toContain('probably 130 MB');
    const { rateControl } = (found?.fix?.kind === 'request' && found.fix.change) || {};
    expect(rateControl).toMatchObject({ mode: 'size', maxBytes: 98_000_000 });
    expect(short(at(130_000_000, { rateControl: { mode: 'size', maxBytes: 80_000_000, isTwoPass: false } }))).toEqual(
      [],
    );
  });

  it('bitrate: too high is capped, too low is only a warning', () => {
    const reels = { placements: ['instagram-reels' as const] };
    const high = { files: [{ bytes: 90_000_000, seconds: 20 }] };
    expect(short(look(reels, high))).toEqual(['bitrate error']);
    const [found] = look(reels, high);
    expect(found?.fix).toMatchObject({ change: { rateControl: { mode: 'bitrate', maxBitrate: 22_500_000 } } });
    expect(look({ ...reels, rateControl: { mode: 'bitrate', maxBitrate: 20_000_000 } }, high)).toEqual([]);
    expect(short(look(tiktok, { files: [{ bytes: 600_000 }] }))).toEqual(['bitrate warning']);
  });

  it('frame rate: of the project', () => {
    expect(short(look({ placements: ['facebook-reels'] }, { fps: 12 }))).toEqual(['frame-rate error']);
    expect(look({ placements: ['facebook-reels'] }, { fps: 24_000 / 1001 })).toEqual([]);
  });

  it('sound: silence is a warning, except where it was asked for', () => {
    expect(short(look(tiktok, { files: [{ hasSound: false }] }))).toEqual(['loudness warning']);
    expect(look(tiktok, { files: [{ hasSound: false, version: 'clean' }] })).toEqual([]);
  });

  it('cover: written on a click where a placement needs one', () => {
    const [found] = look({
      ...tiktok,
      handoff: { hasCaptions: true, hasCovers: false, hasTable: false, isZipped: false },
    });
    expect(found).toMatchObject({ id: 'cover', severity: 'warning' });
    expect(found?.fix).toMatchObject({ change: { handoff: { hasCaptions: true, hasCovers: true } } });
  });

  it('copy: length and characters, with a fix only where nothing is lost', () => {
    const [long] = look(tiktok, { text: 'x'.repeat(101) });
    expect(long).toMatchObject({ id: 'copy', severity: 'error', fix: { kind: 'request' } });
    expect(long?.message).toMatch(/“Copy 1” is 101 characters long/);
    const [spaced] = look(tiktok, { text: `Buy   now ${' '.repeat(100)}` });
    expect(spaced?.fix).toMatchObject({ kind: 'edits', edits: [{ content: { primaryText: 'Buy now' } }] });
    if (spaced?.fix?.kind === 'edits') for (const edit of spaced.fix.edits) editSchema.parse(edit);
    expect(look(tiktok, { text: 'Now #1' })[0]?.message).toContain('“#”');
    expect(short(look(tiktok, { text: '' }))).toEqual(['copy warning']);
    const [without] = look(tiktok, { files: [{ variant: { s: 'o' } as never }] });
    expect(without).toMatchObject({ id: 'copy', severity: 'warning', fix: null });
  });
});

it('only errors stop an export, and the sentence says how to go on', () => {
  refuseUnfit(look({ placements: ['youtube-shorts'] }, { files: [{ seconds: 200 }] }));
  expect(() => refuseUnfit(look(tiktok, { files: [{ seconds: 3 }] }))).toThrow(/leave out TikTok in-feed ad/);
});
