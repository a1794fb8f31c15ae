import type { Preset, RateControl } from '#shared/contract/index.ts';
import { Checkbox, Field, NumberInput, Select } from '../../ui/index.ts';

interface RateFieldProps {
  value: RateControl;
  onChange: (value: RateControl) => void;
  preset: Preset | undefined;
}

const million = 1_000_000;
const modes = [
  { value: 'quality', label: 'As the quality needs' },
  { value: 'bitrate', label: 'Bitrate ceiling' },
  { value: 'size', label: 'Size target' },
] as const;

/** What a mode begins with: half the preset's ceiling, or 30 MB per file. */
function firstOf(mode: RateControl['mode'], preset: Preset | undefined): RateControl {
  if (mode === 'bitrate') return { mode, maxBitrate: Math.round((preset?.maxBitrate ?? 12 * million) / 2) };
  return mode === 'size' ? { mode, maxBytes: 30 * million, isTwoPass: false } : { mode: 'quality' };
}

/** How large files may become. */
export function RateField({ value, onChange, preset }: RateFieldProps) {
  return (
    <Field label="File size">
      {(id) => (
        <div className="flex flex-col gap-2">
          <div className="flex gap-2">
            <Select
              id={id}
              label="File size"
              value={value.mode}
              onChange={(mode) => onChange(firstOf(mode, preset))}
              options={modes}
              className="min-w-0 grow"
            />
            {value.mode === 'bitrate' && (
              <NumberInput
                label="Ceiling in megabits per second"
                unit="Mbit/s"
                value={value.maxBitrate / million}
                onChange={(rate) => onChange({ mode: 'bitrate', maxBitrate: Math.round(rate * million) })}
                min={0.1}
                max={200}
                step={0.5}
                className="w-28 shrink-0 [&>input]:pr-14"
              />
            )}
            {value.mode === 'size' && (
              <NumberInput
                label="Megabytes per file"
                unit="MB"
                value={value.maxBytes / million}
                onChange={(size) => onChange({ ...value, maxBytes: Math.round(size * million) })}
                min={0.05}
                max={10_000}
                step={1}
                className="w-28 shrink-0 [&>input]:pr-9"
              />
            )}
          </div>
          {value.mode === 'size' && (
            <>
              <Checkbox
                label="Two passes"
                value={value.isTwoPass}
                onChange={(isTwoPass) => onChange({ ...value, isTwoPass })}
              />
              <p className="text-xs text-ink-3">
                {value.isTwoPass
                  ? 'Closest to the size: every file is encoded whole and twice, and shares nothing with the others. Time grows with the number of files.'
                  : 'The best quality that fits is chosen for the shared pieces; files come out at or below the size.'}
              </p>
            </>
          )}
          {value.mode === 'bitrate' && (
            <p className="text-xs text-ink-3">Files stay below this at any second; simple pictures need less.</p>
          )}
        </div>
      )}
    </Field>
  );
}
