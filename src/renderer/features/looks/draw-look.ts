import { assDocument, type Layer, stillMoment, type TextMoment, type TextStyle } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { areFacesRead, readFaces, setFaces } from '../../preview/font-metrics.ts';
import { fontUrls } from '../../preview/fonts.ts';
import { type TextPicture, TextSource } from '../../preview/text/text-source.ts';

/** Size of a look's picture in pixels: twice what it is shown at. */
export const lookSize = { width: 240, height: 112 };
/** How large words are in it, whatever their own size. */
const wordsPx = 50;
/** Pictures kept: all looks on offer and many of one's own. */
const mostKept = 200;

/** A moment at which a look shows what it does to the word that is said: the second of three. */
function momentOf({ highlight }: TextStyle): TextMoment {
  if (highlight === 'none') return stillMoment;
  return { ...stillMoment, word: 1, isSaid: true, letters: 2, wordScale: highlight === 'pop' ? 1.18 : 1 };
}

/** What a look is shown with. */
function layerOfLook(look: TextStyle): Extract<Layer, { kind: 'text' }> {
  const words = look.highlight === 'none' ? 'Aa Bb' : look.highlight === 'one-word' ? 'Say this' : 'Say it now';
  return {
    ...{ kind: 'text', instance: 'look', opacity: 1, wrapScale: null, pixelScale: wordsPx / look.sizePx },
    text: look.isUppercase ? words.toUpperCase() : words,
    // Where the words stand, and on one line.
    style: {
      ...look,
      ...{ isFitted: true, wordsPerLine: 0, maxLines: 0, align: 'centre', verticalAlign: 'middle', maxWidth: 0.84 },
    },
    anchor: { x: lookSize.width / 2, y: lookSize.height / 2 },
    moment: momentOf(look),
  };
}

/** The script of a look's picture: what tells two looks apart that look different. */
export function lookScript(look: TextStyle): string {
  const events = [{ layer: layerOfLook(look), startFrame: 0, endFrame: 10 }];
  return assDocument({ events, output: lookSize, rate: rational(1), faces: setFaces() });
}

/** Samples of 16 bits, multiplied with opacity, as a picture of the page. */
function imageOf({ pixels, bounds }: TextPicture): ImageData {
  const image = new ImageData(lookSize.width, lookSize.height);
  for (let y = 0; y < bounds.height; y += 1)
    for (let x = 0; x < bounds.width; x += 1) {
      const from = (y * bounds.width + x) * 4;
      const opacity = pixels[from + 3] ?? 0;
      if (opacity === 0) continue;
      const to = ((y + bounds.y) * lookSize.width + x + bounds.x) * 4;
      for (let n = 0; n < 3; n += 1) image.data[to + n] = Math.round(((pixels[from + n] ?? 0) / opacity) * 255);
      image.data[to + 3] = Math.round(opacity / 257);
    }
  return image;
}

/** Pictures of looks, drawn by the engine that draws all text. It runs while somebody waits for one. */
class LookPictures {
  #known = new Map<string, ImageData>();
  #waiting = new Map<string, ((image: ImageData | null) => void)[]>();
  #source: TextSource | null = null;

  /** Null where text cannot be drawn. */
  async draw(look: TextStyle): Promise<ImageData | null> {
    if (!areFacesRead()) await readFaces();
    const script = lookScript(look);
    const known = this.#known.get(script);
    if (known) return known;
    return new Promise((resolve) => {
      this.#waiting.set(script, [...(this.#waiting.get(script) ?? []), resolve]);
      this.#look();
    });
  }

  #look(): void {
    this.#source ??= new TextSource(fontUrls(), () => this.#look());
    for (const [script, waiting] of this.#waiting) {
      const found = this.#source.find({ script, seconds: 0, ...lookSize });
      if (found === 'coming') continue;
      this.#waiting.delete(script);
      const image = found === 'failed' ? null : imageOf(found);
      if (image) this.#keep(script, image);
      for (const tell of waiting) tell(image);
    }
    if (this.#waiting.size > 0) return;
    this.#source.dispose();
    this.#source = null;
  }

  #keep(script: string, image: ImageData): void {
    for (const oldest of this.#known.keys()) {
      if (this.#known.size < mostKept) break;
      this.#known.delete(oldest);
    }
    this.#known.set(script, image);
  }
}

const pictures = new LookPictures();

/** The picture of a look; null where text cannot be drawn. */
export function drawLook(look: TextStyle): Promise<ImageData | null> {
  return pictures.draw(look);
}
