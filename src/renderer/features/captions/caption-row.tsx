import { type KeyboardEvent, memo, useRef, useState } from 'react';
import { isEditedByHand } from '#shared/transcript/index.ts';
import { formatTimecode, type Rate } from '#shared/units/index.ts';
import { cn } from '../../ui/index.ts';
import type { CaptionItem } from './model/caption-list.ts';

/** What a line of the list does; the same functions for all lines. */
export interface RowActions {
  /** The caret came into a line. */
  enter: (item: CaptionItem) => void;
  /** Shows words that are not kept yet. */
  preview: (item: CaptionItem, text: string) => void;
  /** Keeps the words; null = as they were. */
  keep: (item: CaptionItem, text: string | null) => void;
  /** Each of these answers whether there was something to do. */
  split: (item: CaptionItem, text: string, caret: number) => boolean;
  mergeWithNext: (item: CaptionItem, text: string) => boolean;
  mergeWithPrevious: (item: CaptionItem, text: string) => boolean;
  /** Puts the caret into the line above (−1) or below (1). */
  go: (item: CaptionItem, direction: 1 | -1) => boolean;
}

interface CaptionRowProps {
  item: CaptionItem;
  rate: Rate;
  /** On screen at the playhead. */
  isShown: boolean;
  actions: RowActions;
}

const shortTime = (frame: number, rate: Rate): string => formatTimecode(frame, rate).replace(/^00:/, '');

/** One caption: its times and its words, which are edited in place. */
export const CaptionRow = memo(function CaptionRow({ item, rate, isShown, actions }: CaptionRowProps) {
  const [words, setWords] = useState<string | null>(null);
  // Escape and edits that replace the words leave nothing to be kept when the caret goes.
  const isSettled = useRef(false);
  const text = words ?? item.text;
  const settle = () => {
    isSettled.current = true;
    setWords(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const box = event.currentTarget;
    const act = rowKey(event, box);
    if (!act) return;
    const isDone = perform(act, box);
    if (!isDone) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const perform = (act: RowAct, box: HTMLTextAreaElement): boolean => {
    switch (act) {
      case 'cancel':
        settle();
        actions.keep(item, null);
        box.blur();
        return true;
      case 'split':
        if (actions.split(item, text, box.selectionStart)) settle();
        else actions.go(item, 1);
        return true;
      case 'next':
      case 'previous': {
        const merge = act === 'next' ? actions.mergeWithNext : actions.mergeWithPrevious;
        const isMerged = merge(item, text);
        if (isMerged) settle();
        return isMerged;
      }
      default:
        return actions.go(item, act === 'up' ? -1 : 1);
    }
  };
  return (
    <li
      data-caption={item.key}
      aria-current={isShown}
      className={cn(
        'flex flex-col gap-0.5 border-l-2 px-3 py-1.5 [contain-intrinsic-size:auto_56px] [content-visibility:auto]',
        isShown ? 'border-accent bg-accent-soft' : 'border-transparent hover:bg-raise',
      )}
    >
      <span className="flex items-baseline justify-between gap-2 text-2xs text-ink-3">
        <span className="tabular">
          {shortTime(item.startFrame, rate)} – {shortTime(item.endFrame, rate)}
        </span>
        {isOwn(item) && (
          <span className="text-warn" title="Corrections of the transcript do not show here">
            edited by hand
          </span>
        )}
      </span>
      <textarea
        aria-label={`Caption at ${shortTime(item.startFrame, rate)}`}
        rows={1}
        maxLength={5000}
        value={text}
        disabled={item.track.isLocked}
        onFocus={() => {
          isSettled.current = false;
          actions.enter(item);
        }}
        onChange={(event) => {
          isSettled.current = false;
          setWords(event.target.value);
          actions.preview(item, event.target.value);
        }}
        onBlur={() => {
          if (!isSettled.current && words !== null) actions.keep(item, words);
          setWords(null);
        }}
        onKeyDown={onKeyDown}
        className="field-sizing-content w-full resize-none rounded-sm bg-transparent text-sm text-ink focus-visible:outline-1 focus-visible:outline-offset-2"
      />
    </li>
  );
});

/** True for a caption made from a transcript whose words somebody has changed here. */
function isOwn({ clip: { content } }: CaptionItem): boolean {
  return (
    content.kind === 'text' && content.transcript !== undefined && isEditedByHand({ content, link: content.transcript })
  );
}

type RowAct = 'split' | 'next' | 'previous' | 'up' | 'down' | 'cancel';

/** What a key means in the words of a caption; null = what it always means. */
function rowKey(event: KeyboardEvent, box: HTMLTextAreaElement): RowAct | null {
  if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  const { selectionStart: start, selectionEnd: end, value } = box;
  const isCaret = start === end;
  switch (event.key) {
    case 'Escape':
      return 'cancel';
    case 'Enter':
      return event.shiftKey || !isCaret ? null : 'split';
    case 'Backspace':
      return isCaret && start === 0 ? 'previous' : null;
    case 'Delete':
      return isCaret && end === value.length ? 'next' : null;
    case 'ArrowUp':
      return isCaret && !event.shiftKey && !value.slice(0, start).includes('\n') ? 'up' : null;
    case 'ArrowDown':
      return isCaret && !event.shiftKey && !value.slice(end).includes('\n') ? 'down' : null;
    default:
      return null;
  }
}
