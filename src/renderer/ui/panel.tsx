import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';

interface PanelProps extends Omit<ComponentProps<'section'>, 'title'> {
  title?: ReactNode;
  /** Accessible name where the title is not plain text. */
  label?: string;
  /** Right end of the title row. */
  actions?: ReactNode;
}

/** A part of a page: surface, optional title row, content. */
export function Panel({ title, label, actions, className, children, ...rest }: PanelProps) {
  return (
    <section
      aria-label={label ?? (typeof title === 'string' ? title : undefined)}
      // F6 comes here; Tab goes on from here.
      tabIndex={-1}
      data-area
      {...rest}
      className={cn('ring-inset-focus flex min-h-0 min-w-0 flex-col bg-panel', className)}
    >
      {(title || actions) && (
        <header className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3">
          <h2 className="min-w-16 grow truncate text-sm font-semibold text-ink">{title}</h2>
          <div className="flex min-w-0 items-center gap-1 overflow-x-auto [scrollbar-width:none]">{actions}</div>
        </header>
      )}
      {children}
    </section>
  );
}
