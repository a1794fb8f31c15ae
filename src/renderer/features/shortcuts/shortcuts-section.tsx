import { Download, RotateCcw, Upload } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Button, type KeyOverrides, SearchInput, Select, toast } from '../../ui/index.ts';
import { knownCommands } from './catalog.ts';
import { findCommands, resetKeys, takeShortcut } from './keymap-edits.ts';
import { readKeymap, writeKeymap } from './keymap-file.ts';
import { keyPresets, presetOf } from './presets.ts';
import { ShortcutRow } from './shortcut-row.tsx';

interface ShortcutsSectionProps {
  shortcuts: KeyOverrides;
  /** Done once they are kept. */
  onChange: (shortcuts: Record<string, string[]>) => Promise<void>;
}

const plain = (keys: KeyOverrides) => Object.fromEntries(Object.entries(keys).map(([id, list]) => [id, [...list]]));

/** All commands with their keys, to be searched and changed. */
export function ShortcutsSection({ shortcuts: kept, onChange }: ShortcutsSectionProps) {
  const id = useId();
  const [search, setSearch] = useState('');
  const [all] = useState(() => knownCommands());
  // The next change builds on this one, whether it has been kept by then or not.
  const [latest, setLatest] = useState<KeyOverrides | null>(null);
  const shortcuts = latest ?? kept;
  const groups = findCommands(all, shortcuts, search);
  const change = (next: KeyOverrides) => {
    setLatest(next);
    void onChange(plain(next)).then(() => setLatest((now) => (now === next ? null : now)));
  };
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-2 text-base font-semibold">
        Keyboard
      </h3>
      <div className="rounded-lg border border-line bg-panel">
        <Presets shortcuts={shortcuts} onChange={change} />
        <div className="border-b border-line px-4 py-2.5">
          <SearchInput label="Search commands and keys" value={search} onChange={setSearch} />
        </div>
        <section
          aria-label="Commands and their keys"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and is scrolled by the arrow keys
          tabIndex={0}
          className="ring-inset-focus max-h-110 overflow-y-auto px-4 pb-3"
        >
          {groups.map(([group, commands]) => (
            <section key={group} aria-label={group}>
              <h4 className="sticky top-0 z-1 bg-panel pt-3 pb-1 text-xs font-semibold text-ink-3">{group}</h4>
              {commands.map((command) => (
                <ShortcutRow
                  key={command.id}
                  command={command}
                  all={all}
                  overrides={shortcuts}
                  onTake={(shortcut) => change(takeShortcut(shortcut, command, all, shortcuts))}
                  onReset={() => change(resetKeys(shortcuts, command))}
                  onChange={change}
                />
              ))}
            </section>
          ))}
          {groups.length === 0 && (
            <p className="py-6 text-center text-sm text-ink-3">No command or key fits “{search}”.</p>
          )}
        </section>
      </div>
    </section>
  );
}

function Presets({ shortcuts, onChange }: { shortcuts: KeyOverrides; onChange: (next: KeyOverrides) => void }) {
  const preset = presetOf(shortcuts);
  const file = useRef<HTMLInputElement>(null);
  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    try {
      onChange(readKeymap(await chosen.text()));
      toast.done(`Shortcuts read from “${chosen.name}”.`);
    } catch (error) {
      toast.error(error);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
      <Select
        label="Set of shortcuts"
        value={preset?.id ?? 'own'}
        onChange={(id) => {
          const chosen = keyPresets.find((one) => one.id === id);
          if (chosen) onChange(chosen.keys);
        }}
        options={[
          ...keyPresets.map(({ id, name }) => ({ value: id, label: name })),
          ...(preset ? [] : [{ value: 'own', label: 'My own' }]),
        ]}
        className="w-48"
      />
      <div className="grow" />
      <Button
        variant="ghost"
        icon={<RotateCcw className="size-4" />}
        disabled={preset?.id === 'spotloom'}
        onClick={() => onChange({})}
      >
        Reset all
      </Button>
      <Button variant="ghost" icon={<Upload className="size-4" />} onClick={() => file.current?.click()}>
        Import…
      </Button>
      <Button variant="ghost" icon={<Download className="size-4" />} onClick={() => save(writeKeymap(shortcuts))}>
        Export
      </Button>
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        aria-label="File of shortcuts"
        className="hidden"
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? [];
          void read(chosen);
          // The same file can be chosen again once it is mended.
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

/** Hands the shortcuts to the person as a file to keep. */
function save(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'spotloom-shortcuts.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
