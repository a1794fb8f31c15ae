import { fullSizes, type Size } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { PreviewScene } from '../backend.ts';
import { areFacesRead, readFaces, setFaces } from '../font-metrics.ts';
import { fontUrls, onFontsChanged } from '../fonts.ts';
import { FrameSource, type FrameWish } from '../frames/frame-source.ts';
import { TextSource } from '../text/text-source.ts';
import { Compositor } from './compositor.ts';
import { fillSteps, planStill, type StillStep } from './plan-still.ts';

/** What is to be shown. */
interface Wanted {
  scene: PreviewScene;
  frame: Frames;
  screen: Size;
  /** The playhead is being dragged: the quick picture comes first. */
  isScrubbing: boolean;
}

/** How long the last still stays while the next one is on its way, ms: two pictures of one moment must not flicker. */
const holdMs = 250;
/** A playhead that is dragged must rest this long before a still is composed. */
const settleMs = 120;
/** Where a frame takes longer than this to draw (no graphics processor), it always waits for the playhead to rest. */
const slowMs = 80;
/** The longest that such a frame waits: about as long as it takes, so that the hand is not held up by it again and again. */
const longestSettleMs = 800;
/** A graphics processor that was lost this often is left alone. */
const mostLosses = 4;

/**
 * The frame of a standing playhead exactly as the export will have it, drawn over the quick picture of the media elements
 * as soon as it is ready. Where something cannot be had exactly (or there is no WebGL2), it stays out of the way.
 */
export class ExactStill {
  /** Keeps its place among the layers of the stage, whenever the canvas comes. */
  readonly #box = document.createElement('div');
  readonly #frames: FrameSource;
  readonly #text: TextSource;
  readonly #stopHearing: () => void;
  #canvas: HTMLCanvasElement | null = null;
  #compositor: Compositor | null = null;
  #hasNoGraphics = false;
  #tookMs = 0;
  #losses = 0;
  #wanted: Wanted | null = null;
  /** What the canvas shows. */
  #shown: Wanted | null = null;
  #hideTimer: ReturnType<typeof setTimeout> | null = null;
  #settleTimer: ReturnType<typeof setTimeout> | null = null;
  #sources: PreviewScene['sources'] | null = null;
  #isDisposed = false;

