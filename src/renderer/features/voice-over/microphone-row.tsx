import { useEffect, useState } from 'react';
import { useAtom } from '../../state/index.ts';
import { Button, Field, Select } from '../../ui/index.ts';
import { listMicrophones, type MicrophoneChoice, problemWords } from './microphone.ts';
import type { RecorderState } from './recorder-types.ts';
import { microphoneAtom } from './settings.ts';

interface MicrophoneRowProps {
  state: RecorderState;
  isDisabled: boolean;
  onRetry: () => void;
}

/** Which microphone, and why there is none. */
export function MicrophoneRow({ state, isDisabled, onRetry }: MicrophoneRowProps) {
  const [deviceId, setDeviceId] = useAtom(microphoneAtom);
  const devices = useMicrophones(state.kind);
  const known = devices.some((device) => device.deviceId === deviceId);
  const options = [
    { value: '', label: 'The system’s choice' },
    ...devices
      .filter((device) => device.deviceId !== 'default')
      .map((device) => ({ value: device.deviceId, label: device.label })),
    ...(deviceId !== '' && !known ? [{ value: deviceId, label: 'Not connected' }] : []),
  ];
  return (
    <>
      <Field label="Microphone">
        {(id) => <Select id={id} value={deviceId} onChange={setDeviceId} options={options} isDisabled={isDisabled} />}
      </Field>
      {state.kind === 'problem' && (
        <div role="alert" className="flex flex-col items-start gap-2 rounded-md bg-bad-soft p-2 text-sm text-ink">
          <p>{problemWords[state.problem]}</p>
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </>
  );
}

/** The microphones there are, followed as they come and go; they have names once one was allowed. */
function useMicrophones(stateKind: RecorderState['kind']): MicrophoneChoice[] {
  const [devices, setDevices] = useState<MicrophoneChoice[]>([]);
  const isOpen = stateKind !== 'opening' && stateKind !== 'closed';
  // biome-ignore lint/correctness/useExhaustiveDependencies: names are there after the first was opened
  useEffect(() => {
    let isCurrent = true;
    const look = () =>
      void listMicrophones().then(
        (found) => isCurrent && setDevices(found),
        () => undefined,
      );
    look();
    navigator.mediaDevices?.addEventListener('devicechange', look);
    return () => {
      isCurrent = false;
      navigator.mediaDevices?.removeEventListener('devicechange', look);
    };
  }, [isOpen]);
  return devices;
}
