import { describe, expect, it } from 'vitest';
import type { ExportView, Review } from '#shared/contract/index.ts';
import type { ExportBatchId, Project } from '#shared/model/index.ts';
import { newerReview, wholeReview } from '../../state/index.ts';
import { besideChoices, firstBeside, stepBeside } from './beside.ts';
import { earlierLine, editPlace, noteLine, notesAsText, noteTime, withNote } from './notes.ts';
import {
  filterItems,
  hasChosenCover,
  nextUndecided,
  optionChoices,
  posterFrameOf,
  type ReviewItem,
  reviewItems,
  shortName,
  tallyOf,
  tallyText,
} from './review-list.ts';
import { nextWithSeams, seamsOf } from './seams.ts';
import { sheetLayout } from './sheet-layout.ts';
import { steer } from './steer.ts';

const rate = { num: 30, den: 1 };
const review = (verdict: Review['verdict'], notes: Review['notes'] = []): Review => ({
  verdict,
  notes,
  updatedAtMs: 1,
});

/** An ad of a hook (60 frames), a body (120) and a CTA (40): "h1 b1 c1". */
function made(options: string, more: Record<string, unknown> = {}): ExportView {
  const slots = ['Hook', 'Body', 'CTA'];
  const starts = [0, 60, 180, 220];
  const sections = options.split(' ').map((id, index) => ({
    ...{ slotId: slots[index], slotName: slots[index], optionId: id, optionName: `${slots[index]} ${id}` },
    ...{ startFrame: starts[index], lengthFrames: (starts[index + 1] ?? 0) - (starts[index] ?? 0) },
  }));
  const ratio = more.ratio ?? '9:16';
  return {
    ...{ id: `${options} ${ratio} v${more.revision ?? 1}`, creativeId: `${options} ${ratio}`, batchId: 'batch' },
    ...{ variantName: options, fileName: `${options}.mp4`, ratio, version: 'full', state: 'finished', revision: 1 },
    ...{ variant: Object.fromEntries(sections.map((one) => [one.slotId, one.optionId])), sections },
    ...{ rate, frameCount: 220, durationSeconds: 220 / 30, isFileMissing: false, check: null, createdAtMs: 0 },
    ...{ review: review('none') },
    ...more,
  } as unknown as ExportView;
}

const items = (...exports: ExportView[]): ReviewItem[] => reviewItems(exports, null);
const ids = (list: readonly ReviewItem[]) => list.map(({ file }) => file.id);

describe('what is reviewed', () => {
  it('is the newest finished revision of each creative, with the fixes asked for before', () => {
    const first = made('h1 b1 c1', { review: review('fix', [{ frame: 65, text: 'typo' }]) });
    const second = made('h1 b1 c1', { revision: 2, review: review('approved', [{ frame: 1, text: 'fine' }]) });
    const third = made('h1 b1 c1', { revision: 3 });
    const failed = made('h1 b1 c1', { revision: 4, state: 'failed' });
    const [item, ...others] = items(third, failed, first, second);
    expect(others).toEqual([]);
    expect([item?.file.revision, item?.file.review.verdict]).toEqual([3, 'none']);
    expect(item?.earlierFixes.map((one) => earlierLine(one, rate))).toEqual(['v1: fix — typo at 0:02']);
  });
  it('of a batch is all that has ended there, failures too', () => {
    const batchId = 'later' as ExportBatchId;
    const list = [
      made('h1 b1 c1', { review: review('fix') }),
      made('h1 b1 c1', { revision: 2, batchId }),
      made('h2 b1 c1', { batchId, state: 'failed' }),
      made('h3 b1 c1', { batchId, state: 'running' }),
    ];
    expect(ids(reviewItems(list, batchId))).toEqual(['h1 b1 c1 9:16 v2', 'h2 b1 c1 9:16 v1']);
    expect(reviewItems(list, batchId)[0]?.earlierFixes).toEqual([{ revision: 1, notes: [] }]);
  });
  it('comes by variant as people count, then by ratio', () => {
    const list = items(made('h10 b1 c1'), made('h2 b1 c1', { ratio: '1:1' }), made('h2 b1 c1'));
    expect(ids(list)).toEqual(['h2 b1 c1 9:16 v1', 'h2 b1 c1 1:1 v1', 'h10 b1 c1 9:16 v1']);
  });
  it('is counted without what was never made', () => {
    const list = items(
      made('h1 b1 c1', { review: review('approved') }),
      made('h2 b1 c1', { review: review('fix') }),
      made('h3 b1 c1'),
      made('h4 b1 c1', { state: 'failed' }),
    );
    expect(tallyText(tallyOf(list))).toBe('2 of 3 looked at: 1 approved, 1 to fix');
  });
});

