import { describe, expect, it } from 'vitest';
import {
  applyEdit,
  editSchema,
  type FontMetrics,
  listVariants,
  projectSchema,
  variantKey,
} from '#shared/model/index.ts';
import type { PlannedFile } from './planned-file.ts';
import { type SafeZoneInput, safeZoneFindings } from './safe-zone-findings.ts';

const words = (id: string, text: string, y: number) => ({
  ...{ id, startFrame: 0, lengthFrames: 30, layout: { y } },
  content: { kind: 'text', text, style: { sizePx: 80 } },
});
const project = projectSchema.parse({
  ...{ id: 'p', name: 'Ad' },
  sequences: [
    { id: 'q1', tracks: [{ id: 't1', kind: 'visual', clips: [words('c1', 'Low one', 0.3)] }] },
    { id: 'q2', tracks: [{ id: 't2', kind: 'visual', clips: [words('c2', 'Middle', 0)] }] },
  ],
  slots: [
    {
      ...{ id: 's1', name: 'Hook' },
      options: [{ id: 'o1', name: 'Hook 1', content: { kind: 'sequence', sequenceId: 'q1' } }],
    },
    {
      ...{ id: 's2', name: 'Body' },
      options: ['o2', 'o3'].map((id) => ({ id, name: id, content: { kind: 'sequence', sequenceId: 'q2' } })),
    },
  ],
});
const files = listVariants(project).flatMap((variant): PlannedFile[] =>
  (['9:16', '16:9'] as const).map((ratio) => ({
    ...{ variant, variantKey: variantKey(project, variant), variantName: 'Hook 1', ratio, version: 'full' },
    ...{ seconds: 2, bytes: 1, hasSound: true },
  })),
);
const metrics: FontMetrics = { lineHeight: 1.25, advance: () => 0.5 };
const face = {
  file: 'a.ttf',
  family: 'Inter',
  style: 'Bold',
  typographicFamily: 'Inter',
  weight: 700,
  isItalic: false,
};
const input: SafeZoneInput = {
  ...{ project, files, assets: [], request: { placements: ['tiktok-in-feed', 'landscape'] } },
  fonts: { faces: [face], metrics: new Map([['a.ttf', metrics]]) },
};

describe('safe zones before an export', () => {
  it('names words under the interface once for all files they are in, with edits that mend it', () => {
    const found = safeZoneFindings(input);
    expect(found).toMatchObject([
      {
        ...{ id: 'safe-zone', severity: 'warning', placement: 'tiktok-in-feed' },
        message: '2 files for TikTok in-feed ad: “Low one” lies under the caption.',
        fix: { kind: 'edits', label: 'Move into the safe zone' },
      },
    ]);
    expect(found[0]?.outputs.map(({ ratio }) => ratio)).toEqual(['9:16', '9:16']);
    const fix = found[0]?.fix;
    const edits = fix?.kind === 'edits' ? fix.edits.map((edit) => editSchema.parse(edit)) : [];
    expect(safeZoneFindings({ ...input, project: edits.reduce(applyEdit, project) })).toEqual([]);
  });

  it('has nothing to say of files without words, nor without placements', () => {
    const textless = files.map((file) => ({ ...file, version: 'textless' as const }));
    expect(safeZoneFindings({ ...input, files: textless })).toEqual([]);
    expect(safeZoneFindings({ ...input, request: { placements: [] } })).toEqual([]);
  });
});
