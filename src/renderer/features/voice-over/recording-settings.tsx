import { useAtom } from '../../state/index.ts';
import { Field, NumberInput, Segmented, Select, Switch } from '../../ui/index.ts';
import type { EditorModel } from '../timeline/editor-model.ts';
import { sectionAt } from '../timeline/model/lanes.ts';
import { type RecordingGoal, voiceOverLane } from '../timeline/model/place-recording.ts';
import { adMutedAtom, countInAtom, goalAtom, mostShiftMs, shiftAtom } from './settings.ts';

interface RecordingSettingsProps {
  model: EditorModel;
  /** Where it goes as things are. */
  goal: RecordingGoal;
  isDisabled: boolean;
  /** What is known of the devices' delays. */
  latency: { inMs: number; outMs: number } | undefined;
}

/** How recordings are made; all of it is remembered. */
export function RecordingSettings({ model, goal, isDisabled, latency }: RecordingSettingsProps) {
  const [isCounting, setCounting] = useAtom(countInAtom);
  const [isAdMuted, setAdMuted] = useAtom(adMutedAtom);
  const [shiftMs, setShiftMs] = useAtom(shiftAtom);
  const [, setGoal] = useAtom(goalAtom);
  const lane = voiceOverLane(model);
  const knownMs = latency ? Math.round(latency.inMs + (isAdMuted ? 0 : latency.outMs)) : 0;
  return (
    <fieldset disabled={isDisabled} className="flex min-w-0 flex-col gap-3 border-t border-line pt-3">
      <legend className="sr-only">How it is recorded</legend>
      <div className="flex items-center justify-between gap-2 text-sm text-ink-2">
        <span>Count in: 3, 2, 1</span>
        <Switch label="Count in: 3, 2, 1" isOn={isCounting} onChange={setCounting} isDisabled={isDisabled} />
      </div>
      <div className="flex flex-col gap-1">
        <div className="flex items-center justify-between gap-2 text-sm text-ink-2">
          <span>The ad’s sound</span>
          <Segmented
            label="The ad’s sound while recording"
            size="sm"
            value={isAdMuted ? 'muted' : 'heard'}
            onChange={(value) => setAdMuted(value === 'muted')}
            options={[
              { value: 'muted', label: 'Muted' },
              { value: 'heard', label: 'Heard' },
            ]}
          />
        </div>
        <p className="min-h-8 text-xs text-ink-3">
          {isAdMuted
            ? 'Only your voice is recorded; the picture plays along.'
            : 'Wear headphones, or the microphone records the ad as well.'}
        </p>
      </div>
      {lane && (
        <Field label="Put it on">
          {(id) => (
            <Select
              id={id}
              value={goal}
              onChange={setGoal}
              isDisabled={isDisabled}
              options={[
                { value: 'ad', label: `${lane.slot.name} of the whole ad` },
                { value: 'part', label: partWords(model) },
              ]}
            />
          )}
        </Field>
      )}
      <Field
        label="Put recordings later by"
        hint={
          knownMs > 0
            ? `${knownMs} ms of delay of the devices are taken into account by themselves. Less than 0 puts them earlier.`
            : 'Less than 0 puts them earlier: for devices that do not tell their delay, such as Bluetooth.'
        }
      >
        {(id) => (
          <NumberInput
            id={id}
            label="Put recordings later by, ms"
            value={shiftMs}
            {...{ min: -mostShiftMs, max: mostShiftMs, step: 5, unit: 'ms' }}
            isDisabled={isDisabled}
            onChange={setShiftMs}
          />
        )}
      </Field>
    </fieldset>
  );
}

/** "Hook 1 alone": the part under the playhead, where there are several. */
function partWords({ view, transport }: EditorModel): string {
  const section = sectionAt(view, transport.getState().frame);
  return view.sections.length > 1 && section ? `Its part alone (now ${section.optionName})` : 'This part alone';
}
