import { Search, X } from 'lucide-react';
import { type ComponentProps, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { cn } from './cn.ts';

/** Look of every box one types or chooses in. */
export const fieldClass =
  'min-w-0 rounded-md border border-line-strong bg-raise px-2 text-sm text-ink placeholder:text-ink-3 hover:border-ink-3/60 focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-45 aria-invalid:border-bad';

/** Full width unless the class names say otherwise. */
export function widthOf(className: string | undefined): string {
  return /(^|\s)!?w-/.test(className ?? '') ? '' : 'w-full';
}

/** One line of text. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input type="text" spellCheck={false} {...rest} className={cn(fieldClass, widthOf(className), 'h-7', className)} />
  );
}

/** Several lines of text. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={3} {...rest} className={cn(fieldClass, widthOf(className), 'resize-y py-1.5', className)} />;
}

interface SearchInputProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  className?: string;
  ref?: React.Ref<HTMLInputElement>;
}

/** A search box with a button to empty it; Escape empties it too. */
export function SearchInput({ label, value, onChange, placeholder = label, className, ref }: SearchInputProps) {
  return (
    <div className={cn('relative min-w-0', className)}>
      <Search className="pointer-events-none absolute top-1.5 left-2 size-4 text-ink-3" aria-hidden />
      <Input
        ref={ref}
        type="search"
        aria-label={label}
        value={value}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          event.stopPropagation();
          onChange('');
        }}
        className="pr-7 pl-7 [&::-webkit-search-cancel-button]:hidden"
      />
      {value !== '' && (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => onChange('')}
          className="absolute top-1 right-1 flex size-5 items-center justify-center rounded-sm text-ink-3 hover:text-ink"
        >
          <X className="size-3.5" />
        </button>
      )}
    </div>
  );
}

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  className?: string;
  /** Gets the id the label refers to. */
  children: (id: string) => ReactNode;
}

/** A labelled control with an optional hint and its error below it. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-sm text-ink-2">
        {label}
      </label>
      {children(id)}
      {error ? (
        <p role="alert" className="text-xs text-bad">
          {error}
        </p>
      ) : (
        hint && <p className="text-xs text-ink-3">{hint}</p>
      )}
    </div>
  );
}

interface NumberInputProps {
  id?: string;
  label: string;
  value: number;
  onChange: (value: number) => void;
  min?: number;
  max?: number;
  step?: number;
  /** Written after the number: "%", "dB", "px". */
  unit?: string;
  className?: string;
  isDisabled?: boolean;
}

/** A number to type or step with the arrow keys (Shift = ten steps). Out-of-range entries are brought to the nearest end. */
export function NumberInput(props: NumberInputProps) {
  const { id, label, value, onChange, min = -Infinity, max = Infinity, step = 1, unit, className, isDisabled } = props;
  const show = (number: number) => String(Math.round(number * 1000) / 1000);
  const [text, setText] = useState(show(value));
  const isEditing = useRef(false);
  useEffect(() => {
    if (!isEditing.current) setText(String(Math.round(value * 1000) / 1000));
  }, [value]);
  const commit = (next: number) => {
    const bounded = Math.min(max, Math.max(min, next));
    setText(show(bounded));
    if (bounded !== value) onChange(bounded);
  };
  const commitText = () => {
    isEditing.current = false;
    const number = Number(text.replace(',', '.'));
    commit(text.trim() !== '' && Number.isFinite(number) ? number : value);
  };
  return (
    <div className={cn('relative', className)}>
      <Input
        id={id}
        inputMode="decimal"
        aria-label={label}
        value={text}
        disabled={isDisabled}
        onFocus={(event) => {
          isEditing.current = true;
          event.target.select();
        }}
        onChange={(event) => setText(event.target.value)}
        onBlur={commitText}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commitText();
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          const number = Number(text.replace(',', '.'));
          const from = Number.isFinite(number) ? number : value;
          commit(from + (event.key === 'ArrowUp' ? 1 : -1) * step * (event.shiftKey ? 10 : 1));
        }}
        className={cn('tabular', unit && 'pr-7')}
      />
      {unit && (
        <span className="pointer-events-none absolute top-1.5 right-2 text-sm text-ink-3" aria-hidden>
          {unit}
        </span>
      )}
    </div>
  );
}
