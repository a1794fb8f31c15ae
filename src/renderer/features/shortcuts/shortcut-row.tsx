import { RotateCcw, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button, IconButton, Kbd, type KeyOverrides, shortcutOf } from '../../ui/index.ts';
import type { KnownCommand } from './catalog.ts';
import { dropShortcut, keysOf, usersOf } from './keymap-edits.ts';

interface ShortcutRowProps {
  command: KnownCommand;
  all: readonly KnownCommand[];
  overrides: KeyOverrides;
  /** Gives a shortcut to this command and takes it from the others. */
  onTake: (shortcut: string) => void;
  onReset: () => void;
  onChange: (overrides: KeyOverrides) => void;
}

/** One command: its keys, and the ways to change them. */
export function ShortcutRow({ command, all, overrides, onTake, onReset, onChange }: ShortcutRowProps) {
  const [isListening, setListening] = useState(false);
  const [wanted, setWanted] = useState<string | null>(null);
  const keys = keysOf(command, overrides);
  const others = wanted === null ? [] : usersOf(wanted, command, all, overrides);
  const choose = (shortcut: string) => {
    setListening(false);
    if (usersOf(shortcut, command, all, overrides).length > 0) setWanted(shortcut);
    else onTake(shortcut);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label={command.label} className="border-b border-line py-0.5 last:border-0">
      <div className="flex min-h-8 items-center gap-2">
        <span className="min-w-0 grow truncate text-sm">{command.label}</span>
        {isListening ? (
          <KeyCatcher onKeys={choose} onCancel={() => setListening(false)} />
        ) : (
          <>
            {keys.map((key) => (
              <span key={key} className="inline-flex shrink-0 items-center">
                <Kbd keys={key} isExact />
                <button
                  type="button"
                  aria-label={`Take away ${key}`}
                  title="Take this shortcut away"
                  onClick={() => onChange(dropShortcut(key, command, overrides))}
                  className="flex size-5 items-center justify-center rounded-sm text-ink-3 hover:text-ink"
                >
                  <X className="size-3" />
                </button>
              </span>
            ))}
            <Button size="sm" variant="ghost" onClick={() => setListening(true)}>
              {keys.length === 0 ? 'Set' : 'Change'}
            </Button>
          </>
        )}
        <span className="w-6 shrink-0">
          {overrides[command.id] && (
            <IconButton label={`Reset “${command.label}”`} size="sm" onClick={onReset}>
              <RotateCcw />
            </IconButton>
          )}
        </span>
      </div>
      {wanted !== null && others.length > 0 && (
        <div role="alert" className="mb-1 flex flex-wrap items-center gap-2 rounded-md bg-warn-soft px-2 py-1 text-sm">
          <Kbd keys={wanted} isExact />
          <span className="grow">is used by {others.map(({ label }) => `“${label}”`).join(' and ')}.</span>
          <Button
            size="sm"
            onClick={() => {
              onTake(wanted);
              setWanted(null);
            }}
          >
            Use it here instead
          </Button>
          <Button size="sm" variant="ghost" onClick={() => setWanted(null)}>
            Leave it
          </Button>
        </div>
      )}
    </div>
  );
}

/** Waits for the keys of a shortcut. Escape, and leaving it, call it off. */
function KeyCatcher({ onKeys, onCancel }: { onKeys: (shortcut: string) => void; onCancel: () => void }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <input
      ref={box}
      readOnly
      value="Press the keys…"
      aria-label="Press the new keys; Escape to leave it"
      onBlur={onCancel}
      onKeyDown={(event) => {
        if (event.key === 'Tab') return;
        event.preventDefault();
        event.stopPropagation();
        // Before the page's own shortcuts hear of it.
        event.nativeEvent.stopImmediatePropagation();
        if (event.key === 'Escape') return onCancel();
        const shortcut = shortcutOf(event.nativeEvent);
        if (shortcut) onKeys(shortcut);
      }}
      className="h-6 w-36 rounded-md border border-accent bg-raise px-2 text-sm text-ink-2 focus-visible:outline-none"
    />
  );
}
