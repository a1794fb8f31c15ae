import type { ReactNode } from 'react';
import { cn, Slider } from '../../../ui/index.ts';

/** A titled group of the inspector. */
export function Group({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-b border-line px-3 py-2.5">
      <header className="mb-1.5 flex h-5 items-center justify-between">
        <h3 className="text-xs font-semibold text-ink-2">{title}</h3>
        {action}
      </header>
      <div className="@container flex flex-col gap-1.5">{children}</div>
    </section>
  );
}

interface RowProps {
  label: string;
  /** Beside the name, e.g. that the value differs here. */
  mark?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A line: name at the left, control at the right; above one another where there is no room. */
export function Row({ label, mark, children, className }: RowProps) {
  return (
    <div
      className={cn('grid min-h-7 items-center gap-x-2 gap-y-0.5 @[190px]:grid-cols-[84px_minmax(0,1fr)]', className)}
    >
      <span className={cn('flex min-w-0 items-center gap-1.5', label === '' && '@max-[190px]:hidden')}>
        <span className="truncate text-sm text-ink-3">{label}</span>
        {mark}
      </span>
      <div className="flex min-w-0 items-center gap-1.5">{children}</div>
    </div>
  );
}

/** A fact that cannot be changed here. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Row label={label} className="min-h-6">
      <span data-selectable className="min-w-0 truncate text-sm text-ink">
        {children}
      </span>
    </Row>
  );
}

interface SliderRowProps {
  label: string;
  /** Beside the name. */
  mark?: ReactNode;
  value: number;
  min: number;
  max: number;
  step: number;
  /** The number beside the slider. */
  field: ReactNode;
  /** Behind the number. */
  after?: ReactNode;
  onChange: (value: number) => void;
  onCommit: (value: number) => void;
}

/** A value to drag, with its number beside it. */
export function SliderRow({ label, mark, value, min, max, step, field, after, onChange, onCommit }: SliderRowProps) {
  return (
    <Row label={label} mark={mark}>
      <Slider
        label={label}
        value={Math.min(max, Math.max(min, value))}
        min={min}
        max={max}
        step={step}
        onChange={onChange}
        onCommit={onCommit}
      />
      <div className="w-18 shrink-0">{field}</div>
      {after}
    </Row>
  );
}
