import { useEffect, useRef, useState } from 'react';
import { cn, Input } from '../../ui/index.ts';
import { exampleName, namingProblem, namingTokens } from './naming.ts';

interface NamingFieldProps {
  id?: string;
  value: string;
  /** With a usable pattern only, when the box is left or Enter pressed. */
  onCommit: (pattern: string) => void;
  /** Shown instead of the made-up example: a name that will really be given. */
  preview?: string | null;
  className?: string;
}

/** A pattern for file names: typed, with tokens to click and a live preview. */
export function NamingField({ id, value, onCommit, preview, className }: NamingFieldProps) {
  const [text, setText] = useState(value);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => setText(value), [value]);
  const problem = namingProblem(text);
  const commit = (pattern: string) => {
    if (namingProblem(pattern) === null && pattern !== value) onCommit(pattern);
  };
  const insert = (token: string) => {
    const at = box.current?.selectionEnd ?? text.length;
    const next = `${text.slice(0, at)}{${token}}${text.slice(at)}`;
    setText(next);
    commit(next);
    box.current?.focus();
  };
  return (
    <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <Input
        ref={box}
        id={id}
        aria-label="Naming pattern"
        aria-invalid={problem !== null}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => commit(text)}
        onKeyDown={(event) => event.key === 'Enter' && commit(text)}
      />
      <div className="flex flex-wrap gap-1">
        {Object.keys(namingTokens).map((token) => (
          <button
            key={token}
            type="button"
            aria-label={`Insert ${token}`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => insert(token)}
            className="h-5 rounded-sm bg-lift px-1.5 text-xs text-ink-2 hover:text-ink"
          >
            {token}
          </button>
        ))}
      </div>
      {problem ? (
        <p role="alert" className="text-xs text-bad">
          {problem}
        </p>
      ) : (
        <p className="line-clamp-3 text-xs break-all text-ink-3" title={preview ?? exampleName(text)}>
          {preview ? 'First file' : 'For example'}: <span className="text-ink-2">{preview ?? exampleName(text)}</span>
        </p>
      )}
    </div>
  );
}
