import type { ExportView, Review } from '#shared/contract/index.ts';
import {
  chosenOption,
  type ExportBatchId,
  type OptionId,
  type Project,
  ratios,
  type SlotId,
} from '#shared/model/index.ts';
import type { ReviewFilter } from '../../state/index.ts';

/** A file to be looked at, with what was said of its earlier revisions. */
export interface ReviewItem {
  file: ExportView;
  /** Revisions before this one that had to be fixed, the latest first. */
  earlierFixes: readonly { revision: number; notes: Review['notes'] }[];
}

/** How far a review has come. Files that were not made do not count. */
export interface Tally {
  total: number;
  approved: number;
  fix: number;
  looked: number;
}

const byName = new Intl.Collator('en', { numeric: true });

/** True when there is something to say of it: it was made, whether or not its file is still there. */
export function isReviewable({ file }: ReviewItem): boolean {
  return file.state === 'finished';
}

/** True when the output check found something wrong with a file that was made all the same. */
export function hasFailedCheck({ file }: ReviewItem): boolean {
  return file.check !== null && !file.check.isPassed;
}

/**
 * What there is to review: of a batch its files; else of every creative its newest finished revision, or its newest
 * failure when none was ever finished. By variant, then ratio. `exports`: all of the project, in any order.
 */
export function reviewItems(exports: readonly ExportView[], batchId: ExportBatchId | null): ReviewItem[] {
  const over = exports.filter((one) => one.state === 'finished' || one.state === 'failed');
  const byCreative = new Map<string, ExportView[]>();
  for (const one of over) byCreative.set(one.creativeId, [...(byCreative.get(one.creativeId) ?? []), one]);
  const shown = batchId
    ? over.filter((one) => one.batchId === batchId)
    : [...byCreative.values()].flatMap((revisions) => newest(revisions) ?? []);
  return shown.toSorted(inOrder).map((file) => ({
    file,
    earlierFixes: (byCreative.get(file.creativeId) ?? [])
      .filter((one) => one.revision < file.revision && one.review.verdict === 'fix')
      .sort((a, b) => b.revision - a.revision)
      .map(({ revision, review }) => ({ revision, notes: review.notes })),
  }));
}

function newest(revisions: readonly ExportView[]): ExportView | undefined {
  const finished = revisions.filter((one) => one.state === 'finished');
  const among = finished.length > 0 ? finished : revisions;
  return among.reduce<ExportView | undefined>(
    (best, one) =>
      best && (best.revision > one.revision || (best.revision === one.revision && best.createdAtMs >= one.createdAtMs))
        ? best
        : one,
    undefined,
  );
}

function inOrder(a: ExportView, b: ExportView): number {
  return (
    byName.compare(a.variantName, b.variantName) ||
    byName.compare(a.version, b.version) ||
    ratios.indexOf(a.ratio) - ratios.indexOf(b.ratio) ||
    a.revision - b.revision
  );
}

/** How many were looked at, and with what result. */
export function tallyOf(items: readonly ReviewItem[]): Tally {
  const files = items.filter(isReviewable);
  const count = (verdict: Review['verdict']) => files.filter(({ file }) => file.review.verdict === verdict).length;
  const [approved, fix] = [count('approved'), count('fix')];
  return { total: files.length, approved, fix, looked: approved + fix };
}

/** "17 of 30 looked at: 14 approved, 3 to fix". */
export function tallyText({ total, looked, approved, fix }: Tally): string {
  return `${looked} of ${total} looked at: ${approved} approved, ${fix} to fix`;
}

/** The items that a filter lets through. */
export function filterItems(items: readonly ReviewItem[], filter: ReviewFilter): ReviewItem[] {
  const [slotId, optionId] = filter.option.split('|');
  return items.filter(
    ({ file }) =>
      (filter.verdict === 'all' ||
        (file.review.verdict === 'none' ? 'open' : file.review.verdict) === filter.verdict) &&
      (filter.ratio === 'all' || file.ratio === filter.ratio) &&
      (filter.option === '' || file.variant[slotId as SlotId] === optionId),
  );
}

/** An option that some files play and others do not; `value` is what {@link ReviewFilter.option} takes. */
export interface OptionChoice {
  value: string;
  name: string;
  slotName: string;
}

/** Options to filter by: those of slots with a choice, in the order they play. Names as they were when exported. */
export function optionChoices(items: readonly ReviewItem[]): OptionChoice[] {
  const slots = new Map<SlotId, Map<OptionId, OptionChoice>>();
  for (const { file } of items) {
    for (const { slotId, slotName, optionId, optionName } of file.sections) {
      const options = slots.get(slotId) ?? new Map<OptionId, OptionChoice>();
      slots.set(slotId, options.set(optionId, { value: `${slotId}|${optionId}`, name: optionName, slotName }));
    }
  }
  return [...slots.values()]
    .filter((options) => options.size > 1)
    .flatMap((options) => [...options.values()].sort((a, b) => byName.compare(a.name, b.name)));
}

/** What tells a file apart from the others: its options of slots with a choice; all of them when there is none. */
export function shortName({ file }: ReviewItem, choices: readonly OptionChoice[]): string {
  const values = new Set(choices.map((choice) => choice.value));
  const names = file.sections
    .filter(({ slotId, optionId }) => values.has(`${slotId}|${optionId}`))
    .map((section) => section.optionName);
  return names.length > 0 ? names.join(' · ') : file.variantName;
}

/** The next file nobody has judged yet, from behind `afterId` on and around; null when all are. */
export function nextUndecided(items: readonly ReviewItem[], afterId: string | null): ReviewItem | null {
  const at = items.findIndex(({ file }) => file.id === afterId);
  const around = [...items.slice(at + 1), ...items.slice(0, Math.max(0, at))];
  return around.find((item) => isReviewable(item) && item.file.review.verdict === 'none') ?? null;
}

/** True when a person chose the frame that stands for a file's variant, so that its cover is more than a suggestion. */
export function hasChosenCover({ file }: ReviewItem, project: Pick<Project, 'globals'> | null): boolean {
  return project?.globals.some((slot) => chosenOption(slot, file.variant)?.content.kind === 'cover') ?? false;
}

/** The frame that stands for a file on the contact sheet where no cover was chosen: a moment into its first part, where its words are. */
export function posterFrameOf({ frameCount, rate, sections }: ExportView): number {
  const first = sections.find((section) => section.lengthFrames > 0);
  const end = first ? first.startFrame + first.lengthFrames : frameCount;
  return Math.max(0, Math.min(Math.round(rate.num / rate.den), Math.floor(end / 2)));
}
