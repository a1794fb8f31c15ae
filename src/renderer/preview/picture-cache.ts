import { tellUnreadable } from './unreadable.ts';

/** Decoded stills kept at one time. */
const pictureLimit = 24;
/** A picture that could not be read is asked for again after this long, ms. */
const retryMs = 3000;

/**
 * Pictures by URL: loaded on first wish, least recently used ones let go.
 * `get` answers null until a picture has arrived, and calls `onPicture` when it has.
 */
export class PictureCache {
  #pictures = new Map<string, HTMLImageElement>();
  readonly #onPicture: () => void;

  constructor(onPicture: () => void) {
    this.#onPicture = onPicture;
  }

  /** The picture, once it is there. */
  get(url: string): HTMLImageElement | null {
    const known = this.#pictures.get(url);
    if (known) {
      this.#pictures.delete(url);
      this.#pictures.set(url, known);
      return known.complete && known.naturalWidth > 0 ? known : null;
    }
    const image = new Image();
    image.decoding = 'async';
    const { origin } = new URL(url, document.baseURI);
    if (origin !== location.origin) image.crossOrigin = 'anonymous';
    image.onload = () => this.#onPicture();
    image.onerror = () => this.#fail(url, image);
    image.src = url;
    this.#pictures.set(url, image);
    this.#trim();
    return null;
  }

  dispose(): void {
    for (const image of this.#pictures.values()) {
      image.onload = null;
      image.onerror = null;
      image.src = '';
    }
    this.#pictures.clear();
  }

  #fail(url: string, image: HTMLImageElement): void {
    setTimeout(() => {
      if (this.#pictures.get(url) === image) this.#pictures.delete(url);
    }, retryMs);
    this.#onPicture();
    tellUnreadable();
  }

  #trim(): void {
    for (const [url, image] of this.#pictures) {
      if (this.#pictures.size <= pictureLimit) return;
      image.onload = null;
      image.onerror = null;
      this.#pictures.delete(url);
    }
  }
}
