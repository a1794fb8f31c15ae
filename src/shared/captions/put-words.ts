import type { CaptionFile } from './cue.ts';
import type { CaptionsPut } from './put-captions.ts';

/** Where captions were put. */
export interface PutPlace {
  /** "Hook 3". */
  name: string;
  /** Options that play the same timeline, this one included. */
  sharers: number;
}

const are = (count: number, one: string, many: string): string => (count === 1 ? `1 ${one}` : `${count} ${many}`);

/** What putting captions on a section did, in whole sentences: what lies where, and what became of the rest. */
export function putWords(put: CaptionsPut, file: CaptionFile, { name, sharers }: PutPlace): string {
  if (!put.edit) {
    const count = put.outside;
    return count === 1
      ? `The only caption begins after the end of ${name}: nothing was put there.`
      : `All ${count} captions begin after the end of ${name}: nothing was put there.`;
  }
  return [
    `${are(put.placed, 'caption', 'captions')} put on ${name}, counted from its first frame.`,
    put.replaced > 0 && `${are(put.replaced, 'that was there was', 'that were there were')} replaced.`,
    put.outside > 0 &&
      `${are(put.outside, 'begins', 'begin')} after its end and ${put.outside === 1 ? 'was' : 'were'} left out.`,
    put.shortened > 0 && `${are(put.shortened, 'is', 'are')} cut off at its end.`,
    put.crowded > 0 && `${are(put.crowded, 'was', 'were')} left out, because three others are seen at the same time.`,
    sharers > 1 && `All ${sharers} options that share this timeline show them.`,
    ...file.notes,
  ]
    .filter((sentence) => typeof sentence === 'string')
    .join(' ');
}
