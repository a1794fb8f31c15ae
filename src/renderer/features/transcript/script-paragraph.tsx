import { memo, type ReactNode, useEffect, useRef, useState } from 'react';
import { joinWords, touches } from '#shared/transcript/index.ts';
import type { Rate } from '#shared/units/index.ts';
import { cn } from '../../ui/index.ts';
import type { Paragraph } from './model/script.ts';
import { shortTime } from './use-script-actions.ts';
import type { WordRange } from './use-script-gestures.ts';

interface ScriptParagraphProps {
  paragraph: Paragraph;
  rate: Rate;
  /** Name of the part that begins with it; null = it goes on. */
  heading: string | null;
  /** Of its media. */
  name: string;
  /** Words chosen in it, by their index in the script; none where the end lies before the start. */
  selectedFrom: number;
  selectedTo: number;
  marked: ReadonlySet<number>;
  /** Words that are being corrected, when they begin here. */
  editing: WordRange | null;
  /** `text` null: given up. */
  onDone: (words: WordRange, text: string | null) => void;
}

/** Below this a recogniser was guessing. */
const unsure = 0.5;

/** One look at a time: chosen, found, or said just now. */
function lookOf(isSelected: boolean, isMarked: boolean): string {
  if (isSelected) return 'bg-accent text-accent-ink';
  if (isMarked) return 'bg-warn-soft text-warn data-now:bg-accent-soft';
  return 'hover:bg-lift data-now:bg-accent-soft data-now:text-accent';
}

/** Words that are read together, with the time and the name of what says them. */
export const ScriptParagraph = memo(function ScriptParagraph(props: ScriptParagraphProps) {
  const { paragraph, rate, heading, name, selectedFrom, selectedTo, marked, editing, onDone } = props;
  const [first] = paragraph.words;
  const nodes: ReactNode[] = [];
  for (const [n, word] of paragraph.words.entries()) {
    const at = paragraph.from + n;
    if (editing && at > editing.from && at <= editing.to) continue;
    const last = paragraph.words[n - 1];
    if (last && !touches(last.text, word.text)) nodes.push(' ');
    if (editing?.from === at) {
      const words = paragraph.words.slice(n, n + editing.to - editing.from + 1);
      nodes.push(<WordBox key={at} words={editing} text={joinWords(words.map(({ text }) => text))} onDone={onDone} />);
      continue;
    }
    const isSelected = selectedFrom >= 0 && at >= selectedFrom && at <= selectedTo;
    nodes.push(
      // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and says which word is meant
      <span
        key={at}
        id={`word-${at}`}
        role="option"
        aria-selected={isSelected}
        data-word={at}
        className={cn(
          'rounded-sm px-px py-0.5 outline-none',
          word.confidence !== undefined &&
            word.confidence < unsure &&
            'underline decoration-warn decoration-dotted underline-offset-4',
          lookOf(isSelected, marked.has(at)),
        )}
      >
        {word.text}
      </span>,
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label={heading === null ? name : `${heading}: ${name}`}
      className="[contain-intrinsic-size:auto_72px] [content-visibility:auto]"
    >
      {heading !== null && (
        <div className="pt-1 text-xs font-semibold text-ink-2" aria-hidden>
          {heading}
        </div>
      )}
      <div className="flex items-baseline gap-2 text-2xs text-ink-3" aria-hidden>
        <span className="tabular">{first ? shortTime(first.startFrame, rate) : ''}</span>
        <span className="truncate">{paragraph.speaker ?? name}</span>
      </div>
      <div className="mb-2 text-base text-ink" dir="auto">
        {nodes}
      </div>
    </div>
  );
});

function WordBox({ words, text, onDone }: { words: WordRange; text: string; onDone: ScriptParagraphProps['onDone'] }) {
  const [value, setValue] = useState(text);
  const box = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    const take = () => {
      if (document.activeElement === box.current) return;
      box.current?.focus();
      box.current?.select();
    };
    take();
    // A menu that opened it hands the focus back once it has closed.
    const timer = setTimeout(take, 0);
    return () => clearTimeout(timer);
  }, []);
  const done = (next: string | null) => {
    if (isDone.current) return;
    isDone.current = true;
    onDone(words, next);
  };
  return (
    <input
      ref={box}
      aria-label={`Correct “${text}”`}
      value={value}
      maxLength={2000}
      spellCheck={false}
      onChange={(event) => setValue(event.target.value)}
      onBlur={() => document.hasFocus() && done(value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') done(value);
        if (event.key === 'Escape') done(null);
      }}
      className="field-sizing-content max-w-full min-w-8 rounded-sm border border-accent bg-raise px-1 text-base text-ink outline-none select-text"
    />
  );
}
