import { Keyboard } from 'lucide-react';
import { useMemo, useState } from 'react';
import { type Command, Dialog, EmptyState, Kbd, SearchInput, useCurrentCommands } from '../../ui/index.ts';

/** Commands that have keys, by group, in the order they are offered; the same label is listed once. */
export function groupShortcuts(commands: readonly Command[], search: string): [string, Command[]][] {
  const groups = new Map<string, Command[]>();
  const wanted = search.trim().toLowerCase();
  for (const command of commands) {
    if (!command.keys) continue;
    const label = command.label.replace(/^(Undo|Redo): .*/, '$1');
    if (wanted && !`${label} ${command.group}`.toLowerCase().includes(wanted)) continue;
    const group = groups.get(command.group) ?? [];
    if (!group.some((one) => one.label === label)) group.push({ ...command, label });
    groups.set(command.group, group);
  }
  return [...groups];
}

/** Every shortcut of the page one is on. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const commands = useCurrentCommands();
  const [search, setSearch] = useState('');
  const groups = useMemo(() => groupShortcuts(commands, search), [commands, search]);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Keyboard shortcuts"
      description="Those of the page you are on, and those that work everywhere."
      className="h-140 w-160"
      isFlush
    >
      <SearchInput label="Search shortcuts" value={search} onChange={setSearch} className="mx-4 mb-3" />
      <section
        aria-label="All shortcuts"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and is scrolled by the arrow keys
        tabIndex={0}
        className="ring-inset-focus grid min-h-0 grow grid-cols-2 content-start gap-x-8 overflow-y-auto px-4 pb-4"
      >
        {groups.map(([group, list]) => (
          <section key={group} aria-label={group} className="mb-4">
            <h3 className="mb-1 text-xs font-semibold text-ink-3">{group}</h3>
            <dl>
              {list.map((command) => (
                <div key={command.id} className="flex h-7 items-center justify-between gap-3 border-b border-line">
                  <dt className="truncate text-sm">{command.label}</dt>
                  <dd className="flex shrink-0 gap-2">
                    {[command.keys ?? []].flat().map((keys) => (
                      <Kbd key={keys} isExact keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </section>
      {groups.length === 0 && (
        <EmptyState size="sm" icon={<Keyboard />} title="No shortcut by that name" className="pb-24" />
      )}
    </Dialog>
  );
}
