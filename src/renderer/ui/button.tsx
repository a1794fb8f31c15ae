import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';
import { Spinner } from './spinner.tsx';
import { Tooltip } from './tooltip.tsx';

/** `primary` once per view; `secondary` is the usual one; `ghost` inside toolbars; `danger` for what removes. */
export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
/** Heights of 24, 28 and 32 px. */
export type ButtonSize = 'sm' | 'md' | 'lg';

const base =
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors duration-100 disabled:opacity-45';
const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-accent-ink font-semibold enabled:hover:bg-accent-hover',
  secondary: 'bg-raise text-ink border border-line-strong enabled:hover:bg-lift',
  ghost: 'text-ink-2 enabled:hover:bg-lift enabled:hover:text-ink',
  danger: 'bg-bad-soft text-bad border border-bad/30 enabled:hover:bg-bad/25',
};
const sizes: Record<ButtonSize, string> = {
  sm: 'h-6 px-2 text-sm',
  md: 'h-7 px-2.5 text-sm',
  lg: 'h-8 px-3.5 text-base',
};

interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Shows a spinner and refuses clicks while something started by it is under way. */
  isBusy?: boolean;
  icon?: ReactNode;
}

/** A button with words. */
export function Button(props: ButtonProps) {
  const { variant = 'secondary', size = 'md', isBusy = false, icon, className, children, disabled, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
      className={cn(base, variants[variant], sizes[size], className)}
    >
      {isBusy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does: the accessible name and the tooltip. */
  label: string;
  /** Shown in the tooltip, e.g. "Mod+Z". */
  shortcut?: string;
  size?: ButtonSize;
  /** For toggles: pressed state, announced and drawn. */
  isActive?: boolean;
  variant?: 'ghost' | 'secondary';
  tooltipSide?: 'top' | 'bottom' | 'left' | 'right';
}

const iconSizes: Record<ButtonSize, string> = { sm: 'size-6', md: 'size-7', lg: 'size-8' };

/** A square button with an icon; its label is read out and shown as tooltip. */
export function IconButton(props: IconButtonProps) {
  const { label, shortcut, size = 'md', isActive, variant = 'ghost', tooltipSide, className, ...rest } = props;
  return (
    <Tooltip label={label} shortcut={shortcut} side={tooltipSide}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={isActive}
        {...rest}
        className={cn(
          base,
          variants[variant],
          iconSizes[size],
          '[&>svg]:size-4',
          isActive && 'bg-accent-soft text-accent enabled:hover:text-accent-hover',
          className,
        )}
      />
    </Tooltip>
  );
}
