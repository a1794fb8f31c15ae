import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdit } from './apply/index.ts';
import { editSchema } from './edit.ts';
import type { AssetId } from './ids.ts';
import { layoutIn } from './layers.ts';
import { placementIdSchema } from './placement.ts';
import { type Project, projectSchema } from './project.ts';
import { type Ratio, ratios } from './ratio.ts';
import { safeZoneEdits } from './safe-zones-edit.ts';
import { type LintInput, lintTimeline } from './safe-zones-lint.ts';
import { flattenVariant } from './timeline.ts';
import { completeVariant } from './variant.ts';

/** A font whose lines are 1.25 em high and whose letters are half an em wide. */
const metrics = { lineHeight: 1.25, advance: () => 0.5 };
const logo = 'as_logo' as AssetId;

interface Words {
  text: string;
  layout?: object;
  style?: object;
  overrides?: object;
  animation?: object;
}

function projectWith(texts: readonly Words[], logoLayout: object | null = null): Project {
  const clips = texts.map(({ text, style = {}, ...rest }, index) => ({
    ...{ id: `cl_${index}`, startFrame: index * 30, lengthFrames: 30 },
    ...rest,
    content: { kind: 'text', text, style: { sizePx: 100, outlinePx: 0, ...style } },
  }));
  const anchored = {
    ...{ id: 'cl_logo', start: { to: 'ad', edge: 'start' }, end: { to: 'ad', edge: 'end' } },
    ...{ content: { kind: 'media', media: { assetId: logo } }, layout: logoLayout },
  };
  const content = { kind: 'clips', clips: [anchored] };
  return projectSchema.parse({
    ...{ id: 'pr_1', name: 'Ad' },
    sequences: [{ id: 'sq_1', tracks: [{ id: 'tr_1', kind: 'visual', clips }] }],
    slots: [
      {
        ...{ id: 'sl_1', name: 'Hook' },
        options: [{ id: 'op_1', name: 'Hook 1', content: { kind: 'sequence', sequenceId: 'sq_1' } }],
      },
    ],
    globals: logoLayout
      ? [{ id: 'sl_2', name: 'Logo', kind: 'logo', options: [{ id: 'op_2', name: 'Logo', content }] }]
      : [],
  });
}

function inputFor(project: Project, ratio: Ratio, placements: LintInput['placements']): LintInput {
  const variant = completeVariant(project, {});
  if (!variant) throw new Error('nothing to play');
  return {
    timeline: flattenVariant(project, variant, () => null),
    ...{ ratio, placements, metricsOf: () => metrics, sizes: () => ({ width: 400, height: 200 }) },
    isStill: () => true,
  };
}

const lint = (project: Project, ratio: Ratio, placements: LintInput['placements']) =>
  lintTimeline(inputFor(project, ratio, placements));

function fixed(project: Project, ratio: Ratio, placements: LintInput['placements']) {
  const input = inputFor(project, ratio, placements);
  const edits = safeZoneEdits(project, input.timeline.clips, input).map((edit) => editSchema.parse(edit));
  return { edits, after: edits.reduce(applyEdit, project) };
}

