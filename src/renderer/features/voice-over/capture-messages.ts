/** Name the processor is registered by. */
export const captureName = 'spotloom-capture';

/** What the processor is told when it is made. */
export interface CaptureOptions {
  channels: number;
}

/** A stretch of sound as it came from the microphone. */
export interface CapturedPiece {
  /** Number of its first sample on the audio context's own clock. */
  startSample: number;
  /** One array of amplitudes per channel, all of one length. */
  channels: Float32Array<ArrayBuffer>[];
}
