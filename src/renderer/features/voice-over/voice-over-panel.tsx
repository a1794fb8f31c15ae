import { X } from 'lucide-react';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useAtom } from '../../state/index.ts';
import { LayerProvider, useNewLayer } from '../../ui/commands/index.ts';
import { IconButton, Panel, useCommands } from '../../ui/index.ts';
import { type EditorModel, useEditor } from '../timeline/editor-model.ts';
import { type RecordingGoal, recordingLimit, voiceOverLane } from '../timeline/model/place-recording.ts';
import type { MarkedRange } from '../timeline/model/range.ts';
import { InputMeter } from './input-meter.tsx';
import { MicrophoneRow } from './microphone-row.tsx';
import { RecordButtons } from './record-buttons.tsx';
import type { RecordingPlan } from './recorder-types.ts';
import { RecordingSettings } from './recording-settings.tsx';
import { adMutedAtom, countInAtom, countInSeconds, goalAtom, microphoneAtom, shiftAtom } from './settings.ts';
import { useRecorder } from './use-recorder.ts';

interface VoiceOverPanelProps {
  /** The model as it is when asked. */
  current: () => EditorModel;
  /** The stretch between in and out: it is what is recorded then. */
  range: MarkedRange | null;
  onClose: () => void;
}

/** Records a voice-over to the ad: microphone, level, count-in, and how it is put. */
export function VoiceOverPanel({ current, range, onClose }: VoiceOverPanelProps) {
  const model = useEditor();
  const { recorder, goal, note, setNote } = useRecorder(current);
  const state = useSyncExternalStore(recorder.subscribe, recorder.getState);
  const [deviceId] = useAtom(microphoneAtom);
  const [isCounting] = useAtom(countInAtom);
  const [isAdMuted] = useAtom(adMutedAtom);
  const [shiftMs] = useAtom(shiftAtom);
  const [wishedGoal] = useAtom(goalAtom);
  const [opened, setOpened] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened anew on request
  useEffect(() => void recorder.open(deviceId), [recorder, deviceId, opened]);
  const read = useCallback(() => recorder.readHeard(), [recorder]);
  const isBusy = state.kind === 'counting' || state.kind === 'recording' || state.kind === 'saving';
  const usedGoal = wishedGoal === 'ad' && voiceOverLane(model) ? 'ad' : 'part';

  const start = () => {
    const now = current();
    const plan = planOf(now, range, usedGoal);
    if (!plan) return setNote({ text: 'The playhead is at the end. Move it to where the voice begins.', isBad: true });
    setNote(null);
    goal.current = usedGoal;
    recorder.start({ ...plan, isAdMuted, shiftMs, countInSeconds: isCounting ? countInSeconds : 0 });
  };
  const deeds = { start, stop: () => recorder.stop(), cancel: () => recorder.cancel() };
  return (
    <Panel
      title="Voice-over"
      className="w-68 shrink-0 border-l border-line"
      actions={
        <IconButton label="Close voice-over" shortcut="Shift+V" size="sm" disabled={isBusy} onClick={onClose}>
          <X />
        </IconButton>
      }
    >
      <div className="flex min-h-0 grow flex-col gap-3 overflow-y-auto px-2.5 py-2">
        <StartKeys isReady={state.kind === 'ready'} start={start} />
        {(state.kind === 'counting' || state.kind === 'recording') && <BusyKeys {...deeds} />}
        <RecordButtons recorder={recorder} state={state} note={note} {...deeds} />
        <InputMeter read={read} />
        <MicrophoneRow isDisabled={isBusy} state={state} onRetry={() => setOpened((n) => n + 1)} />
        <RecordingSettings model={model} goal={usedGoal} isDisabled={isBusy} latency={recorder.microphone?.latency()} />
      </div>
    </Panel>
  );
}

type Planned = Omit<RecordingPlan, 'isAdMuted' | 'shiftMs' | 'countInSeconds'>;
/** From the in point to the out point, else from the playhead on; null where nothing would fit. */
function planOf(model: EditorModel, range: MarkedRange | null, goal: RecordingGoal): Planned | null {
  const { frame, lengthFrames } = model.transport.getState();
  const isAtEnd = !range && lengthFrames > 0 && frame >= lengthFrames - 1;
  // The playhead cannot stand behind the last frame: on it, "here" means at the end.
  const startFrame = range?.startFrame ?? (isAtEnd && model.target.kind === 'option' ? lengthFrames : frame);
  const limits = [range?.endFrame, recordingLimit(model, startFrame, goal)].filter((one) => typeof one === 'number');
  const endFrame = limits.length > 0 ? Math.min(...limits) : null;
  if (endFrame !== null && endFrame - startFrame < 2) return null;
  return { rate: model.view.rate, startFrame, endFrame, isPlaying: startFrame < lengthFrames - 1 };
}

function StartKeys({ isReady, start }: { isReady: boolean; start: () => void }) {
  useCommands([
    {
      ...{ id: 'voiceOver.start', label: 'Start recording', group: 'Voice-over', keys: 'R', isEnabled: isReady },
      run: start,
    },
  ]);
  return null;
}

/** While it counts or records, no other key of the page means anything. */
function BusyKeys(deeds: { stop: () => void; cancel: () => void }) {
  return (
    <LayerProvider value={useNewLayer()}>
      <BusyCommands {...deeds} />
    </LayerProvider>
  );
}

function BusyCommands({ stop, cancel }: { stop: () => void; cancel: () => void }) {
  const group = 'Voice-over';
  useCommands([
    {
      ...{ id: 'voiceOver.stop', label: 'Stop and keep the recording', group, keys: ['Enter', 'Space', 'R'] },
      run: stop,
      isHidden: true,
      worksInFields: true,
    },
    {
      ...{ id: 'voiceOver.cancel', label: 'Give the recording up', group, keys: 'Escape' },
      run: cancel,
      isHidden: true,
      worksInFields: true,
    },
  ]);
  return null;
}