describe('the next one to look at', () => {
  const list = items(
    made('h1 b1 c1'),
    made('h2 b1 c1', { review: review('approved') }),
    made('h3 b1 c1', { state: 'failed' }),
    made('h4 b1 c1'),
  );
  it('lies behind, and then around; neither judged nor failed', () => {
    expect(nextUndecided(list, list[0]?.file.id ?? '')?.file.variantName).toBe('h4 b1 c1');
    expect(nextUndecided(list, list[3]?.file.id ?? '')?.file.variantName).toBe('h1 b1 c1');
    expect(nextUndecided(list, null)?.file.variantName).toBe('h1 b1 c1');
  });
  it('is never the one it is asked from', () => {
    expect(nextUndecided(items(made('h1 b1 c1')), 'h1 b1 c1 9:16 v1')).toBeNull();
  });
});

describe('filters', () => {
  const list = items(
    made('h1 b1 c1', { review: review('fix') }),
    made('h1 b1 c2', { ratio: '1:1' }),
    made('h2 b1 c1', { review: review('approved') }),
  );
  it('go by verdict, ratio and option', () => {
    expect(filterItems(list, { ...wholeReview, verdict: 'open' })).toEqual([list[1]]);
    expect(filterItems(list, { ...wholeReview, ratio: '9:16', option: 'Hook|h1' })).toEqual([list[0]]);
    expect(filterItems(list, { ...wholeReview, option: 'Hook|h2', verdict: 'fix' })).toEqual([]);
  });
  it('offer the options of slots with a choice, and names say these alone', () => {
    const choices = optionChoices(list);
    expect(choices.map((one) => one.value)).toEqual(['Hook|h1', 'Hook|h2', 'CTA|c1', 'CTA|c2']);
    expect(list.map((item) => shortName(item, choices))).toEqual([
      'Hook h1 · CTA c1',
      'Hook h1 · CTA c2',
      'Hook h2 · CTA c1',
    ]);
    expect(shortName(list[0] as ReviewItem, [])).toBe('h1 b1 c1');
  });
});

describe('cuts', () => {
  it('are played with a second on either side, within the file', () => {
    expect(
      seamsOf(made('h1 b1 c1')).map(({ startFrame, cutFrame, endFrame }) => [startFrame, cutFrame, endFrame]),
    ).toEqual([
      [30, 60, 90],
      [150, 180, 210],
    ]);
    const [short] = seamsOf(made('h1 b1 c1', { frameCount: 70 }));
    expect([short?.before, short?.after, short?.endFrame]).toEqual(['Hook h1', 'Body b1', 70]);
  });
  it('go on with the next file that has some and is there', () => {
    const list = items(made('h1 b1 c1'), made('h2 b1 c1', { isFileMissing: true }), made('h3'), made('h4 b1 c1'));
    expect(nextWithSeams(list, list[0]?.file.id ?? '')?.file.variantName).toBe('h4 b1 c1');
    expect(nextWithSeams(list, list[3]?.file.id ?? '')).toBeNull();
  });
});

describe('notes', () => {
  it('are told by the second they are about', () => {
    expect([0, 29, 30, 1799, 1800].map((frame) => noteTime(frame, rate))).toEqual([
      '0:00',
      '0:00',
      '0:01',
      '0:59',
      '1:00',
    ]);
    expect(noteTime(48, { num: 24000, den: 1001 })).toBe('0:02');
    expect(noteLine({ frame: null, text: 'too quiet' }, rate)).toBe('too quiet');
  });
  it('stay in the order of the film; empty words take one away', () => {
    const late = { frame: 50, text: 'late' };
    const notes = withNote([late], { frame: 10, text: ' early ' }, null);
    expect(notes).toEqual([{ frame: 10, text: 'early' }, late]);
    expect(withNote(notes, { frame: null, text: 'whole' }, 0)).toEqual([{ frame: null, text: 'whole' }, late]);
    expect(withNote(notes, { frame: 10, text: '  ' }, 0)).toEqual([late]);
  });
  it('are copied with what has to be fixed, and nothing else', () => {
    const text = notesAsText(
      items(
        made('h1 b1 c1', {
          review: review('fix', [
            { frame: 65, text: 'typo' },
            { frame: null, text: 'too quiet' },
          ]),
        }),
        made('h2 b1 c1', { review: review('approved') }),
      ),
    );
    expect(text).toBe('h1 b1 c1.mp4 (h1 b1 c1, 9:16) — to fix\n  0:02  typo\n  too quiet');
  });
  it('lead to the option that plays there, while the ad has it', () => {
    const project = { slots: [{ options: [{ id: 'h1' }, { id: 'c1' }] }] } as unknown as Project;
    expect(editPlace(made('h1 b1 c1'), 185, project)).toMatchObject({ optionId: 'c1', frame: 5 });
    expect(editPlace(made('h1 b1 c1'), null, project)).toMatchObject({ optionId: 'h1', frame: 0 });
    expect(editPlace(made('h1 b1 c1'), 100, project)).toBeNull();
  });
  it('of this page hold until the engine knows later ones', () => {
    const said = { ...review('approved'), updatedAtMs: 5 };
    expect(newerReview({ ...review('none'), updatedAtMs: 4 }, said)).toBe(said);
    expect(newerReview({ ...review('fix'), updatedAtMs: 6 }, said).verdict).toBe('fix');
  });
});

