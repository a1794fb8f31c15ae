import { useEffect, useRef, useState } from 'react';
import type { Project } from '#shared/model/index.ts';
import { cn, formatCount, Input, Tooltip } from '../../ui/index.ts';
import { countCollisions, exampleName, namingProblem, tokenHelp } from './naming.ts';

interface NamingFieldProps {
  id?: string;
  value: string;
  /** With a usable pattern only, when the box is left or Enter pressed. */
  onCommit: (pattern: string) => void;
  /** Whose slots are tokens too. */
  project?: Project | null;
  /** Shown instead of a made-up example: the names that files will really get. */
  fileNames?: readonly string[];
  className?: string;
}

/** A pattern for file names: typed, with tokens to click and a live preview. */
export function NamingField({ id, value, onCommit, project = null, fileNames = [], className }: NamingFieldProps) {
  const [text, setText] = useState(value);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => setText(value), [value]);
  const problem = namingProblem(text, project);
  const commit = (pattern: string) => {
    if (namingProblem(pattern, project) === null && pattern !== value) onCommit(pattern);
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
        {tokenHelp(project).map(({ token, note }) => (
          <Tooltip key={token} label={note}>
            <button
              type="button"
              aria-label={`Insert ${token}`}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => insert(token)}
              className="h-5 rounded-sm bg-lift px-1.5 text-xs text-ink-2 hover:text-ink"
            >
              {token}
            </button>
          </Tooltip>
        ))}
      </div>
      {problem ? (
        <p role="alert" className="text-xs text-bad">
          {problem}
        </p>
      ) : (
        <Preview pattern={text} fileNames={text === value ? fileNames : []} />
      )}
    </div>
  );
}

const shownNames = 3;
/** Characters that are never cut off: where names of one batch mostly differ. */
const keptEnd = 18;

function Preview({ pattern, fileNames }: { pattern: string; fileNames: readonly string[] }) {
  const collisions = countCollisions(pattern, fileNames);
  if (fileNames.length === 0) {
    return (
      <p className="line-clamp-3 text-xs break-all text-ink-3">
        For example: <span className="text-ink-2">{exampleName(pattern)}</span>
      </p>
    );
  }
  return (
    <div className="text-xs text-ink-3">
      <ul aria-label="First names" className="flex flex-col">
        {fileNames.slice(0, shownNames).map((name) => (
          <li key={name} className="flex text-ink-2" title={name}>
            <span className="truncate whitespace-pre">{name.slice(0, -keptEnd)}</span>
            <span className="shrink-0 whitespace-pre">{name.slice(-keptEnd)}</span>
          </li>
        ))}
      </ul>
      {fileNames.length > shownNames && <p>and {fileNames.length - shownNames} more</p>}
      {collisions > 0 && (
        <p className="mt-0.5 text-warn">
          {formatCount(collisions, 'name is', 'names are')} taken and told apart by a number. Tokens such as {'{ratio}'}{' '}
          or {'{revision}'} make names differ.
        </p>
      )}
    </div>
  );
}
