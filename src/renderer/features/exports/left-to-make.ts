import { formatShortLength } from '../../ui/index.ts';

/** Seconds of video that really differ, and of these the ones not made yet. */
export interface VideoWork {
  distinctSeconds: number;
  missingSeconds: number;
}

/** Less than what a length with one decimal shows is nothing. */
const nothing = 0.05;

/** How much is made already: all of it, some of it, or none; an ad without a length has nothing that could be made. */
export function madeShare({ distinctSeconds, missingSeconds }: VideoWork): 'all' | 'some' | 'none' {
  if (distinctSeconds < nothing) return 'none';
  if (missingSeconds < nothing) return 'all';
  return distinctSeconds - missingSeconds < nothing ? 'none' : 'some';
}

/** What has to be rendered, in a line of its own: "8.7 s, 55.0 s are made already". */
export function toRenderText(work: VideoWork): string {
  const { distinctSeconds, missingSeconds } = work;
  const share = madeShare(work);
  if (share === 'all') return 'Nothing: all pieces are made already';
  const made = share === 'some' ? `, ${formatShortLength(distinctSeconds - missingSeconds)} are made already` : '';
  return `${formatShortLength(missingSeconds)}${made}`;
}

/** The same among other facts in a line; nothing while nothing is made. */
export function leftFacts(work: VideoWork): string[] {
  const share = madeShare(work);
  if (share === 'none') return [];
  return [share === 'all' ? 'all made already' : `${formatShortLength(work.missingSeconds)} of it still to make`];
}