describe('lint', () => {
  it('names texts under the interface, those near it, and leaves alone what is clear', () => {
    const project = projectWith([
      { text: 'Middle' },
      { text: 'Under the caption', layout: { y: 0.4 } },
      { text: 'Near it', layout: { y: 0.24 } },
      { text: 'Top', layout: { y: -0.46 } },
    ]);
    const found = lint(project, '9:16', ['tiktok-in-feed']);
    expect(
      found.map(({ text, kind, parts, startFrame, endFrame }) => ({ text, kind, parts, startFrame, endFrame })),
    ).toEqual([
      { text: 'Under the caption', kind: 'covered', parts: ['caption'], startFrame: 30, endFrame: 60 },
      { text: 'Near it', kind: 'near', parts: [], startFrame: 60, endFrame: 90 },
      { text: 'Top', kind: 'covered', parts: ['top-bar'], startFrame: 90, endFrame: 120 },
    ]);
    // "Near it" is 100 px high around 1420.8; the box ends at 1420.
    expect(found[1]?.pixels).toBe(51);
  });

  it('names what is cut by the frame, and what is too small to read', () => {
    const project = projectWith([
      { text: 'Far right', layout: { x: 0.5 } },
      { text: 'Small', style: { sizePx: 40 } },
      { text: 'Large enough', style: { sizePx: 50 } },
    ]);
    const found = lint(project, '16:9', []);
    expect(found.map(({ text, kind, pixels }) => [text, kind, pixels])).toEqual([
      ['Far right', 'cut', 180],
      ['Small', 'small', 32],
    ]);
  });

  it('judges a logo by its picture, and not one that fills the frame', () => {
    const inCorner = projectWith([{ text: 'x' }], { fit: 'fit', scale: 0.2, x: 0.38, y: 0.1 });
    expect(lint(inCorner, '9:16', ['tiktok-in-feed'])).toMatchObject([
      { what: 'logo', kind: 'covered', parts: ['buttons'], slotId: null },
    ]);
    expect(lint(projectWith([{ text: 'x' }], { fit: 'fill' }), '9:16', ['tiktok-in-feed'])).toEqual([]);
  });

  it('follows what moves and turns: it is named for its worst moment, once', () => {
    const y = [
      { frame: 0, value: 0 },
      { frame: 14, value: 0.46 },
      { frame: 29, value: 0 },
    ];
    const project = projectWith([{ text: 'Dips down', animation: { y } }]);
    const findings = lint(project, '9:16', ['tiktok-in-feed']).filter(({ kind }) => kind !== 'cut');
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ kind: 'covered', startFrame: 0, endFrame: 30 });
    expect(findings[0]?.box.y).toBeGreaterThan(0.9);
    expect(lint(projectWith([{ text: 'Stays' }]), '9:16', ['tiktok-in-feed'])).toEqual([]);
    // Where it is moved to by itself would take its keyframes away.
    expect(fixed(project, '9:16', ['tiktok-in-feed']).edits).toEqual([]);
    const upright = projectWith([{ text: 'A rather wide line', layout: { rotationDeg: 90 } }]);
    const cut = lint(upright, '16:9', ['landscape']).find(({ kind }) => kind === 'cut');
    expect(cut === undefined || cut.box.height > cut.box.width).toBe(true);
  });

  it('passes over texts whose font is not known yet', () => {
    const project = projectWith([{ text: 'Low', layout: { y: 0.45 } }]);
    expect(lintTimeline({ ...inputFor(project, '9:16', ['tiktok-in-feed']), metricsOf: () => null })).toEqual([]);
  });
});

