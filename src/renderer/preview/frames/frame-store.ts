import { frameBytes, type PlaneFrame } from './planes.ts';

/** Memory that decoded frames may take. */
export const frameStoreBytes = 128 * 2 ** 20;

/** A frame and the moments it is shown at: `from` ≤ moment < its end. */
interface Known {
  frame: PlaneFrame;
  /** The first frame of a file is shown before it begins, too. */
  from: number;
}

/** Decoded frames by file and moment, least recently used ones let go, never more bytes than `limitBytes` (but what is pinned). */
export class FrameStore {
  readonly #limitBytes: number;
  #files = new Map<string, Map<number, Known>>();
  /** Use order over all files, oldest first. */
  #order = new Map<PlaneFrame, { url: string; time: number }>();
  #pinned: ReadonlySet<PlaneFrame> = new Set();
  #bytes = 0;

  constructor(limitBytes = frameStoreBytes) {
    this.#limitBytes = limitBytes;
  }

  /** Bytes held now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The frame for a moment, where it is known. */
  get(url: string, moment: number): PlaneFrame | null {
    for (const { frame, from } of this.#files.get(url)?.values() ?? []) {
      if (moment < from || moment >= frame.endSeconds) continue;
      this.#touch(frame);
      return frame;
    }
    return null;
  }

  /** Keeps a frame that was the answer for a moment. */
  put(url: string, moment: number, frame: PlaneFrame): PlaneFrame {
    const file = this.#files.get(url) ?? new Map<number, Known>();
    this.#files.set(url, file);
    const known = file.get(frame.timeSeconds);
    if (known) {
      known.from = Math.min(known.from, moment);
      this.#touch(known.frame);
      return known.frame;
    }
    file.set(frame.timeSeconds, { frame, from: Math.min(frame.timeSeconds, moment) });
    this.#order.set(frame, { url, time: frame.timeSeconds });
    this.#bytes += frameBytes(frame);
    this.#trim(frame);
    return frame;
  }

  /** These, and no others, stay whatever memory they take: one picture may need several large ones at once. */
  pin(frames: Iterable<PlaneFrame>): void {
    this.#pinned = new Set(frames);
  }

  /** Files that have frames here. */
  urls(): string[] {
    return [...this.#files.keys()];
  }

  /** Forgets a file's frames. */
  drop(url: string): void {
    for (const { frame } of this.#files.get(url)?.values() ?? []) this.#forget(frame);
  }

  clear(): void {
    this.#files.clear();
    this.#order.clear();
    this.#bytes = 0;
  }

  #touch(frame: PlaneFrame): void {
    const place = this.#order.get(frame);
    if (!place) return;
    this.#order.delete(frame);
    this.#order.set(frame, place);
  }

  #trim(keep: PlaneFrame): void {
    for (const [frame] of this.#order) {
      if (this.#bytes <= this.#limitBytes) return;
      if (frame !== keep && !this.#pinned.has(frame)) this.#forget(frame);
    }
  }

  #forget(frame: PlaneFrame): void {
    const place = this.#order.get(frame);
    if (!place) return;
    this.#order.delete(frame);
    const file = this.#files.get(place.url);
    file?.delete(place.time);
    if (file?.size === 0) this.#files.delete(place.url);
    this.#bytes -= frameBytes(frame);
  }
}
