import { type KeyboardEvent, useMemo } from 'react';
import { wordSpans, wordsOf } from '#shared/model/index.ts';
import type { Rate } from '#shared/units/index.ts';
import { formatTimecode } from '#shared/units/index.ts';
import { cn } from '../../ui/index.ts';
import { useTransportState } from '../player/index.ts';
import { useEditor } from '../timeline/editor-model.ts';
import { moveWordEdit } from './model/caption-edits.ts';
import { type CaptionItem, captionAt } from './model/caption-list.ts';

/** Frames a word moves by: with Shift, five. */
const stepOf = ({ shiftKey }: KeyboardEvent): number => (shiftKey ? 5 : 1);

/**
 * The words of the caption on screen, the one that is said marked: a click goes to a word, Alt+← and Alt+→ move where it
 * begins. Its height never changes, so that nothing below it moves while the ad plays.
 */
export function SaidWords({ items, rate }: { items: readonly CaptionItem[]; rate: Rate }) {
  const { transport, commit } = useEditor();
  const shownKey = useTransportState(transport, ({ frame }) => captionAt(items, frame)?.key ?? null);
  const item = items.find(({ key }) => key === shownKey) ?? null;
  const spans = useMemo(() => (item ? wordSpans(item.text, item.words, item.clip.lengthFrames) : []), [item]);
  const said = useTransportState(transport, ({ frame }) =>
    item ? spans.findLastIndex((span) => span.startFrame <= frame - item.startFrame) : -1,
  );
  return (
    <section
      aria-label="Words of the caption on screen"
      className="flex h-16 shrink-0 flex-wrap content-start gap-1 overflow-y-auto border-b border-line px-3 py-2"
    >
      {!item && <p className="text-sm text-ink-3">No caption at the playhead.</p>}
      {item &&
        wordsOf(item.text).map((word, at) => {
          const startFrame = item.startFrame + (spans[at]?.startFrame ?? 0);
          return (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: words repeat; their place tells them apart
              key={at}
              type="button"
              aria-current={at === said}
              aria-label={`${word}, said at ${formatTimecode(startFrame, rate)}`}
              disabled={item.track.isLocked}
              onClick={() => {
                transport.pause();
                transport.seek(Math.max(item.startFrame, Math.min(item.endFrame - 1, startFrame)));
              }}
              onKeyDown={(event) => {
                if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
                event.preventDefault();
                event.stopPropagation();
                const step = stepOf(event) * (event.key === 'ArrowLeft' ? -1 : 1);
                commit(moveWordEdit(item, at, step));
              }}
              className={cn(
                'h-6 rounded-sm px-1.5 text-sm',
                at === said ? 'bg-accent text-accent-ink' : 'bg-raise text-ink-2 hover:bg-lift',
              )}
            >
              {word}
            </button>
          );
        })}
    </section>
  );
}
