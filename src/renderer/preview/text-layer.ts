import type JASSUB from 'jassub';
import { fullSizes, type Ratio, type Timeline } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { assOfTimeline, type FrameSpan } from './ass-of-timeline.ts';
import { areFacesRead, readFaces, setFaces } from './font-metrics.ts';
import { fontUrls, onFontsChanged } from './fonts.ts';
import { libassLimits } from './text/libass-limits.ts';

/** Shortest time between two documents, ms: hundreds of texts take a while to write down. */
const pauseMs = 80;
/** A hand rests when no scene has come for this long. */
const restMs = 300;

/** A second to both sides of a frame. */
function nearFrames(frame: Frames, { rate }: Timeline): FrameSpan {
  const second = Math.ceil(rate.num / rate.den);
  return { startFrame: frame - second, endFrame: frame + second };
}

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
  #rest: ReturnType<typeof setTimeout> | null = null;
  #sceneMs = Number.NEGATIVE_INFINITY;
  #isDragged = false;
  /** What the document was written for; null = all of the scene. */
  #near: FrameSpan | null = null;
  #isDisposed = false;
  readonly #stopHearing = onFontsChanged(() => this.#restart());

  constructor(host: HTMLElement) {
    // A box of its own keeps text between the two picture canvases.
    this.#host = document.createElement('div');
    this.#host.style.cssText = 'position:absolute;inset:0;pointer-events:none';
    host.append(this.#host);
  }

  /**
   * Another scene. While scenes follow one another closely (a drag), words are written at most every 80 ms, and only those
   * near the frame that is seen; all of them when the hand rests.
   */
  setScene(timeline: Timeline, ratio: Ratio): void {
    const nowMs = performance.now();
    this.#isDragged = nowMs - this.#sceneMs < restMs;
    this.#sceneMs = nowMs;
    this.#scene = { timeline, ratio };
    this.#writeSoon(this.#writtenMs + pauseMs - nowMs);
  }

  #writeSoon(waitMs: number): void {
    if (this.#later !== null) return;
    if (waitMs <= 0) this.#write();
    else this.#later = setTimeout(() => this.#write(), waitMs);
  }

  #write(): void {
    this.#later = null;
    this.#writtenMs = performance.now();
    if (!this.#scene || this.#isDisposed) return;
    const { timeline, ratio } = this.#scene;
    const hasText = timeline.clips.some((clip) => clip.content.kind === 'text');
    this.#near = hasText && this.#isDragged ? nearFrames(this.#frame, timeline) : null;
    const document = hasText ? assOfTimeline(timeline, ratio, setFaces(), this.#near) : null;
    if (hasText && !areFacesRead()) void readFaces().then(() => areFacesRead() && this.#relay());
    this.#host.style.visibility = hasText ? 'visible' : 'hidden';
    if (this.#near) this.#rest ??= setTimeout(() => this.#settle(), restMs);
    if (document === this.#document) return;
    this.#document = document;
    this.#shown = '';
    if (!document) return;
    if (this.#engine) {
      void this.#engine.renderer.setTrack(document);
      this.show(this.#frame);
    } else void this.#start();
  }

  /** The hand rests: now all words are written. */
  #settle(): void {
    this.#rest = null;
    const waitMs = this.#sceneMs + restMs - performance.now();
    if (waitMs > 0) {
      this.#rest = setTimeout(() => this.#settle(), waitMs);
      return;
    }
    this.#isDragged = false;
    this.#writeSoon(0);
  }

  /** Draws the text of a frame. */
  show(frame: Frames): void {
    this.#frame = frame;
    const scene = this.#scene;
    if (this.#near && (frame < this.#near.startFrame || frame >= this.#near.endFrame))
      this.#writeSoon(this.#writtenMs + pauseMs - performance.now());
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
    if (this.#rest !== null) clearTimeout(this.#rest);
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
      libassGlyphLimit: libassLimits.glyphs,
      libassMemoryLimit: libassLimits.megabytes,
    });
    await engine.ready;
    return engine;
  }
}
