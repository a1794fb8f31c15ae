import { type RefObject, useEffect } from 'react';
import { ContextMenu } from '../../ui/index.ts';
import { useEditor } from '../timeline/editor-model.ts';
import { type Paragraph, type Script, wordAt } from './model/script.ts';
import type { WordSelection } from './model/selection.ts';
import { ScriptParagraph } from './script-paragraph.tsx';
import type { ScriptActions } from './use-script-actions.ts';
import { useScriptGestures, type WordRange, wordElement } from './use-script-gestures.ts';

interface ScriptViewProps {
  script: Script;
  /** Words to be marked, by their index: what was searched for. */
  marked: ReadonlySet<number>;
  actions: ScriptActions;
  selection: WordSelection | null;
  onSelect: (selection: WordSelection | null) => void;
  nameOf: (assetId: Paragraph['assetId']) => string;
  list: RefObject<HTMLDivElement | null>;
}

/** Lights the word that is said, without drawing anything anew; while playing it is kept in sight. */
function useLitWord(script: Script): void {
  const { transport } = useEditor();
  useEffect(() => {
    let lit: Element | null = null;
    const show = () => {
      const { frame, isPlaying } = transport.getState();
      const at = wordAt(script, frame);
      const word = at < 0 ? null : wordElement(at);
      if (word === lit && word?.hasAttribute('data-now') !== false) return;
      lit?.removeAttribute('data-now');
      word?.setAttribute('data-now', '');
      lit = word;
      if (isPlaying) word?.scrollIntoView({ block: 'nearest' });
    };
    show();
    const stop = transport.subscribe(show);
    return () => {
      stop();
      lit?.removeAttribute('data-now');
    };
  }, [transport, script]);
}

/** Words of the timeline as text: the playhead follows a click, keys and mouse choose words, Delete cuts them out. */
export function ScriptView({ script, marked, actions, selection, onSelect, nameOf, list }: ScriptViewProps) {
  const { base } = useEditor();
  const { handlers, menu, range, editing, done } = useScriptGestures({ script, actions, selection, onSelect, list });
  useLitWord(script);
  return (
    <ContextMenu items={menu}>
      <div
        ref={list}
        role="listbox"
        aria-label="Words"
        aria-multiselectable
        aria-activedescendant={selection ? `word-${selection.focus}` : undefined}
        tabIndex={0}
        {...handlers}
        className="min-h-0 grow touch-pan-y overflow-y-auto px-3 py-2 leading-6 select-none focus-visible:outline-1 focus-visible:-outline-offset-1"
      >
        {script.paragraphs.map((paragraph, at) => (
          <ScriptParagraph
            key={paragraph.key}
            paragraph={paragraph}
            rate={base.rate}
            heading={headingOf(script, at)}
            name={nameOf(paragraph.assetId)}
            {...clipped(range, paragraph)}
            marked={marked}
            editing={editing && beginsIn(editing, paragraph) ? editing : null}
            onDone={done}
          />
        ))}
      </div>
    </ContextMenu>
  );
}

/** The name of a part before its first paragraph, where several parts are shown. */
function headingOf({ paragraphs }: Script, at: number): string | null {
  const [section, before] = [paragraphs[at]?.section, paragraphs[at - 1]?.section];
  const isAlone = paragraphs.every((one) => one.section.slotId === section?.slotId);
  return section && !isAlone && before?.slotId !== section.slotId ? section.optionName : null;
}

const nothing = { selectedFrom: -1, selectedTo: -1 };

/** The part of a selection that lies in a paragraph: those it does not touch are not drawn anew. */
function clipped(range: WordRange | null, { from, words }: Paragraph) {
  const to = from + words.length - 1;
  if (!range || range.from > to || range.to < from) return nothing;
  return { selectedFrom: Math.max(from, range.from), selectedTo: Math.min(to, range.to) };
}

function beginsIn({ from }: WordRange, paragraph: Paragraph): boolean {
  return from >= paragraph.from && from < paragraph.from + paragraph.words.length;
}
