import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { type ClipId, type EditInput, newId } from '#shared/model/index.ts';
import type { Transport } from '../../preview/transport.ts';
import { itemKey } from '../timeline/model/lanes.ts';
import type { RowActions } from './caption-row.tsx';
import { captionTextEdit, mergeCaptionsEdit, splitCaptionEdit } from './model/caption-edits.ts';
import { type CaptionItem, captionAfter, captionBefore } from './model/caption-list.ts';

interface RowScene {
  /** All captions, without the words under way. */
  items: readonly CaptionItem[];
  /** Those in the list, in its order. */
  shown: readonly CaptionItem[];
  transport: Transport;
  commit: (edit: EditInput | null) => boolean;
  draft: (edit: EditInput | null) => void;
  select: (keys: Iterable<string>) => void;
}

function putCaret(list: HTMLElement | null, key: string, caret: number): boolean {
  const box = list?.querySelector<HTMLTextAreaElement>(`[data-caption="${CSS.escape(key)}"] textarea`);
  if (!box || box.disabled) return false;
  box.focus();
  box.setSelectionRange(caret, caret);
  return document.activeElement === box;
}

/** What the lines of the list do, on the captions as they are when it is done; the same functions for as long as it is seen. */
export function useRowActions(list: RefObject<HTMLElement | null>, scene: RowScene): RowActions {
  const latest = useRef(scene);
  latest.current = scene;
  /** Where the caret goes once the captions are others than `before`. */
  const wanted = useRef<{ key: string; caret: number; before: readonly CaptionItem[] } | null>(null);
  useEffect(() => {
    const place = wanted.current;
    if (!place || place.before === scene.items) return;
    if (putCaret(list.current, place.key, place.caret)) wanted.current = null;
  });
  return useMemo(() => {
    const change = (edit: EditInput | null, key: string, caret: number): boolean => {
      if (!edit) return false;
      wanted.current = { key, caret, before: latest.current.items };
      const isDone = latest.current.commit(edit);
      if (!isDone) wanted.current = null;
      return isDone;
    };
    return {
      enter: (item) => {
        const { transport, select } = latest.current;
        // The person has gone elsewhere.
        if (wanted.current?.key !== item.key) wanted.current = null;
        const { frame } = transport.getState();
        transport.pause();
        if (frame < item.startFrame || frame >= item.endFrame) transport.seek(item.startFrame);
        select([item.key]);
      },
      preview: (item, text) => latest.current.draft(captionTextEdit(item, text)),
      keep: (item, text) => void latest.current.commit(text === null ? null : captionTextEdit(item, text)),
      split: (item, text, caret) => {
        const id = newId<ClipId>('clip');
        return change(splitCaptionEdit(item, text, caret, id), itemKey(item.section, id), 0);
      },
      mergeWithNext: (item, text) => {
        const next = captionAfter(latest.current.items, item);
        return next !== null && change(mergeCaptionsEdit(item, next, text), item.key, text.trim().length);
      },
      mergeWithPrevious: (item, text) => {
        const previous = captionBefore(latest.current.items, item);
        if (!previous) return false;
        const edit = mergeCaptionsEdit(previous, { ...item, text }, previous.text);
        return change(edit, previous.key, previous.text.trim().length);
      },
      go: (item, direction) => {
        const { shown } = latest.current;
        const other = shown[shown.findIndex(({ key }) => key === item.key) + direction];
        if (!other) return false;
        return putCaret(list.current, other.key, direction > 0 ? 0 : other.text.length);
      },
    };
  }, [list]);
}
