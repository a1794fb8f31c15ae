import type JASSUB from 'jassub';
import { fullSizes, type Ratio, type Timeline } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { assOfTimeline } from './ass-of-timeline.ts';
import { areFacesRead, readFaces, setFaces } from './font-metrics.ts';
import { fontUrls, onFontsChanged } from './fonts.ts';

/** Shortest time between two documents, ms: hundreds of texts take a while to write down. */
const pauseMs = 80;

/**
 * Text as the export draws it: libass, in a worker, with the shipped fonts.
 * The worker starts with the first text and ends with the layer.
 */
export class TextLayer {
  readonly #host: HTMLElement;
  #engine: JASSUB | null = null;
  #starting: Promise<JASSUB | null> | null = null;
  #document: string | null = null;
  #scene: { timeline: Timeline; ratio: Ratio } | null = null;
  #frame: Frames = 0;
  #shown = '';
  #writtenMs = Number.NEGATIVE_INFINITY;
  #later: ReturnType<typeof setTimeout> | null = null;
  #isDisposed = false;
  readonly #stopHearing = onFontsChanged(() => this.#restart());

  constructor(host: HTMLElement) {
    // A box of its own keeps text between the two picture canvases.
    this.#host = document.createElement('div');
    this.#host.style.cssText = 'position:absolute;inset:0;pointer-events:none';
    host.append(this.#host);
  }

  /** Another scene. While scenes follow one another closely (a drag), their words are written at most every 80 ms. */
  setScene(timeline: Timeline, ratio: Ratio): void {
    this.#scene = { timeline, ratio };
    if (this.#later !== null) return;
    const waitMs = this.#writtenMs + pauseMs - performance.now();
    if (waitMs <= 0) this.#write();
    else this.#later = setTimeout(() => this.#write(), waitMs);
  }

  #write(): void {
    this.#later = null;
    this.#writtenMs = performance.now();
    if (!this.#scene || this.#isDisposed) return;
    const { timeline, ratio } = this.#scene;
    const hasText = timeline.clips.some((clip) => clip.content.kind === 'text');
    const document = hasText ? assOfTimeline(timeline, ratio, setFaces()) : null;
    if (hasText && !areFacesRead()) void readFaces().then(() => areFacesRead() && this.#relay());
    this.#host.style.visibility = hasText ? 'visible' : 'hidden';
    if (document === this.#document) return;
    this.#document = document;
    this.#shown = '';
    if (!document) return;
    if (this.#engine) {
      void this.#engine.renderer.setTrack(document);
      this.show(this.#frame);
    } else void this.#start();
  }

  /** Draws the text of a frame. */
  show(frame: Frames): void {
    this.#frame = frame;
    const scene = this.#scene;
    if (!scene || !this.#engine || !this.#document) return;
    const output = fullSizes[scene.ratio];
    const key = `${scene.ratio}/${frame}`;
    if (key === this.#shown) return;
    this.#shown = key;
    const { rate } = scene.timeline;
    void this.#engine.manualRender({
      expectedDisplayTime: 0,
      mediaTime: (frame * rate.den) / rate.num,
      width: output.width,
      height: output.height,
    });
  }

  /** Other fonts: an engine that has them takes the place of this one. */
  #restart(): void {
    const starting = this.#starting;
    this.#starting = null;
    this.#engine = null;
    this.#document = null;
    void starting?.then((engine) => engine?.destroy());
    for (const canvas of this.#host.querySelectorAll('canvas')) canvas.remove();
    this.#relay();
  }

  /** Lays the lines once more, now that the widths of letters are known. */
  #relay(): void {
    if (this.#scene && !this.#isDisposed) this.setScene(this.#scene.timeline, this.#scene.ratio);
  }

  dispose(): void {
    this.#isDisposed = true;
    if (this.#later !== null) clearTimeout(this.#later);
    this.#stopHearing();
    this.#host.remove();
    void this.#engine?.destroy();
    this.#engine = null;
  }

  async #start(): Promise<void> {
    this.#starting ??= this.#create().catch((error: unknown) => {
      console.error('the text engine did not start', error);
      // A picture without its words must not pass for the real one.
      this.#host.textContent = 'Text cannot be shown here. Please reload the page.';
      this.#host.style.cssText += ';display:grid;place-items:end center;padding:8px;font-size:12px;color:#f0706b';
      return null;
    });
    const starting = this.#starting;
    const engine = await starting;
    // Another set of fonts has let this engine go meanwhile.
    if (!engine || this.#starting !== starting) return;
    if (this.#isDisposed) {
      await engine.destroy();
      return;
    }
    this.#engine = engine;
    if (this.#document) await engine.renderer.setTrack(this.#document);
    this.#shown = '';
    this.show(this.#frame);
  }

  async #create(): Promise<JASSUB | null> {
    const { default: Engine } = await import('jassub');
    if (this.#isDisposed || !this.#document) return null;
    const canvas = document.createElement('canvas');
    canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%';
    this.#host.append(canvas);
    const engine = new Engine({
      canvas,
      subContent: this.#document,
      fonts: fontUrls(),
      availableFonts: {},
      defaultFont: 'inter',
      queryFonts: false,
    });
    await engine.ready;
    return engine;
  }
}
