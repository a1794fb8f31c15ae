import { Slider as Radix } from 'radix-ui';
import { cn } from './cn.ts';
import { widthOf } from './input.tsx';

interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  /** While dragging. */
  onChange: (value: number) => void;
  /** Once, when let go: where an edit belongs. */
  onCommit?: (value: number) => void;
  /** The value in words, for those who cannot see it: "−6 dB". */
  valueText?: string;
  className?: string;
  isDisabled?: boolean;
}

/** A value by dragging or arrow keys. */
export function Slider(props: SliderProps) {
  const { label, value, min, max, step = 1, onChange, onCommit, valueText, className, isDisabled = false } = props;
  return (
    <Radix.Root
      value={[value]}
      min={min}
      max={max}
      step={step}
      disabled={isDisabled}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
      className={cn(
        widthOf(className),
        'relative flex h-5 touch-none items-center data-disabled:opacity-45',
        className,
      )}
    >
      <Radix.Track className="relative h-0.75 grow rounded-full bg-line-strong">
        <Radix.Range className="absolute h-full rounded-full bg-accent" />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        aria-valuetext={valueText}
        className="block size-3 rounded-full bg-ink shadow-card hover:bg-accent-hover"
      />
    </Radix.Root>
  );
}
