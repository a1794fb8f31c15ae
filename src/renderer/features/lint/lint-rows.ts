import { assertNever } from '#shared/errors/index.ts';
import {
  type ClipId,
  interfacePartNames,
  type LintFinding,
  type LintKind,
  placements,
  smallestEmPixels,
} from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';

/** Everything that is wrong with one clip in a ratio. */
export interface LintRow {
  clipId: ClipId;
  /** The words, or what it is. */
  title: string;
  /** What is wrong, a sentence each, the worst first. */
  sentences: string[];
  /** Cut or covered; otherwise it is advice. */
  isHidden: boolean;
  /** False when only its size is wrong: moving does not help. */
  canMove: boolean;
  startFrame: Frames;
  /** The first one of its findings, for finding the clip. */
  finding: LintFinding;
}

const order: readonly LintKind[] = ['cut', 'covered', 'near', 'small'];

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

const placesOf = (findings: readonly LintFinding[]) =>
  listed(findings.flatMap(({ placement }) => (placement ? [placements[placement].name] : [])));

function sentenceOf(kind: LintKind, findings: readonly LintFinding[]): string {
  const [first] = findings;
  const parts = [...new Set(findings.flatMap((finding) => finding.parts))].map((part) => interfacePartNames[part]);
  const most = Math.max(...findings.map(({ pixels }) => pixels));
  switch (kind) {
    case 'cut':
      return `Cut off by the edge of the frame, by ${most} px`;
    case 'covered':
      return `Covered by the ${listed(parts)} in ${placesOf(findings)}`;
    case 'near':
      return `Outside the safe zone of ${placesOf(findings)}, by ${most} px`;
    case 'small':
      return `Small for a phone: ${first?.pixels ?? 0} px, at least ${smallestEmPixels} are advised`;
    default:
      return assertNever(kind);
  }
}

const titles = { text: 'Text', logo: 'Logo', picture: 'Picture' } as const;

/** Findings by clip: what viewers cannot see first, then in the order of time. */
export function lintRows(findings: readonly LintFinding[]): LintRow[] {
  const byClip = new Map<ClipId, LintFinding[]>();
  for (const finding of findings) byClip.set(finding.clipId, [...(byClip.get(finding.clipId) ?? []), finding]);
  return [...byClip.entries()]
    .flatMap(([clipId, all]): LintRow[] => {
      const sorted = all.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.pixels - a.pixels);
      const [finding] = sorted;
      if (!finding) return [];
      const kinds = order.filter((kind) => all.some((one) => one.kind === kind));
      return [
        {
          clipId,
          title: finding.text.replaceAll(/\s+/g, ' ').trim() || titles[finding.what],
          sentences: kinds.map((kind) => sentenceOf(kind, unique(all.filter((one) => one.kind === kind)))),
          isHidden: kinds.includes('cut') || kinds.includes('covered'),
          canMove: kinds.some((kind) => kind !== 'small'),
          startFrame: Math.min(...all.map(({ startFrame }) => startFrame)),
          finding,
        },
      ];
    })
    .toSorted((a, b) => Number(b.isHidden) - Number(a.isHidden) || a.startFrame - b.startFrame);
}

/** One finding per placement: a clip may stand on the timeline several times. */
function unique(findings: readonly LintFinding[]): LintFinding[] {
  return [...new Map(findings.map((finding) => [finding.placement, finding])).values()];
}

/** "2 texts and 1 logo are covered or cut off", "Words and logos are clear", for a button's name. */
export function lintSummary(rows: readonly LintRow[]): string {
  const hidden = rows.filter(({ isHidden }) => isHidden);
  if (hidden.length === 0)
    return rows.length === 0
      ? 'Words and logos are clear'
      : `${rows.length} ${rows.length === 1 ? 'note' : 'notes'} on safe zones`;
  const counts = (['text', 'logo', 'picture'] as const).flatMap((what) => {
    const count = hidden.filter(({ finding }) => finding.what === what).length;
    return count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'}`];
  });
  return `${listed(counts)} ${hidden.length === 1 ? 'is' : 'are'} covered or cut off`;
}
