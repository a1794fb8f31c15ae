import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useRef,
  useState,
} from 'react';
import type { MenuItem } from '../../ui/index.ts';
import { useEditor } from '../timeline/editor-model.ts';
import { correctable, paragraphAt, type Script } from './model/script.ts';
import { moveSelection, rangeOf, type WordSelection } from './model/selection.ts';
import type { ScriptActions } from './use-script-actions.ts';

/** Words from one to another, by their index in the script. */
export interface WordRange {
  from: number;
  to: number;
}

interface GestureScene {
  script: Script;
  actions: ScriptActions;
  selection: WordSelection | null;
  onSelect: (selection: WordSelection | null) => void;
  list: RefObject<HTMLDivElement | null>;
}

const isBox = (target: EventTarget): boolean => target instanceof HTMLInputElement;

function wordIndexOf(target: EventTarget | null): number | null {
  const word = target instanceof Element ? target.closest<HTMLElement>('[data-word]') : null;
  return word ? Number(word.dataset.word) : null;
}

/** Where a word is on the page; by its id, as a search among ten thousand at each frame would be felt. */
export function wordElement(index: number): HTMLElement | null {
  return document.getElementById(`word-${index}`);
}

/** What mouse and keys do in the script: choosing words, going to them, correcting and cutting them. */
export function useScriptGestures({ script, actions, selection, onSelect, list }: GestureScene) {
  const { transport } = useEditor();
  const [editing, setEditing] = useState<WordRange | null>(null);
  const drag = useRef<number | null>(null);
  const range = selection ? rangeOf(selection) : null;

  const seekTo = (at: number) => {
    const word = script.words[at];
    if (!word) return;
    transport.pause();
    transport.seek(word.startFrame);
  };
  const cut = () => {
    if (!range) return;
    const label = range.from === range.to ? 'Cut word' : 'Cut words';
    if (!actions.cutWords((at) => at >= range.from && at <= range.to, label)) return;
    const focus = Math.max(0, range.from - 1);
    onSelect({ anchor: focus, focus });
    list.current?.focus();
  };
  const edit = ({ from, to }: WordRange) => {
    // Of what is chosen, the words that are read together: a box cannot stand in two paragraphs.
    const paragraph = paragraphAt(script, from);
    const last = paragraph ? paragraph.from + paragraph.words.length - 1 : from;
    setEditing(correctable(script, from, Math.min(to, last)));
  };
  const answerKey = (event: KeyboardEvent): boolean => {
    const moved = moveSelection(selection, event, script.words.length);
    if (moved) {
      onSelect(moved);
      if (!event.shiftKey) seekTo(moved.focus);
      wordElement(moved.focus)?.scrollIntoView({ block: 'nearest' });
      return true;
    }
    if (!range) return false;
    if (event.key === 'Delete' || event.key === 'Backspace') cut();
    else if (event.key === 'Enter' || event.key === 'F2') edit(range);
    else if (event.key === 'Escape') onSelect(null);
    else return false;
    return true;
  };
  const menu: MenuItem[] = [
    { label: 'Cut out of the video', shortcut: 'Delete', isDisabled: !range, onSelect: cut },
    { label: 'Correct…', shortcut: 'Enter', isDisabled: !range, onSelect: () => range && edit(range) },
  ];
  const done = useCallback(
    (words: WordRange, text: string | null) => {
      setEditing(null);
      if (text !== null) actions.correct(words.from, words.to, text);
      list.current?.focus();
    },
    [actions, list],
  );
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      const at = wordIndexOf(event.target);
      if (event.button !== 0 || at === null || isBox(event.target)) return;
      drag.current = at;
      onSelect({ anchor: event.shiftKey && selection ? selection.anchor : at, focus: at });
      if (!event.shiftKey) seekTo(at);
    },
    onPointerMove: (event: PointerEvent) => {
      if (drag.current === null || event.buttons !== 1) return;
      const at = wordIndexOf(document.elementFromPoint(event.clientX, event.clientY));
      if (at !== null && at !== selection?.focus) onSelect({ anchor: drag.current, focus: at });
    },
    onPointerUp: () => {
      drag.current = null;
    },
    onContextMenu: (event: MouseEvent) => {
      const at = wordIndexOf(event.target);
      const isInside = range !== null && at !== null && at >= range.from && at <= range.to;
      if (at !== null && !isInside) onSelect({ anchor: at, focus: at });
    },
    onDoubleClick: (event: MouseEvent) => {
      const at = wordIndexOf(event.target);
      if (at !== null && !isBox(event.target)) edit({ from: at, to: at });
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!answerKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
  return { handlers, menu, range, editing, done };
}
