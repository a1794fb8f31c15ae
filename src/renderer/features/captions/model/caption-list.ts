import { isCaptionTrack } from '#shared/captions/index.ts';
import type { SequenceId, TimedWord } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { ClipItem, SectionView, TimelineView } from '../../timeline/model/lanes.ts';

/** A caption of the timeline shown. */
export interface CaptionItem extends ClipItem {
  text: string;
  /** When each word is said, in frames from its first; empty where that is not known. */
  words: readonly TimedWord[];
  sequenceId: SequenceId;
}

/** All captions of the timeline shown, as they are read: by start, the usual track first. */
export function captionItems(view: TimelineView): CaptionItem[] {
  return view.items
    .flatMap((item) => {
      const { content } = item.clip;
      const { sequence } = item.section;
      if (!sequence || content.kind !== 'text' || content.role !== 'caption') return [];
      return [{ ...item, text: content.text, words: content.words, sequenceId: sequence.id }];
    })
    .toSorted((a, b) => a.startFrame - b.startFrame || a.lane.index - b.lane.index);
}

/** Captions that hold these words, upper and lower case alike; all of them when there is nothing to find. */
export function findCaptions(items: readonly CaptionItem[], words: string): readonly CaptionItem[] {
  const wanted = words.trim().toLocaleLowerCase();
  if (wanted === '') return items;
  return items.filter(({ text }) => text.replaceAll(/\s+/g, ' ').toLocaleLowerCase().includes(wanted));
}

/** The caption on screen at a frame, else null. */
export function captionAt(items: readonly CaptionItem[], frame: Frames): CaptionItem | null {
  return items.find(({ startFrame, endFrame }) => frame >= startFrame && frame < endFrame) ?? null;
}

/** The caption after this one on its own track and in its own section, else null. */
export function captionAfter(items: readonly CaptionItem[], item: CaptionItem): CaptionItem | null {
  return (
    items.find(
      ({ track, section, startFrame }) =>
        track.id === item.track.id && section.slotId === item.section.slotId && startFrame > item.startFrame,
    ) ?? null
  );
}

/** The caption before this one on its own track and in its own section, else null. */
export function captionBefore(items: readonly CaptionItem[], item: CaptionItem): CaptionItem | null {
  return (
    items.findLast(
      ({ track, section, startFrame }) =>
        track.id === item.track.id && section.slotId === item.section.slotId && startFrame < item.startFrame,
    ) ?? null
  );
}

/** True when a section has captions on tracks of their own. */
export function hasCaptions({ sequence }: SectionView): boolean {
  return sequence?.tracks.some(isCaptionTrack) ?? false;
}
