import { AppError, toAppError } from '#shared/errors/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import { packPcm24, pcm24Bytes } from '#shared/sound/pcm.ts';

/** The engine's calls that a recording needs; `whenBack` resolves when it is worth trying again. */
export interface RecordingEngine {
  begin(sound: { sampleRateHz: number; channels: number }): Promise<{ recordingId: string }>;
  write(piece: { recordingId: string; startSample: number; pcm: string }): Promise<unknown>;
  finish(end: { recordingId: string; samples: number }): Promise<{ assetId: AssetId }>;
  discard(what: { recordingId: string }): Promise<unknown>;
  whenBack(): Promise<void>;
}

/** What became of a take. */
export interface KeptTake {
  assetId: AssetId;
  /** Samples of the take that lie before the media's first one: 0, unless its beginning was kept by itself. */
  skippedSamples: number;
  samples: number;
}

const own = new Set<string>();

/** Whether this page writes a recording: then nobody may take it for lost while the engine is away. */
export function isOwnRecording(recordingId: string): boolean {
  return own.has(recordingId);
}

/** Sent at once, where as much waits. */
const mostPerCallSeconds = 10;
/** Waited for before a call is worth it. */
const leastPerCallSeconds = 0.5;

/**
 * Writes sound to the engine as it comes. What the engine has not confirmed is kept here: while it is away it is waited
 * for; where it refuses (a full disk), {@link TakeWriter.retry} goes on from there.
 */
export class TakeWriter {
  readonly #engine: RecordingEngine;
  readonly #sound: { sampleRateHz: number; channels: number };
  readonly #onChange: () => void;
  #waiting: Uint8Array[] = [];
  #waitingSamples = 0;
  #written = 0;
  /** Samples before the recording that is written now. */
  #skipped = 0;
  #recordingId: string | null = null;
  #isSending = false;
  #isEnding = false;
  #isDropped = false;
  #error: AppError | null = null;
  #idle: (() => void)[] = [];
  #retried: (() => void)[] = [];

  constructor(engine: RecordingEngine, sound: { sampleRateHz: number; channels: number }, onChange: () => void) {
    this.#engine = engine;
    this.#sound = sound;
    this.#onChange = onChange;
  }

  /** Why nothing is written any more; null while all goes well. */
  get error(): AppError | null {
    return this.#error;
  }

  /** Seconds of sound that only this page has. */
  get waitingSeconds(): number {
    return this.#waitingSamples / this.#sound.sampleRateHz;
  }

  push(channels: readonly Float32Array[]): void {
    if (this.#isDropped) return;
    this.#waiting.push(packPcm24(channels));
    this.#waitingSamples += channels[0]?.length ?? 0;
    if (this.#waitingSamples >= leastPerCallSeconds * this.#sound.sampleRateHz) void this.#send();
  }

  /** Tries again after an error. */
  retry(): void {
    this.#error = null;
    this.#onChange();
    for (const resolve of this.#retried.splice(0)) resolve();
    void this.#send();
  }

  /** Resolves once all is written and media; waits through errors for {@link retry}. */
  async finish(): Promise<KeptTake> {
    this.#isEnding = true;
    for (;;) {
      await this.#allWritten();
      const recordingId = this.#recordingId;
      if (recordingId === null) throw new AppError('file-empty', 'Nothing was recorded.');
      const samples = this.#written - this.#skipped;
      try {
        const { assetId } = await this.#engine.finish({ recordingId, samples });
        own.delete(recordingId);
        return { assetId, skippedSamples: this.#skipped, samples };
      } catch (error) {
        await this.#afterFailure(toAppError(error));
      }
    }
  }

  /** Throws everything away, the engine's part included. */
  discard(): void {
    this.#isDropped = true;
    for (const resolve of this.#retried.splice(0)) resolve();
    this.#waiting = [];
    this.#waitingSamples = 0;
    if (this.#recordingId === null) return;
    own.delete(this.#recordingId);
    void this.#engine.discard({ recordingId: this.#recordingId }).catch(() => undefined);
  }

  async #allWritten(): Promise<void> {
    while (this.#waitingSamples > 0 || this.#isSending) {
      const idle = new Promise<void>((resolve) => this.#idle.push(resolve));
      void this.#send();
      await idle;
    }
  }

  async #send(): Promise<void> {
    if (this.#isSending || this.#error || this.#isDropped) return;
    this.#isSending = true;
    try {
      const least = leastPerCallSeconds * this.#sound.sampleRateHz;
      while (this.#waitingSamples > 0 && (this.#isEnding || this.#waitingSamples >= least) && !this.#isDropped) {
        await this.#sendOne().catch((error: unknown) => this.#afterFailure(toAppError(error)));
      }
    } finally {
      this.#isSending = false;
      for (const resolve of this.#idle.splice(0)) resolve();
    }
  }

  async #sendOne(): Promise<void> {
    this.#recordingId ??= (await this.#engine.begin(this.#sound)).recordingId;
    own.add(this.#recordingId);
    if (this.#isDropped) return this.discard();
    const blockBytes = this.#sound.channels * pcm24Bytes;
    const most = mostPerCallSeconds * this.#sound.sampleRateHz * blockBytes;
    let count = 0;
    let size = 0;
    while (count < this.#waiting.length && (count === 0 || size < most)) size += this.#waiting[count++]?.length ?? 0;
    const pcm = toBase64(this.#waiting.slice(0, count), size);
    await this.#engine.write({ recordingId: this.#recordingId, startSample: this.#written - this.#skipped, pcm });
    if (this.#isDropped) return;
    this.#waiting.splice(0, count);
    this.#waitingSamples -= size / blockBytes;
    this.#written += size / blockBytes;
    this.#onChange();
  }

  /** Returns when it is worth going on. */
  async #afterFailure(error: AppError): Promise<void> {
    if (error.code === 'not-connected' || error.code === 'cancelled') {
      this.#onChange();
      return this.#engine.whenBack();
    }
    if (error.code === 'not-found' && this.#waitingSamples > 0) {
      // Somebody has made media of what was written; what is here goes on in a recording of its own.
      this.#recordingId = null;
      this.#skipped = this.#written;
      return;
    }
    this.#error = error;
    this.#onChange();
    await new Promise<void>((resolve) => this.#retried.push(resolve));
  }
}

function toBase64(parts: readonly Uint8Array[], size: number): string {
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  let text = '';
  // In slices: a call takes only so many arguments.
  for (let from = 0; from < size; from += 0x8000) text += String.fromCharCode(...all.subarray(from, from + 0x8000));
  return btoa(text);
}
