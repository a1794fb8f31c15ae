import { cn } from './cn.ts';
import { formatShortcut } from './commands/keys.ts';
import { useShownShortcut } from './commands/use-commands.ts';

interface KbdProps {
  /** "Mod+K". */
  keys: string;
  /** These keys, even where the person has chosen others for the command that comes with them. */
  isExact?: boolean;
  className?: string;
}

/**
 * A shortcut as the user's keyboard names it: "Mod+K" shows ⌘K or Ctrl K. Name the keys that a command comes with: what
 * the person has chosen instead is shown.
 */
export function Kbd({ keys, isExact = false, className }: KbdProps) {
  const chosen = useShownShortcut(keys);
  const shown = isExact ? keys : chosen;
  if (shown === null) return null;
  return (
    <kbd className={cn('inline-flex gap-0.5 font-sans text-xs text-ink-3', className)}>
      {formatShortcut(shown).map((part) => (
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
