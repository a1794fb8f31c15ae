import type { Ducking } from '#shared/model/index.ts';
import { NumberInput, Slider, Switch } from '../../../ui/index.ts';
import { useEditor } from '../editor-model.ts';

type Amount = 'thresholdDb' | 'depthDb' | 'attackMs' | 'releaseMs';

const amounts: readonly {
  key: Amount;
  label: string;
  hint: string;
  unit: string;
  min: number;
  max: number;
  step: number;
}[] = [
  { key: 'depthDb', label: 'Depth', hint: 'How much quieter music gets', unit: 'dB', min: 0, max: 36, step: 1 },
  {
    key: 'thresholdDb',
    label: 'Threshold',
    hint: 'Voices louder than this count',
    unit: 'dB',
    min: -70,
    max: 0,
    step: 1,
  },
  {
    key: 'attackMs',
    label: 'Attack',
    hint: 'Music gives way this long before a voice',
    unit: 'ms',
    min: 10,
    max: 1000,
    step: 10,
  },
  {
    key: 'releaseMs',
    label: 'Release',
    hint: 'How long music takes to come back',
    unit: 'ms',
    min: 10,
    max: 3000,
    step: 10,
  },
];

/** How music gives way to voices, in the whole project. */
export function DuckingGroup() {
  const { project, draft, commit } = useEditor();
  const { ducking } = project;
  const edit = (patch: Partial<Ducking>) => ({ type: 'project.setDucking' as const, patch });
  return (
    <section aria-label="Ducking" className="flex flex-col gap-1 px-2.5 py-2">
      <header className="flex h-6 items-center justify-between">
        <h3 className="text-sm text-ink-2">Music gives way to voices</h3>
        <Switch label="Music gives way to voices" isOn={ducking.isOn} onChange={(isOn) => commit(edit({ isOn }))} />
      </header>
      {amounts.map(({ key, label, hint, unit, min, max, step }) => (
        <div key={key} title={hint} className="grid grid-cols-[64px_minmax(0,1fr)_72px] items-center gap-2">
          <span className="text-xs text-ink-3">{label}</span>
          <Slider
            label={label}
            value={Math.max(min, Math.min(max, ducking[key]))}
            {...{ min, max, step }}
            valueText={`${ducking[key]} ${unit}`}
            isDisabled={!ducking.isOn}
            onChange={(value) => draft(edit({ [key]: value }))}
            onCommit={(value) => commit(edit({ [key]: value }))}
          />
          <NumberInput
            label={`${label}, ${unit}`}
            value={ducking[key]}
            {...{ min, max, step, unit }}
            isDisabled={!ducking.isOn}
            onChange={(value) => commit(edit({ [key]: value }))}
          />
        </div>
      ))}
    </section>
  );
}
