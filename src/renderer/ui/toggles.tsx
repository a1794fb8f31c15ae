import { Check, Minus } from 'lucide-react';
import { Switch as RadixSwitch, ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

interface SwitchProps {
  id?: string;
  label?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  isDisabled?: boolean;
}

/** On or off, at once. */
export function Switch({ id, label, isOn, onChange, isDisabled = false }: SwitchProps) {
  return (
    <RadixSwitch.Root
      id={id}
      aria-label={label}
      checked={isOn}
      onCheckedChange={onChange}
      disabled={isDisabled}
      className="inline-flex h-4 w-7 shrink-0 items-center rounded-full bg-line-strong px-0.5 transition-colors disabled:opacity-45 data-[state=checked]:bg-accent"
    >
      <RadixSwitch.Thumb className="size-3 rounded-full bg-white transition-transform data-[state=checked]:translate-x-3" />
    </RadixSwitch.Root>
  );
}

interface CheckboxProps {
  id?: string;
  /** Accessible name; shown beside the box unless `isLabelHidden`. */
  label: string;
  isLabelHidden?: boolean;
  /** `mixed`: some of what it stands for. */
  value: boolean | 'mixed';
  onChange: (value: boolean) => void;
  isDisabled?: boolean;
  /** Where keys of what is around it do the same. */
  isOutOfTabOrder?: boolean;
  className?: string;
}

/** A tick box. Plain elements: grids draw hundreds, and a primitive's states, refs and hidden input cost more than the cell. */
export function Checkbox(props: CheckboxProps) {
  const { id, label, isLabelHidden = false, value, onChange, isDisabled = false, isOutOfTabOrder, className } = props;
  const box = (
    // biome-ignore lint/a11y/useSemanticElements: an input cannot be drawn, and has no mixed state of its own
    <button
      type="button"
      role="checkbox"
      id={id}
      aria-label={label}
      aria-checked={value}
      data-state={value === 'mixed' ? 'indeterminate' : value ? 'checked' : 'unchecked'}
      onClick={() => onChange(value !== true)}
      // Tick boxes answer to Space alone.
      onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      disabled={isDisabled}
      tabIndex={isOutOfTabOrder ? -1 : undefined}
      className={cn(
        'flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-raise hover:border-ink-3 disabled:opacity-45 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent',
        isLabelHidden && className,
      )}
    >
      {value === 'mixed' && <Minus className="size-3 text-accent-ink" strokeWidth={3} aria-hidden />}
      {value === true && <Check className="size-3 text-accent-ink" strokeWidth={3} aria-hidden />}
    </button>
  );
  if (isLabelHidden) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the box inside it
    <label className={cn('inline-flex items-center gap-2 text-sm text-ink', className)}>
      {box}
      {label}
    </label>
  );
}

interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; name?: string }[];
  size?: 'sm' | 'md';
  className?: string;
}

/** One of a few, all visible: ratios, view modes. `name` is the accessible name when the label is an icon. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, value, onChange, options, size = 'md', className } = props;
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => next && onChange(next as Value)}
      className={cn('inline-flex shrink-0 rounded-md border border-line bg-app p-0.5', className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          aria-label={option.name}
          title={option.name}
          className={cn(
            'flex items-center justify-center rounded-sm px-2 text-sm text-ink-3 hover:text-ink data-[state=on]:bg-lift data-[state=on]:text-ink [&>svg]:size-4',
            size === 'sm' ? 'h-5' : 'h-6',
          )}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
