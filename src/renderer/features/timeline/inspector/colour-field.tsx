import { useRef, useState } from 'react';
import { Input } from '../../../ui/index.ts';

interface ColourFieldProps {
  label: string;
  /** "#RRGGBB" or "#RRGGBBAA". */
  value: string;
  onPreview: (value: string) => void;
  onCommit: (value: string) => void;
}

/** A colour by the system's picker or by its hex digits; the transparency of the old value stays unless it is typed. */
export function ColourField({ label, value, onPreview, onCommit }: ColourFieldProps) {
  const [text, setText] = useState<string | null>(null);
  const picked = useRef<string | null>(null);
  const alpha = value.slice(7);
  const commitText = () => {
    const entered = text === null ? value : text.startsWith('#') ? text : `#${text}`;
    setText(null);
    if (/^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(entered) && entered !== value) onCommit(entered.toUpperCase());
  };
  return (
    <div className="flex min-w-0 grow items-center gap-1.5">
      <input
        type="color"
        aria-label={label}
        value={value.slice(0, 7)}
        onChange={(event) => {
          picked.current = event.currentTarget.value.toUpperCase() + alpha;
          onPreview(picked.current);
        }}
        onBlur={() => {
          // The value shown already contains what was picked: whether there is something to keep is known here alone.
          if (picked.current !== null) onCommit(picked.current);
          picked.current = null;
        }}
        className="h-6 w-8 shrink-0 cursor-pointer rounded-md border border-line-strong bg-raise p-0.5"
      />
      <Input
        aria-label={`${label}, hex`}
        value={text ?? value}
        onChange={(event) => setText(event.target.value)}
        onBlur={commitText}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        className="tabular font-mono"
      />
    </div>
  );
}