describe('moving into the safe zone', () => {
  it('ends the finding with an override where only one format is hurt', () => {
    const project = projectWith([{ text: 'Under the caption', layout: { y: 0.3 } }]);
    const { edits, after } = fixed(project, '9:16', ['tiktok-in-feed', 'meta-feed-vertical']);
    expect(edits).toMatchObject([{ type: 'clip.setOverride', ratio: '9:16', patch: { x: 0 } }]);
    expect(lint(after, '9:16', ['tiktok-in-feed'])).toEqual([]);
    expect(after.sequences[0]?.tracks[0]?.clips[0]?.layout.y).toBe(0.3);
  });

  it('changes all formats together where all of them are hurt and helped', () => {
    const project = projectWith([{ text: 'Far right', layout: { x: 0.49 } }]);
    const placements = ['tiktok-in-feed', 'meta-feed-vertical'] as const;
    const { edits, after } = fixed(project, '9:16', placements);
    expect(edits).toMatchObject([{ type: 'clip.set' }]);
    for (const ratio of ratios) expect([ratio, lint(after, ratio, placements)]).toEqual([ratio, []]);
  });

  it('makes smaller what does not fit, and moves logos too', () => {
    const project = projectWith(
      [{ text: 'A rather wide line', style: { maxWidth: 1, sizePx: 130 }, layout: { y: 0.3 } }],
      { fit: 'fit', scale: 0.3, x: 0.4, y: -0.45 },
    );
    const all = ['tiktok-in-feed', 'instagram-reels', 'youtube-shorts'] as const;
    expect(lint(project, '9:16', all).length).toBeGreaterThan(3);
    const { edits, after } = fixed(project, '9:16', all);
    expect(edits.map(({ type }) => type).toSorted()).toEqual(['clip.set', 'global.setContent']);
    expect(lint(after, '9:16', all)).toEqual([]);
    expect(fixed(after, '9:16', all).edits).toEqual([]);
  });

  it('keeps words that are seen together apart', () => {
    const stacked = projectWith([{ text: 'Headline', layout: { y: 0.14 } }]);
    const [sequence] = stacked.sequences;
    const [track] = sequence?.tracks ?? [];
    if (!sequence || !track) throw new Error('no track');
    const caption = {
      ...track,
      id: 'tr_2',
      clips: track.clips.map((clip) => ({ ...clip, id: 'cl_low', layout: { y: 0.3 } })),
    };
    const both = projectSchema.parse({ ...stacked, sequences: [{ ...sequence, tracks: [track, caption] }] });
    const { after } = fixed(both, '9:16', ['instagram-reels']);
    expect(lint(after, '9:16', ['instagram-reels'])).toEqual([]);
    const [upper, lower] = inputFor(after, '9:16', []).timeline.clips.map((clip) => layoutIn(clip, '9:16').y);
    // Lines are 100 px high; the lower one went to the edge, and the upper one made room.
    expect((lower ?? 0) - (upper ?? 0)).toBeGreaterThan(100 / 1920);
    expect((lower ?? 0) - (upper ?? 0)).toBeLessThan(130 / 1920);
  });

  it('leaves clips of locked tracks alone', () => {
    const project = projectWith([{ text: 'Low', layout: { y: 0.45 } }]);
    const [sequence] = project.sequences;
    const tracks = sequence?.tracks.map((track) => ({ ...track, isLocked: true })) ?? [];
    const locked = { ...project, sequences: sequence ? [{ ...sequence, tracks }] : [] };
    expect(fixed(locked, '9:16', ['tiktok-in-feed']).edits).toEqual([]);
  });
});

describe('any text', () => {
  const placementLists = fc.subarray([...placementIdSchema.options], { minLength: 1 });
  const anyWords = fc.record({
    text: fc.array(fc.string({ minLength: 1, maxLength: 9, unit: fc.constantFrom('a', 'B', 'é', '🔥') }), {
      ...{ minLength: 1, maxLength: 8 },
    }),
    x: fc.double({ min: -0.6, max: 0.6, noNaN: true }),
    y: fc.double({ min: -0.6, max: 0.6, noNaN: true }),
    scale: fc.double({ min: 0.3, max: 1.5, noNaN: true }),
    align: fc.constantFrom('left', 'centre', 'right'),
    maxWidth: fc.double({ min: 0.4, max: 1, noNaN: true }),
  });

  it('is clear of the interface once it has been moved, in the ratio asked for and where it was clear before', () => {
    fc.assert(
      fc.property(anyWords, fc.constantFrom(...ratios), placementLists, (words, ratio, placements) => {
        const { text, x, y, scale, align, maxWidth } = words;
        const project = projectWith([{ text: text.join(' '), layout: { x, y, scale }, style: { align, maxWidth } }]);
        const bad = (of: Project, one: Ratio) => lint(of, one, placements).filter(({ kind }) => kind !== 'small');
        const { after, edits } = fixed(project, ratio, placements);
        expect(edits.length).toBe(bad(project, ratio).length > 0 ? 1 : 0);
        expect(bad(after, ratio)).toEqual([]);
        for (const other of ratios) if (bad(project, other).length === 0) expect(bad(after, other)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
