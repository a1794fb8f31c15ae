import { type Frames, frameToSample, type Ms, type Rate } from '#shared/units/index.ts';
import type { Transport } from '../../preview/transport.ts';
import type { CapturedPiece } from './capture-messages.ts';
import { countClipped, type Heard, peakOf } from './listen.ts';
import { type Microphone, MicrophoneError } from './microphone.ts';
import type { RecorderHost, RecorderState, RecordingPlan } from './recorder-types.ts';
import { SampleClock } from './sample-clock.ts';
import { Take } from './take.ts';
import { TakeWriter } from './take-writer.ts';

/** The clock has settled once it has moved on for as long: from here on it does not wait for media any more. */
const settledSeconds = 0.25;
/** What was said at the last moment is waited for, but no longer than this: the microphone may have gone silent. */
const longestTailMs: Ms = 1500;
/** A voice-over of four hours of stereo is as much as a WAV file holds. */
export const longestSeconds = 4 * 3600;

interface Running {
  plan: RecordingPlan;
  take: Take;
  writer: TakeWriter;
  heard: Heard;
  isCutShort: boolean;
  /** Undoes what was set up for it. */
  endings: (() => void)[];
}

/** The way from a microphone to media of the library, in time with a transport. */
export class Recorder {
  readonly #host: RecorderHost;
  readonly #transport: Transport;
  #state: RecorderState = { kind: 'closed' };
  readonly #listeners = new Set<() => void>();
  #microphone: Microphone | null = null;
  #wish = 0;
  #clock: SampleClock | null = null;
  #running: Running | null = null;
  #heard: Heard = { peak: 0, clipped: 0 };

  constructor(transport: Transport, host: RecorderHost) {
    this.#transport = transport;
    this.#host = host;
  }

  readonly getState = (): RecorderState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** True while something is recorded or saved, or about to be. */
  get isBusy(): boolean {
    return this.#running !== null;
  }

  /** The microphone in use; null while none is. */
  get microphone(): Microphone | null {
    return this.#microphone;
  }

  /** What was heard since this was asked last. */
  readHeard(): Heard {
    const heard = this.#heard;
    this.#heard = { peak: 0, clipped: 0 };
    return heard;
  }

