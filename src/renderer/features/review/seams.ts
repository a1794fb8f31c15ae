import type { ExportView } from '#shared/contract/index.ts';
import type { ReviewItem } from './review-list.ts';

/** A cut between the options of two slots within a file, and the frames played around it. */
export interface Seam {
  exportId: string;
  /** First frame of what comes after the cut. */
  cutFrame: number;
  /** First frame played, and the one after the last. */
  startFrame: number;
  endFrame: number;
  before: string;
  after: string;
}

/** Seconds shown on either side of a cut. */
const aroundSeconds = 1;

/** The cuts of a file in the order they are played. */
export function seamsOf({ id, sections, rate, frameCount }: ExportView): Seam[] {
  const around = Math.max(1, Math.round((aroundSeconds * rate.num) / rate.den));
  const parts = sections.filter((one) => one.lengthFrames > 0).toSorted((a, b) => a.startFrame - b.startFrame);
  return parts.slice(1).flatMap((part, index) => {
    const cutFrame = part.startFrame;
    if (cutFrame <= 0 || cutFrame >= frameCount) return [];
    return {
      ...{ exportId: id, cutFrame, before: parts[index]?.optionName ?? '', after: part.optionName },
      startFrame: Math.max(0, cutFrame - around),
      endFrame: Math.min(frameCount, cutFrame + around),
    };
  });
}

/** The next file behind one that has cuts to play; null at the end of the list. */
export function nextWithSeams(items: readonly ReviewItem[], afterId: string | null): ReviewItem | null {
  const at = items.findIndex(({ file }) => file.id === afterId);
  return items.slice(at + 1).find(({ file }) => isPlayable(file) && seamsOf(file).length > 0) ?? null;
}

/** True when there is a file to play. */
export function isPlayable(file: ExportView): boolean {
  return file.state === 'finished' && !file.isFileMissing;
}
