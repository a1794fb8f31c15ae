import { cn } from './cn.ts';
import { formatShortcut } from './commands/keys.ts';

/** A shortcut as the user's keyboard names it: "Mod+K" shows ⌘K or Ctrl K. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  return (
    <kbd className={cn('inline-flex gap-0.5 font-sans text-xs text-ink-3', className)}>
      {formatShortcut(keys).map((part) => (
        <span
          key={part}
          className="inline-flex h-4 min-w-4 items-center justify-center rounded-sm border border-line-strong bg-raise px-1 leading-none"
        >
          {part}
        </span>
      ))}
    </kbd>
  );
}
