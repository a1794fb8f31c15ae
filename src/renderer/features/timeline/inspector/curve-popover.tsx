import { Spline } from 'lucide-react';
import { bezierOf, type Curve } from '#shared/model/index.ts';
import { cn, NumberInput, Popover } from '../../../ui/index.ts';
import { curveName, curvePath, curvePresets, isSameCurve, withHandle } from '../model/curve-shape.ts';
import { CurveGraph } from './curve-graph.tsx';

interface CurvePopoverProps {
  /** Name of the value, e.g. "Scale". */
  label: string;
  curve: Curve;
  /** Null = what was shown is given up. */
  onPreview: (curve: Curve | null) => void;
  onCommit: (curve: Curve) => void;
}

const small = (x: number, y: number) => [3 + x * 18, 15 - y * 12] as const;

const numbers = [
  { name: 'X1', label: 'Start handle, time in per cent', handle: 0, isTime: true },
  { name: 'Y1', label: 'Start handle, value in per cent', handle: 0, isTime: false },
  { name: 'X2', label: 'End handle, time in per cent', handle: 1, isTime: true },
  { name: 'Y2', label: 'End handle, value in per cent', handle: 1, isTime: false },
] as const;

/** The curve from a keyframe to the next one: its name, and behind it presets, a graph with handles, and their numbers. */
export function CurvePopover({ label, curve, onPreview, onCommit }: CurvePopoverProps) {
  const name = curveName(curve);
  return (
    <Popover
      align="end"
      label={`Curve of ${label}`}
      className="flex w-80 flex-col gap-2 p-3"
      trigger={
        <button
          type="button"
          aria-label={`Curve of ${label}: ${name}`}
          title="How the value goes from here to the next keyframe"
          className="ml-auto flex h-6 min-w-0 items-center gap-1 rounded-sm px-1.5 text-xs text-ink-2 hover:bg-lift data-[state=open]:bg-lift"
        >
          <Spline aria-hidden className="size-3 shrink-0" />
          <span className="truncate">{name}</span>
        </button>
      }
    >
      <h3 className="text-xs font-semibold text-ink-2">{label}: to the next keyframe</h3>
      <Presets curve={curve} onChoose={onCommit} />
      <CurveGraph curve={curve} onPreview={onPreview} onCommit={onCommit} onGiveUp={() => onPreview(null)} />
      <HandleNumbers curve={curve} onCommit={onCommit} />
    </Popover>
  );
}

function Presets({ curve, onChoose }: { curve: Curve; onChoose: (curve: Curve) => void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className="grid grid-cols-4 gap-1" role="group" aria-label="Ready-made curves">
      {curvePresets.map((preset) => {
        const isChosen = isSameCurve(preset.curve, curve);
        const whole: Curve = typeof preset.curve === 'string' ? preset.curve : [...preset.curve];
        return (
          <button
            key={preset.label}
            type="button"
            aria-label={preset.label}
            aria-pressed={isChosen}
            title={preset.label}
            className={cn(
              'flex h-8 items-center justify-center rounded-md border hover:bg-lift',
              isChosen ? 'border-accent text-accent' : 'border-line text-ink-2',
            )}
            onClick={() => onChoose(whole)}
          >
            <svg aria-hidden width={24} height={18} className="overflow-visible">
              <path d={curvePath(preset.curve, small)} fill="none" stroke="currentColor" strokeWidth={1.5} />
            </svg>
          </button>
        );
      })}
    </div>
  );
}

function HandleNumbers({ curve, onCommit }: { curve: Curve; onCommit: (curve: Curve) => void }) {
  const bezier = bezierOf(curve);
  return (
    <div className="grid grid-cols-4 gap-1">
      {numbers.map(({ name, label, handle, isTime }, at) => (
        <NumberInput
          key={name}
          label={label}
          value={Math.round((bezier?.[at] ?? 0) * 100)}
          min={isTime ? 0 : -400}
          max={isTime ? 100 : 400}
          unit="%"
          isDisabled={bezier === null}
          onChange={(next) => {
            const [x = 0, y = 0] = (bezier ?? []).slice(handle * 2);
            onCommit(withHandle(curve, handle, isTime ? next / 100 : x, isTime ? y : next / 100));
          }}
        />
      ))}
    </div>
  );
}
