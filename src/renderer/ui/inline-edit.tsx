import { useEffect, useRef, useState } from 'react';
import { cn } from './cn.ts';
import { fieldClass } from './input.tsx';

interface InlineEditProps {
  value: string;
  /** Accessible name: "Name of Hook 1". */
  label: string;
  onCommit: (value: string) => void;
  /** Controlled editing, for a "Rename" command elsewhere. */
  isEditing: boolean;
  onEditingChange: (isEditing: boolean) => void;
  className?: string;
  maxLength?: number;
}

/** A name that becomes a text box on double click (or F2, or a "Rename" command). Enter keeps, Escape gives up. */
export function InlineEdit(props: InlineEditProps) {
  const { value, label, onCommit, isEditing, onEditingChange, className, maxLength = 200 } = props;
  if (isEditing) {
    const finish = (next: string | null) => {
      onEditingChange(false);
      const trimmed = next?.trim();
      if (trimmed && trimmed !== value) onCommit(trimmed);
    };
    return <EditBox value={value} label={label} maxLength={maxLength} className={className} onDone={finish} />;
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: double click is a shortcut; renaming is also in the menu and on F2
    <span
      title={value}
      onDoubleClick={(event) => {
        event.stopPropagation();
        onEditingChange(true);
      }}
      className={cn(!className?.includes('line-clamp') && 'truncate', className)}
    >
      {value}
    </span>
  );
}

interface EditBoxProps {
  value: string;
  label: string;
  maxLength: number;
  className?: string | undefined;
  /** null = given up. */
  onDone: (value: string | null) => void;
}

function EditBox({ value, label, maxLength, className, onDone }: EditBoxProps) {
  const [text, setText] = useState(value);
  const box = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  const done = (next: string | null) => {
    if (isDone.current) return;
    isDone.current = true;
    onDone(next);
  };
  useEffect(() => {
    // After a menu has closed it hands the focus back to its trigger; take it once that has happened.
    const timer = setTimeout(() => {
      box.current?.focus();
      box.current?.select();
    }, 0);
    return () => clearTimeout(timer);
  }, []);
  return (
    <input
      ref={box}
      aria-label={label}
      value={text}
      maxLength={maxLength}
      spellCheck={false}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => document.hasFocus() && done(text)}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') done(text);
        if (event.key === 'Escape') done(null);
      }}
      className={cn(fieldClass, 'h-6 w-full px-1', className)}
    />
  );
}
