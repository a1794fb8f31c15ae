import { type CaptionFormat, writeCaptions } from '#shared/captions/index.ts';
import type { TextStyle } from '#shared/model/index.ts';
import type { Rate } from '#shared/units/index.ts';
import { cuesOfItems } from './model/caption-edits.ts';
import type { CaptionItem } from './model/caption-list.ts';

/** Formats as people know them. */
export const formatNames: Record<CaptionFormat, string> = {
  srt: 'SubRip (.srt)',
  vtt: 'WebVTT (.vtt)',
  ass: 'SubStation (.ass)',
  json: 'Word-timed JSON (.json)',
};

/** Hands the captions of the timeline shown to the person as a file to keep. */
export function saveCaptions(
  items: readonly CaptionItem[],
  format: CaptionFormat,
  options: { rate: Rate; name: string; style: TextStyle },
): void {
  const text = writeCaptions(cuesOfItems(items, options.rate), format, options.style);
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${options.name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_') || 'captions'}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