describe('the file beside it', () => {
  const list = items(
    made('h1 b1 c1'),
    made('h1 b1 c1', { ratio: '1:1' }),
    made('h1 b1 c2'),
    made('h2 b1 c1'),
    made('h2 b1 c1', { ratio: '1:1' }),
    made('h3 b1 c1', { isFileMissing: true }),
  );
  const shown = list[0] as ReviewItem;
  it('has the same ratio and another hook at first', () => {
    expect(firstBeside(list, shown)?.file.id).toBe('h2 b1 c1 9:16 v1');
    expect(firstBeside(list.slice(0, 2), shown)?.file.id).toBe('h1 b1 c1 1:1 v1');
    expect(firstBeside([shown], shown)).toBeNull();
  });
  it('is chosen from those that open alike, or around all that can be played', () => {
    expect(ids(besideChoices(list, shown, 'same-hook'))).toEqual(['h1 b1 c1 1:1 v1', 'h1 b1 c2 9:16 v1']);
    const all = besideChoices(list, shown, 'any');
    expect(all).toHaveLength(4);
    expect(stepBeside(all, all[3]?.file.id ?? null, 1)).toBe(all[0]);
    expect(stepBeside(all, all[0]?.file.id ?? null, -1)).toBe(all[3]);
    expect(stepBeside(all, 'unknown', 1)).toBe(all[0]);
  });
});

describe('a film steered to the clock', () => {
  const playing = { framesPerSecond: 30, isSteered: false, isAlone: true };
  it('is left in peace within about half a frame, nearer with another beside it, and then brought well back', () => {
    const drift = 0.4 / 30;
    expect(steer(drift, playing)).toEqual({ kind: 'none' });
    expect(steer(drift, { ...playing, isAlone: false }).kind).toBe('rate');
    expect(steer(drift, { ...playing, isSteered: true }).kind).toBe('rate');
    expect(steer(drift / 4, { ...playing, isSteered: true })).toEqual({ kind: 'none' });
    expect(steer(1, playing)).toEqual({ kind: 'seek' });
  });
  it('comes back from any drift that is not sought away, without passing the clock', () => {
    for (const start of [0.29, -0.29, 0.02, -0.02]) {
      let [drift, isSteered] = [start, false];
      for (let step = 0; step < 60 * 12; step += 1) {
        const steering = steer(drift, { framesPerSecond: 60, isSteered, isAlone: false });
        isSteered = steering.kind === 'rate';
        if (steering.kind === 'rate') drift += (steering.factor - 1) / 60;
        expect(Math.sign(drift)).toBe(Math.sign(start));
      }
      expect(Math.abs(drift) * 60).toBeLessThan(0.35);
    }
  });
});

it('shows few files large and many small, in columns that fill the width', () => {
  expect(sheetLayout(1400, 6).columns).toBeLessThan(sheetLayout(1400, 1000).columns);
  for (const width of [660, 1220, 1400, 2400]) {
    const { columns, rowHeight, gap } = sheetLayout(width, 30);
    expect(columns * (rowHeight - gap - 64) + (columns - 1) * gap).toBeLessThanOrEqual(width - 32 + columns);
  }
});

it('takes a picture from the first part of a file', () => {
  expect(posterFrameOf(made('h1 b1 c1'))).toBe(30);
  expect(posterFrameOf(made('h1 b1 c1', { sections: [], frameCount: 20 }))).toBe(10);
});

it('shows the cover that was chosen for a variant, and only where one was', () => {
  const slot = { id: 's1', kind: 'cover', name: 'Cover', options: [] as unknown[] };
  const project = (options: unknown[]) => ({ globals: [{ ...slot, options }] }) as unknown as Project;
  const cover = { id: 'o1', name: 'Cover 1', content: { kind: 'cover', at: { frame: 0 } } };
  const [plain, withCover] = [made('h1 b1 c1'), made('h1 b1 c1')];
  withCover.variant = { ...withCover.variant, s1: 'o1' } as never;
  const item = (file: ExportView): ReviewItem => ({ file, earlierFixes: [] });
  expect(hasChosenCover(item(withCover), project([cover]))).toBe(true);
  expect(hasChosenCover(item(withCover), project([{ ...cover, content: { kind: 'none' } }]))).toBe(false);
  expect(hasChosenCover(item(plain), project([]))).toBe(false);
  expect(hasChosenCover(item(withCover), null)).toBe(false);
});
