import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { cn } from './cn.ts';
import { fieldClass, widthOf } from './input.tsx';

/** One choice of a {@link Select}. */
export interface SelectOption<Value extends string = string> {
  value: Value;
  label: string;
  /** Smaller text beside the label. */
  note?: string;
  isDisabled?: boolean;
}

interface SelectProps<Value extends string> {
  id?: string;
  /** Accessible name; leave out when a <label htmlFor> names it. */
  label?: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly SelectOption<Value>[];
  className?: string;
  isDisabled?: boolean;
}

const empty = '\u0000empty';

/** One of a list. Values may be empty strings. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { id, label, value, onChange, options, className, isDisabled = false } = props;
  return (
    <Radix.Root
      value={value === '' ? empty : value}
      onValueChange={(next) => onChange((next === empty ? '' : next) as Value)}
      disabled={isDisabled}
    >
      <Radix.Trigger
        id={id}
        aria-label={label}
        className={cn(
          fieldClass,
          widthOf(className),
          'flex h-7 items-center justify-between gap-1 text-left',
          className,
        )}
      >
        <span className="truncate">
          <Radix.Value />
        </span>
        <ChevronDown className="size-3.5 shrink-0 text-ink-3" aria-hidden />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-[min(20rem,var(--radix-select-content-available-height))] min-w-(--radix-select-trigger-width) animate-pop overflow-hidden rounded-md bg-raise p-1 shadow-pop"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value === '' ? empty : option.value}
                disabled={option.isDisabled ?? false}
                className="flex h-7 items-center gap-2 rounded-sm pr-2 pl-1.5 text-sm text-ink outline-none data-disabled:opacity-45 data-highlighted:bg-lift"
              >
                <span className="flex w-3.5 shrink-0">
                  <Radix.ItemIndicator>
                    <Check className="size-3.5 text-accent" aria-hidden />
                  </Radix.ItemIndicator>
                </span>
                <Radix.ItemText>{option.label}</Radix.ItemText>
                {option.note && <span className="ml-auto pl-4 text-xs text-ink-3">{option.note}</span>}
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
