import { tellUnreadable } from '../unreadable.ts';
import { FrameStore } from './frame-store.ts';
import type { FrameAnswer, FrameRequest } from './messages.ts';
import type { PlaneFrame } from './planes.ts';

/** Which picture of which file is wanted. */
export type FrameWish =
  | { readonly kind: 'frame'; readonly url: string /** On the file's clock, seconds. */; readonly moment: number }
  | { readonly kind: 'still'; readonly url: string; readonly mime: string };

/** What is known of a wish: its frame, that it is on its way, or that it cannot be had exactly. */
export type FrameFound = PlaneFrame | 'coming' | 'failed';

interface Pending {
  id: number;
  wish: FrameWish;
}

/** A file that could not be read is tried again after this long, ms: it may have been away for a moment. */
const retryMs = 10_000;

const momentOf = (wish: FrameWish): number => (wish.kind === 'frame' ? wish.moment : 0);

/**
 * Exact frames of files, decoded in a worker, kept within a bound of memory. The worker starts with the first wish.
 * {@link FrameSource.find} answers at once with what is there; `onChange` tells that more has come.
 */
export class FrameSource {
  readonly #onChange: () => void;
  readonly #store: FrameStore;
  #worker: Worker | null = null;
  #pending: Pending[] = [];
  #nextId = 1;
  /** Files that cannot be read exactly here, with why. */
  #failed = new Map<string, { message: string; atMs: number }>();
  #isDisposed = false;

  constructor(onChange: () => void, store = new FrameStore()) {
    this.#onChange = onChange;
    this.#store = store;
  }

  /** Bytes of frames held now. */
  get bytes(): number {
    return this.#store.bytes;
  }

  /** Looks for pictures. What is not there is fetched; wishes of earlier calls that are not among these are withdrawn. */
  find(wishes: readonly FrameWish[]): FrameFound[] {
    const wanted = (one: Pending) =>
      wishes.some((wish) => wish.url === one.wish.url && momentOf(wish) === momentOf(one.wish));
    for (const one of this.#pending) if (!wanted(one)) this.#worker?.postMessage({ kind: 'withdraw', id: one.id });
    this.#pending = this.#pending.filter(wanted);
    const found = wishes.map((wish) => this.#look(wish));
    this.#store.pin(found.filter((one) => typeof one === 'object'));
    return found;
  }

  /** Why a file cannot be read exactly; null while it can. */
  failureOf(url: string): string | null {
    const failure = this.#failed.get(url);
    return failure && performance.now() - failure.atMs < retryMs ? failure.message : null;
  }

  /** What could not be read may have been mended: it is tried again with the next wish. */
  forgetFailures(): void {
    for (const url of this.#failed.keys()) this.#send({ kind: 'release', url });
    this.#failed.clear();
  }

  /** Closes every file but these. */
  keepOnly(urls: ReadonlySet<string>): void {
    for (const url of this.#store.urls()) {
      if (urls.has(url)) continue;
      this.#store.drop(url);
      this.#send({ kind: 'release', url });
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#worker?.terminate();
    this.#worker = null;
    this.#pending = [];
    this.#store.clear();
  }

  #look(wish: FrameWish): FrameFound {
    const known = this.#store.get(wish.url, momentOf(wish));
    if (known) return known;
    if (this.failureOf(wish.url) !== null) return 'failed';
    const isAsked = this.#pending.some((one) => one.wish.url === wish.url && momentOf(one.wish) === momentOf(wish));
    if (!isAsked) this.#ask(wish);
    return 'coming';
  }

  #ask(wish: FrameWish): void {
    if (this.#isDisposed) return;
    this.#worker ??= this.#start();
    const id = this.#nextId++;
    this.#pending.push({ id, wish });
    this.#send({ ...wish, id });
  }

  #send(request: FrameRequest): void {
    this.#worker?.postMessage(request);
  }

  #start(): Worker {
    const worker = new Worker(new URL('./frame-worker.ts', import.meta.url), { type: 'module', name: 'frames' });
    worker.onmessage = ({ data }: MessageEvent<FrameAnswer>) => this.#take(data);
    worker.onerror = (event) => {
      // The worker itself is broken: nothing is exact any more, and whoever asks falls back.
      console.error('exact frames are not available', event.message);
      for (const { wish } of this.#pending) this.#fail(wish.url, event.message);
      this.#pending = [];
      this.#onChange();
    };
    return worker;
  }

  #keep(wish: FrameWish, frames: readonly PlaneFrame[]): void {
    const [wanted, ...others] = frames;
    for (const frame of others) this.#store.put(wish.url, frame.timeSeconds, frame);
    // Last, so that it is the one kept where memory is short.
    if (wanted) this.#store.put(wish.url, momentOf(wish), wanted);
  }

  #take(answer: FrameAnswer): void {
    const pending = this.#pending.find((one) => one.id === answer.id);
    if (!pending || this.#isDisposed) return;
    this.#pending = this.#pending.filter((one) => one !== pending);
    const { url } = pending.wish;
    if (answer.kind === 'frames') this.#keep(pending.wish, answer.frames);
    else {
      console.warn('no exact frames of a file:', answer.message);
      this.#fail(url, answer.message);
      tellUnreadable();
    }
    this.#onChange();
  }

  #fail(url: string, message: string): void {
    this.#failed.set(url, { message, atMs: performance.now() });
  }
}
