import { type ReactNode, useId } from 'react';
import type { Settings } from '#shared/contract/index.ts';

/** A group of settings. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-2 text-base font-semibold">
        {title}
      </h3>
      <div className="divide-y divide-line rounded-lg border border-line bg-panel">{children}</div>
    </section>
  );
}

interface RowProps {
  label: string;
  hint?: ReactNode;
  children: (id: string) => ReactNode;
}

/** One setting: what it is on the left, its control on the right. */
export function Row({ label, hint, children }: RowProps) {
  const id = useId();
  return (
    <div className="flex min-h-13 items-center gap-6 px-4 py-2.5">
      <div className="min-w-0 basis-72">
        <label htmlFor={id} className="text-base text-ink">
          {label}
        </label>
        {hint && <p className="text-sm text-ink-3">{hint}</p>}
      </div>
      <div className="flex min-w-0 grow justify-end">{children(id)}</div>
    </div>
  );
}

/** A section's way to the settings. */
export interface SectionProps {
  settings: Settings;
  /** Done once the engine has answered; failures are told to the person. */
  update: (patch: Partial<Settings>) => Promise<void>;
}