  constructor(host: HTMLElement) {
    this.#box.style.cssText = 'position:absolute;inset:0;pointer-events:none';
    host.append(this.#box);
    this.#frames = new FrameSource(() => this.#draw());
    this.#text = new TextSource(fontUrls(), () => this.#draw());
    this.#stopHearing = onFontsChanged(() => {
      this.#text.setFonts(fontUrls());
      this.#draw();
    });
  }

  /** Another scene: what no clip of it uses is let go, and what could not be read is tried again. */
  setScene(scene: PreviewScene): void {
    if (scene.sources === this.#sources) return;
    this.#sources = scene.sources;
    const urls = [...scene.sources.values()].flatMap(({ exact }) => (exact ? [exact.url] : []));
    this.#frames.keepOnly(new Set(urls));
    this.#frames.forgetFailures();
  }

  /** Shows a frame of a scene on so many device pixels; null while playing. Cheap when nothing has changed. */
  show(wanted: Wanted | null): void {
    if (isSame(this.#wanted, wanted)) return;
    this.#wanted = wanted;
    this.#cancelSettling();
    if (wanted && !wanted.isScrubbing && this.#tookMs <= slowMs) {
      this.#draw();
      return;
    }
    this.#frames.find([]);
    this.#hide();
    if (!wanted) return;
    const restMs = Math.min(longestSettleMs, Math.max(settleMs, this.#tookMs));
    this.#settleTimer = setTimeout(() => this.#settle(), restMs);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#wanted = null;
    this.#cancelSettling();
    this.#stopHearing();
    this.#frames.dispose();
    this.#text.dispose();
    this.#dropGraphics();
    this.#box.remove();
  }

  #settle(): void {
    this.#settleTimer = null;
    this.#draw();
  }

  #draw(): void {
    const wanted = this.#wanted;
    if (!wanted || this.#isDisposed || this.#hasNoGraphics || this.#settleTimer !== null) return;
    const output = fullSizes[wanted.scene.ratio];
    if (!areFacesRead() && wanted.scene.timeline.clips.some(({ content }) => content.kind === 'text')) {
      void readFaces().then(() => areFacesRead() && this.#draw());
      this.#hideSoon();
      return;
    }
    const plan = planStill(wanted.scene, wanted.frame, output, setFaces());
    const steps = plan && fillSteps(plan, output, this.#pictures(plan));
    if (steps === null || steps === 'failed') {
      this.#hide();
      return;
    }
    if (steps === 'coming') {
      this.#hideSoon();
      return;
    }
    const compositor = this.#graphics();
    if (!compositor || compositor.isLost) return;
    const startedMs = performance.now();
    try {
      compositor.compose(steps, output);
      compositor.show(wanted.screen);
    } catch (error) {
      console.warn('this frame cannot be drawn exactly:', error);
      this.#hide();
      return;
    }
    this.#shown = wanted;
    this.#reveal();
    void compositor.whenDone().then(() => {
      this.#tookMs = performance.now() - startedMs;
      // What was drawn is on the page with its next picture but one.
      requestAnimationFrame(() => requestAnimationFrame(() => this.#tell(wanted)));
    });
  }

  /** Whoever looks at the page knows by this which frame is really on it. */
  #tell(wanted: Wanted): void {
    if (this.#canvas && this.#shown === wanted) this.#canvas.dataset.frame = String(wanted.frame);
  }

  #pictures(plan: readonly StillStep[]) {
    const wishes = plan.flatMap((step): FrameWish[] =>
      step.kind === 'picture' || step.kind === 'backdrop' ? [step.wish] : [],
    );
    const found = this.#frames.find(wishes);
    return {
      frame: (wish: FrameWish) => found[wishes.indexOf(wish)] ?? 'failed',
      text: this.#text.find.bind(this.#text),
    } as const;
  }

  #graphics(): Compositor | null {
    if (this.#compositor) return this.#compositor;
    const canvas = document.createElement('canvas');
    canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none;visibility:hidden';
    canvas.dataset.testid = 'exact-still';
    try {
      this.#compositor = new Compositor(canvas);
    } catch (error) {
      console.warn('stills are shown by the media elements alone:', error);
      this.#hasNoGraphics = true;
      return null;
    }
    canvas.addEventListener('webglcontextlost', () => this.#recover());
    this.#canvas = canvas;
    this.#box.append(canvas);
    return this.#compositor;
  }

  /** The graphics processor was reset: everything on it is gone. A new canvas takes over with the next picture. */
  #recover(): void {
    if (this.#isDisposed || !this.#canvas) return;
    this.#dropGraphics();
    this.#losses += 1;
    this.#hasNoGraphics = this.#losses >= mostLosses;
    setTimeout(() => this.#draw(), 0);
  }

  #dropGraphics(): void {
    this.#cancelHiding();
    const [canvas, compositor] = [this.#canvas, this.#compositor];
    this.#canvas = null;
    this.#compositor = null;
    this.#shown = null;
    canvas?.remove();
    compositor?.dispose();
  }

  #reveal(): void {
    this.#cancelHiding();
    if (!this.#canvas || !this.#shown) return;
    this.#canvas.style.visibility = 'visible';
    delete this.#canvas.dataset.frame;
  }

  #hide(): void {
    this.#cancelHiding();
    this.#shown = null;
    if (!this.#canvas) return;
    this.#canvas.style.visibility = 'hidden';
    delete this.#canvas.dataset.frame;
  }

  #hideSoon(): void {
    if (this.#canvas) delete this.#canvas.dataset.frame;
    if (this.#shown) this.#hideTimer ??= setTimeout(() => this.#hide(), holdMs);
  }

  #cancelSettling(): void {
    if (this.#settleTimer !== null) clearTimeout(this.#settleTimer);
    this.#settleTimer = null;
  }

  #cancelHiding(): void {
    if (this.#hideTimer !== null) clearTimeout(this.#hideTimer);
    this.#hideTimer = null;
  }
}

function isSame(one: Wanted | null, other: Wanted | null): boolean {
  if (one === null || other === null) return one === other;
  const isSameScreen = one.screen.width === other.screen.width && one.screen.height === other.screen.height;
  const isSameFrame = one.scene === other.scene && one.frame === other.frame;
  return isSameFrame && isSameScreen && one.isScrubbing === other.isScrubbing;
}
