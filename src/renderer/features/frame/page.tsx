import type { ReactNode } from 'react';

interface PageProps {
  title: string;
  /** Beside the title, small: counts. */
  note?: ReactNode;
  /** Right end of the title row. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page with a title row. */
export function Page({ title, note, actions, children }: PageProps) {
  return (
    <div className="flex min-h-0 grow flex-col">
      <header className="flex h-12 shrink-0 items-center gap-3 border-b border-line px-4">
        <h2 className="text-lg font-semibold">{title}</h2>
        {note && <span className="tabular text-sm text-ink-3">{note}</span>}
        <div className="ml-auto flex min-w-0 items-center gap-2">{actions}</div>
      </header>
      {children}
    </div>
  );
}
