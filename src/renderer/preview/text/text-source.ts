import type { Rect } from '#shared/model/index.ts';
import type { TextAnswer, TextRequest } from './text-messages.ts';

/** One moment of a script. */
export interface TextWish {
  readonly script: string;
  /** On the script's clock. */
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
}

/** Text laid out and drawn: premultiplied red, green, blue, opacity, 0 to 65535, of a part of the frame. */
export interface TextPicture {
  readonly pixels: Uint16Array<ArrayBuffer>;
  /** The part of the frame, on even pixels; empty where there is nothing to see. */
  readonly bounds: Rect;
}

/** Pictures of text kept. */
const keptPictures = 12;
const keyOf = ({ script, seconds, width, height }: TextWish) => `${width}×${height}/${seconds}/${script}`;

/** Pictures of text by libass in a worker of its own. The worker starts with the first wish. */
export class TextSource {
  #fonts: readonly string[];
  readonly #onChange: () => void;
  #worker: Worker | null = null;
  #pictures = new Map<string, TextPicture>();
  /** Keys of wishes under way. */
  #pending = new Map<number, string>();
  #nextId = 1;
  #failure: string | null = null;

  constructor(fonts: readonly string[], onChange: () => void) {
    this.#fonts = fonts;
    this.#onChange = onChange;
  }

  /** The picture of a wish, that it is coming, or that text cannot be drawn here. */
  find(wish: TextWish): TextPicture | 'coming' | 'failed' {
    const key = keyOf(wish);
    const known = this.#pictures.get(key);
    if (known) {
      this.#pictures.delete(key);
      this.#pictures.set(key, known);
      return known;
    }
    if (this.#failure !== null) return 'failed';
    if (![...this.#pending.values()].includes(key)) this.#ask(key, wish);
    return 'coming';
  }

  /** Other fonts: everything is drawn anew with them. */
  setFonts(fonts: readonly string[]): void {
    if (fonts.join(' ') === this.#fonts.join(' ')) return;
    this.dispose();
    this.#fonts = fonts;
    this.#failure = null;
  }

  dispose(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#pictures.clear();
    this.#pending.clear();
  }

  #ask(key: string, wish: TextWish): void {
    this.#worker ??= this.#start();
    const id = this.#nextId++;
    this.#pending.set(id, key);
    this.#send({ kind: 'draw', id, ...wish });
  }

  #send(request: TextRequest): void {
    this.#worker?.postMessage(request);
  }

  #start(): Worker {
    const worker = new Worker(new URL('./text-worker.ts', import.meta.url), { type: 'module', name: 'text' });
    worker.onmessage = ({ data }: MessageEvent<TextAnswer>) => this.#take(data);
    worker.onerror = (event) => this.#fail(event.message);
    worker.postMessage({ kind: 'start', fonts: this.#fonts } satisfies TextRequest);
    return worker;
  }

  #take(answer: TextAnswer): void {
    if (answer.kind === 'failed') {
      this.#fail(answer.message);
      return;
    }
    const key = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if (key === undefined) return;
    this.#pictures.set(key, { pixels: answer.pixels, bounds: answer.bounds });
    for (const [oldest] of this.#pictures) {
      if (this.#pictures.size <= keptPictures) break;
      this.#pictures.delete(oldest);
    }
    this.#onChange();
  }

  #fail(message: string): void {
    console.error('text cannot be drawn exactly', message);
    this.#failure = message;
    this.#pending.clear();
    this.#onChange();
  }
}
