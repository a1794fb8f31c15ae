import { audioSampleRateHz, type Ms } from '#shared/units/index.ts';
import { type CapturedPiece, type CaptureOptions, captureName } from './capture-messages.ts';
import captureUrl from './capture-worklet.ts?worker&url';

/** Why there is nothing to be heard. */
export type MicrophoneProblem = 'denied' | 'none' | 'busy' | 'gone' | 'failed';

/** What a problem is called for people, and what to do about it. */
export const problemWords: Record<MicrophoneProblem, string> = {
  denied:
    'Spotloom may not use the microphone. Allow it in the settings of the browser (beside the address) or of the system (Privacy, Microphone), then try again.',
  none: 'No microphone was found. Connect one, then try again.',
  busy: 'The microphone cannot be opened: another program may be using it. Close that, or choose another one.',
  gone: 'The microphone was unplugged or switched off.',
  failed: 'The microphone cannot be used here. Choose another one, or try again.',
};

/** Refusal to open a microphone. */
export class MicrophoneError extends Error {
  readonly problem: MicrophoneProblem;

  constructor(problem: MicrophoneProblem, cause?: unknown) {
    super(problemWords[problem], { cause });
    this.problem = problem;
  }
}

/** A microphone that can be chosen. */
export interface MicrophoneChoice {
  deviceId: string;
  label: string;
}

/** An open microphone. Close it: the system shows that it listens. */
export interface Microphone {
  deviceId: string;
  channels: number;
  sampleRateHz: number;
  /** Delays that the browser knows of: from the air to the page, and from the page to the loudspeaker. */
  latency(): { inMs: Ms; outMs: Ms };
  /** What is heard, as long as it is open. */
  onPiece: ((piece: CapturedPiece) => void) | null;
  /** It was unplugged, or taken away. */
  onGone: (() => void) | null;
  close(): void;
}

/** Microphones there are; without names until one was allowed. */
export async function listMicrophones(): Promise<MicrophoneChoice[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices
    .filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '')
    .map(({ deviceId, label }, n) => ({ deviceId, label: label || `Microphone ${n + 1}` }));
}

/**
 * Opens a microphone ('' = the system's own choice; also where the one wished for is not there) as it sounds, without
 * what telephones do to voices. Throws {@link MicrophoneError}.
 */
export async function openMicrophone(deviceId: string): Promise<Microphone> {
  const stream = await openStream(deviceId);
  const [track] = stream.getAudioTracks();
  const stop = () => {
    for (const one of stream.getTracks()) one.stop();
  };
  if (!track) {
    stop();
    throw new MicrophoneError('none');
  }
  const context = new AudioContext({ latencyHint: 'interactive', sampleRate: audioSampleRateHz });
  try {
    await context.audioWorklet.addModule(captureUrl);
    if (context.state === 'suspended') await context.resume();
  } catch (error) {
    stop();
    void context.close();
    throw new MicrophoneError('failed', error);
  }
  return listenTo(context, stream, track, stop);
}

function listenTo(context: AudioContext, stream: MediaStream, track: MediaStreamTrack, stop: () => void): Microphone {
  const settings = track.getSettings() as MediaTrackSettings & { latency?: number };
  const channels = settings.channelCount === 2 ? 2 : 1;
  const processorOptions: CaptureOptions = { channels };
  const node = new AudioWorkletNode(context, captureName, {
    ...{ numberOfInputs: 1, numberOfOutputs: 0, channelCount: channels, channelCountMode: 'explicit' },
    processorOptions,
  });
  const source = context.createMediaStreamSource(stream);
  source.connect(node);
  const microphone: Microphone = {
    ...{ deviceId: settings.deviceId ?? '', channels, sampleRateHz: context.sampleRate },
    latency: () => ({
      inMs: (settings.latency ?? 0) * 1000,
      outMs: ((context.baseLatency || 0) + (context.outputLatency || 0)) * 1000,
    }),
    onPiece: null,
    onGone: null,
    close() {
      microphone.onPiece = null;
      microphone.onGone = null;
      source.disconnect();
      stop();
      void context.close().catch(() => undefined);
    },
  };
  node.port.onmessage = ({ data }: MessageEvent<CapturedPiece>) => microphone.onPiece?.(data);
  track.onended = () => microphone.onGone?.();
  return microphone;
}

async function openStream(deviceId: string): Promise<MediaStream> {
  const media = navigator.mediaDevices;
  if (!media) throw new MicrophoneError('failed');
  const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const open = (id: string) =>
    media.getUserMedia({ audio: id === '' ? plain : { ...plain, deviceId: { exact: id } }, video: false });
  try {
    return await open(deviceId);
  } catch (error) {
    const problem = problemOf(error);
    if (deviceId === '' || problem !== 'none') throw new MicrophoneError(problem, error);
    return open('').catch((second: unknown) => {
      throw new MicrophoneError(problemOf(second), second);
    });
  }
}

/** What a refusal of `getUserMedia` means. */
export function problemOf(error: unknown): MicrophoneProblem {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'failed';
}