  /** What the recording under way has heard so far, and for how long; null while there is none. */
  progress(): (Heard & { seconds: number }) | null {
    if (!this.#running || !this.#microphone) return null;
    return { ...this.#running.heard, seconds: this.#running.take.samples / this.#microphone.sampleRateHz };
  }

  /** Opens a microphone and listens; not while something is recorded. */
  async open(deviceId: string): Promise<void> {
    if (this.#running) return;
    this.#wish += 1;
    const wish = this.#wish;
    this.#closeMicrophone();
    this.#set({ kind: 'opening' });
    try {
      const microphone = await this.#host.open(deviceId);
      if (wish !== this.#wish) return microphone.close();
      this.#clock = new SampleClock(microphone.sampleRateHz);
      this.#microphone = microphone;
      microphone.onPiece = (piece) => this.#hear(piece);
      microphone.onGone = () => this.#lose();
      this.#set({ kind: 'ready' });
    } catch (error) {
      if (wish !== this.#wish) return;
      this.#set({ kind: 'problem', problem: error instanceof MicrophoneError ? error.problem : 'failed' });
    }
  }

  /** Lets go of the microphone. What is being recorded is ended and kept. */
  close(): void {
    this.#wish += 1;
    if (this.#running) {
      const { take } = this.#running;
      if (take.samples > 0) take.endNow();
      else this.cancel();
    }
    this.#closeMicrophone();
    if (!this.#running) this.#set({ kind: 'closed' });
  }

  /** Counts in and records. */
  start(plan: RecordingPlan): void {
    const microphone = this.#microphone;
    const clock = this.#clock;
    if (this.#running || !microphone || !clock || this.#state.kind !== 'ready') return;
    const { sampleRateHz, channels } = microphone;
    const { inMs, outMs } = microphone.latency();
    const writer = new TakeWriter(this.#host.engine, { sampleRateHz, channels }, () => this.#tell());
    const isHeard = plan.isPlaying && !plan.isAdMuted;
    const take = new Take({
      ...{ clock, sampleRateHz },
      // Who speaks to what is heard is later by the way to the loudspeaker, too.
      latencyMs: inMs + (isHeard ? outMs : 0) - plan.shiftMs,
      onSound: (sound) => this.#keep(sound),
      onComplete: () => void this.#save(),
    });
    this.#running = { plan, take, writer, heard: { peak: 0, clipped: 0 }, isCutShort: false, endings: [] };
    this.#transport.pause();
    this.#transport.seek(plan.startFrame);
    this.#count(plan.countInSeconds);
  }

  /** Ends the recording and keeps it; what is still on its way from the microphone is waited for. */
  stop(): void {
    if (this.#state.kind === 'counting') this.cancel();
    if (!this.#running || this.#state.kind !== 'recording') return;
    const { take, endings } = this.#running;
    this.#transport.pause();
    endings.push(this.#host.after(longestTailMs, () => take.endNow()));
    take.endAt(this.#host.nowMs());
  }

  /** Gives the recording up. */
  cancel(): void {
    const running = this.#running;
    if (!running || this.#state.kind === 'saving') return;
    this.#release(running);
    this.#transport.pause();
    this.#transport.seek(running.plan.startFrame);
    const { take, writer } = running;
    const seconds = take.samples / (this.#microphone?.sampleRateHz ?? 48_000);
    if (take.samples === 0) writer.discard();
    this.#host.onCancelled(
      take.samples === 0 ? null : { seconds, keep: () => writer.finish(), drop: () => writer.discard() },
    );
  }

  /** Tries again to write what could not be written. */
  retry(): void {
    this.#running?.writer.retry();
  }

  /** Leaves what could not be made media to the engine's next start. */
  leave(): void {
    if (this.#running) this.#release(this.#running);
  }

  #count(secondsLeft: number): void {
    const running = this.#running;
    if (!running) return;
    if (secondsLeft <= 0) {
      this.#roll(running);
      return;
    }
    this.#set({ kind: 'counting', secondsLeft });
    running.endings.push(this.#host.after(1000, () => this.#running === running && this.#count(secondsLeft - 1)));
  }

  /** The take begins, and the ad with it. */
  #roll(running: Running): void {
    const { plan, take, endings } = running;
    take.hold();
    this.#tell('recording');
    if (plan.endFrame !== null) take.endAfter(samplesBetween(plan.startFrame, plan.endFrame, plan.rate));
    endings.push(this.#host.after(longestSeconds * 1000, () => this.stop()));
    if (plan.isPlaying) this.#playAlong(running);
    else take.beginAt(this.#host.nowMs());
  }

  /** Plays the ad; the take begins with the moment at which its first frame moved on. */
  #playAlong({ plan, take, endings }: Running): void {
    const transport = this.#transport;
    const { isMuted, isLooping } = transport.getState();
    transport.setLooping(false);
    if (plan.isAdMuted) transport.setMuted(true);
    let hasEnded = false;
    const follow = () => {
      const { frame, isPlaying, isWaiting, lengthFrames } = transport.getState();
      const playedSeconds = ((transport.position() - plan.startFrame) * plan.rate.den) / plan.rate.num;
      if (!isWaiting && (playedSeconds >= settledSeconds || !isPlaying))
        take.beginAt(this.#host.nowMs() - playedSeconds * 1000);
      if (hasEnded) return;
      if (plan.endFrame !== null && frame >= plan.endFrame - 1) {
        hasEnded = true;
        // The last frame stands while the take waits for its last samples.
        transport.pause();
        endings.push(this.#host.after(longestTailMs, () => take.endNow()));
      } else if (!isPlaying) {
        hasEnded = true;
        // Paused by hand is stopped; at the end of the ad, the voice may go on.
        if (frame < lengthFrames - 1) this.stop();
      }
    };
    const stopFollowing = transport.subscribe(follow);
    endings.push(() => {
      stopFollowing();
      transport.setMuted(isMuted);
      transport.setLooping(isLooping);
    });
    transport.play();
  }

  #hear(piece: CapturedPiece): void {
    this.#clock?.push(piece.startSample + (piece.channels[0]?.length ?? 0), this.#host.nowMs());
    const { channels } = piece;
    this.#heard = addHeard(this.#heard, channels);
    this.#running?.take.push(piece);
  }

  #keep(sound: Float32Array[]): void {
    const running = this.#running;
    if (!running) return;
    running.heard = addHeard(running.heard, sound);
    running.writer.push(sound);
  }

  #lose(): void {
    this.#closeMicrophone();
    const running = this.#running;
    if (running) {
      running.isCutShort = true;
      if (running.take.samples > 0) {
        running.take.endNow();
        return;
      }
      this.cancel();
    }
    this.#set({ kind: 'problem', problem: 'gone' });
  }

  async #save(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.#tell('saving');
    for (const end of running.endings.splice(0)) end();
    this.#transport.pause();
    const { plan, take, writer, heard } = running;
    if (take.samples < samplesBetween(plan.startFrame, plan.startFrame + 1, plan.rate)) {
      writer.discard();
      this.#release(running);
      this.#host.onCancelled(null);
      return;
    }
    try {
      const kept = await writer.finish();
      // Left alone meanwhile: it is among the media, and nobody waits for a clip.
      if (this.#running !== running) return;
      this.#release(running);
      this.#host.onDone({ ...kept, plan, heard, isCutShort: running.isCutShort });
    } catch (error) {
      this.#release(running);
      this.#host.onFailed(error);
    }
  }

  #release(running: Running): void {
    for (const end of running.endings.splice(0)) end();
    if (this.#running === running) this.#running = null;
    if (running.isCutShort) this.#set({ kind: 'problem', problem: 'gone' });
    else this.#set({ kind: this.#microphone ? 'ready' : 'closed' });
  }

  #closeMicrophone(): void {
    this.#microphone?.close();
    this.#microphone = null;
  }

  /** Shows how the writing goes, in the phase it is in or another. */
  #tell(kind?: 'recording' | 'saving'): void {
    const now = this.#state.kind;
    const phase = kind ?? (now === 'saving' || now === 'recording' ? now : null);
    if (!phase || !this.#running) return;
    const { waitingSeconds, error } = this.#running.writer;
    this.#set({ kind: phase, waitingSeconds, error });
  }

  #set(state: RecorderState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Samples from one frame to another: as exports count them. */
function samplesBetween(startFrame: Frames, endFrame: Frames, rate: Rate): number {
  return frameToSample(endFrame, rate) - frameToSample(startFrame, rate);
}

function addHeard(heard: Heard, channels: readonly Float32Array[]): Heard {
  return { peak: Math.max(heard.peak, peakOf(channels)), clipped: heard.clipped + countClipped(channels) };
}
