import type { Transport } from '../transport.ts';
import type { AudioOutput, MeterWatch } from './audio-output.ts';

const outputs = new WeakMap<Transport, AudioOutput>();

/** Says whose sound follows a transport, so that a mixer can show its meters. */
export function announceOutput(transport: Transport, output: AudioOutput): void {
  outputs.set(transport, output);
}

/** Takes that back. */
export function withdrawOutput(transport: Transport, output: AudioOutput): void {
  if (outputs.get(transport) === output) outputs.delete(transport);
}

/** Meters of what plays with a transport; null while nothing does. */
export function watchOutput(transport: Transport): MeterWatch | null {
  return outputs.get(transport)?.watch() ?? null;
}
