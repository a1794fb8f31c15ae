import type { ReactNode } from 'react';
import { cn } from './cn.ts';

interface ProgressProps {
  label: string;
  /** 0 to 1; null = under way, length unknown. */
  fraction: number | null;
  className?: string;
  tone?: 'accent' | 'ok' | 'bad';
}

const tones = { accent: 'bg-accent', ok: 'bg-ok', bad: 'bg-bad' } as const;

/** How far something has come. */
export function Progress({ label, fraction, className, tone = 'accent' }: ProgressProps) {
  const percent = fraction === null ? null : Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      className={cn('h-1 overflow-hidden rounded-full bg-lift', className)}
    >
      <div
        className={cn('h-full rounded-full transition-[width]', tones[tone], percent === null && 'w-1/3 animate-pulse')}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}

/** What a badge says about the thing it sits on. */
export type BadgeTone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad' | 'dark';
const badgeTones: Record<BadgeTone, string> = {
  neutral: 'bg-lift text-ink-2',
  accent: 'bg-accent-soft text-accent',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  dark: 'dark-area bg-black/70 text-white',
};

/** A word or number on a coloured ground. `dark` is for pictures. */
export function Badge({
  tone = 'neutral',
  className,
  children,
}: {
  tone?: BadgeTone;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={cn(
        'tabular inline-flex h-4 shrink-0 items-center gap-1 rounded-sm px-1 text-xs font-medium whitespace-nowrap [&>svg]:size-3',
        badgeTones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** Teaches what to do. */
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
  size?: 'sm' | 'md';
}

/** What a place says while there is nothing in it. */
export function EmptyState({ icon, title, children, actions, className, size = 'md' }: EmptyStateProps) {
  return (
    <div
      className={cn(
        'flex min-h-0 grow flex-col items-center justify-center-safe overflow-y-auto p-6 text-center',
        className,
      )}
    >
      <div className={cn('mb-3 shrink-0 text-ink-3', size === 'sm' ? '[&>svg]:size-6' : '[&>svg]:size-9')} aria-hidden>
        {icon}
      </div>
      <h2 className={cn('font-semibold text-ink', size === 'sm' ? 'text-base' : 'text-lg')}>{title}</h2>
      {children && <div className="mt-1 max-w-96 text-sm text-ink-3">{children}</div>}
      {actions && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
