import { type AssetId, fullSizes, resolveLayers } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import type { PreviewBackend, PreviewQuality, PreviewScene } from './backend.ts';
import { ExactStill } from './compose/exact-still.ts';
import { LayerPainter, type MediaLayer, type Picture, type PictureLayer, splitAtText } from './draw-layers.ts';
import { createDropMeter } from './drop-meter.ts';
import { MediaPool, mediaElementLimit } from './media-pool.ts';
import { PictureCache } from './picture-cache.ts';
import { type MediaRun, mediaRuns, wantedRuns } from './schedule.ts';
import { AudioOutput, gainStepSeconds } from './sound/audio-output.ts';
import { clipSides } from './sound/clip-sides.ts';
import { announceOutput, withdrawOutput } from './sound/meters.ts';
import type { SideGains } from './sound/side-gains.ts';
import { sizesOf, tileAt } from './source.ts';
import { TextLayer } from './text-layer.ts';
import type { Transport } from './transport.ts';

/** How far ahead of a cut its element is made ready. */
const lookAheadSeconds = 2.5;
/** Longest time a picture is kept while its successor is being decoded. */
const longestHoldMs = 600;
/** Part of the stage's pixels, each way, that is drawn while the picture moves. */
const qualityParts: Readonly<Record<PreviewQuality, number>> = { full: 1, half: 0.5, quarter: 0.25 };
/** Moments that gains are told in advance. */
const gainSteps = 6;
/** Single frames kept to be shown until the next one has come. */
const keptFrames = 8;
/** Height of single frames shown while no playable copy exists. */
const frameHeight = 540;

function makeCanvas(host: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
  canvas.width = 2;
  canvas.height = 2;
  host.append(canvas);
  return canvas;
}

/** Gains of a run for the next moments: longer than until the next picture, so that curves are followed between pictures. */
function gainsOf(scene: PreviewScene, run: MediaRun, position: number): SideGains[] {
  const { rate } = scene.timeline;
  const ducking = scene.ducking?.() ?? null;
  const step = (gainStepSeconds * rate.num) / rate.den;
  return Array.from({ length: gainSteps }, (_, n) => {
    const sides = run.clips.map((clip) => clipSides(clip, position + n * step, rate, ducking));
    return {
      left: sides.reduce((sum, { left }) => sum + left, 0),
      right: sides.reduce((sum, { right }) => sum + right, 0),
    };
  });
}

/**
 * The player's preview: media elements drawn into 2D canvases, text by JASSUB between them; over them, while the playhead
 * stands, the exact frame.
 */
export class CanvasBackend implements PreviewBackend {
  readonly #transport: Transport;
  readonly #audio = new AudioOutput();
  readonly #pool: MediaPool;
  readonly #pictures: PictureCache;
  readonly #painter = new LayerPainter();
  readonly #under: HTMLCanvasElement;
  readonly #over: HTMLCanvasElement;
  readonly #text: TextLayer;
  readonly #still: ExactStill;
  readonly #stopListening: () => void;
  #scene: PreviewScene | null = null;
  #runs: MediaRun[] = [];
  #runOfInstance = new Map<string, MediaRun>();
  #lastFrames = new Map<string, HTMLImageElement>();
  #isOverUsed = false;
  #heldSinceMs: number | null = null;
  #isUpdating = false;
  #wasPlaying = false;
  #pendingDraw: number | null = null;
  #screen = { width: 2, height: 2 };
  #quality: PreviewQuality = 'full';
  readonly #drops = createDropMeter();

  constructor(host: HTMLElement, transport: Transport) {
    this.#transport = transport;
    const redraw = () => this.#requestUpdate();
    this.#pool = new MediaPool(this.#audio, redraw);
    this.#pictures = new PictureCache(redraw);
    this.#under = makeCanvas(host);
    this.#text = new TextLayer(host);
    this.#over = makeCanvas(host);
    this.#still = new ExactStill(host);
    this.#stopListening = transport.subscribe(() => this.#follow());
    announceOutput(transport, this.#audio);
  }

  setScene(scene: PreviewScene): void {
    this.#scene = scene;
    this.#runs = mediaRuns(scene.timeline, scene.sources);
    this.#runOfInstance = new Map(this.#runs.flatMap((run) => run.clips.map((clip) => [clip.instance, run] as const)));
    this.#text.setScene(scene.timeline, scene.ratio);
    this.#still.setScene(scene);
    for (const instance of this.#lastFrames.keys())
      if (!scene.timeline.clips.some((clip) => clip.instance === instance)) this.#lastFrames.delete(instance);
    this.#requestUpdate();
  }

  resize(width: number, height: number): void {
    this.#screen = { width: Math.max(2, width), height: Math.max(2, height) };
    this.#sizeCanvases();
  }

  setQuality(quality: PreviewQuality): void {
    this.#quality = quality;
    this.#sizeCanvases();
  }

  #sizeCanvases(): void {
    const part = qualityParts[this.#quality];
    const width = Math.max(2, Math.round(this.#screen.width * part));
    const height = Math.max(2, Math.round(this.#screen.height * part));
    for (const canvas of [this.#under, this.#over]) {
      if (canvas.width === width && canvas.height === height) continue;
      canvas.width = width;
      canvas.height = height;
    }
    this.#update();
  }

  dispose(): void {
    this.#stopListening();
    if (this.#pendingDraw !== null) cancelAnimationFrame(this.#pendingDraw);
    this.#pool.dispose();
    withdrawOutput(this.#transport, this.#audio);
    this.#audio.dispose();
    this.#pictures.dispose();
    this.#painter.dispose();
    this.#text.dispose();
    this.#still.dispose();
    this.#under.remove();
    this.#over.remove();
    this.#scene = null;
  }

  /** Playing, every tick is drawn at once, and so is its end, which silences; what a hand does is drawn once per frame. */
  #follow(): void {
    const { isPlaying } = this.#transport.getState();
    if (isPlaying || this.#wasPlaying) this.#update();
    else this.#requestUpdate();
    this.#wasPlaying = isPlaying;
  }

  #requestUpdate(): void {
    if (this.#pendingDraw !== null) return;
    this.#pendingDraw = requestAnimationFrame(() => {
      this.#pendingDraw = null;
      this.#update();
    });
  }

  #update(): void {
    const scene = this.#scene;
    if (!scene || this.#isUpdating) return;
    this.#isUpdating = true;
    try {
      const state = this.#transport.getState();
      if (state.isPlaying) this.#audio.start();
      this.#audio.setMasterGain(state.isMuted ? 0 : state.volume ** 2);
      const isWaiting = this.#steer(scene);
      this.#transport.setWaiting(isWaiting);
      const isShown = this.#draw(scene);
      this.#transport.addDropped(this.#drops.look(this.#transport.getState(), isShown));
      this.#showStill(scene);
    } finally {
      this.#isUpdating = false;
    }
  }

  #showStill(scene: PreviewScene): void {
    const { frame, isPlaying, isScrubbing } = this.#transport.getState();
    const screen = this.#screen;
    const isSized = screen.width > 2 && screen.height > 2;
    this.#still.show(isPlaying || !isSized ? null : { scene, frame, screen, isScrubbing });
  }

  #steer(scene: PreviewScene): boolean {
    const { frame, speed, isWaiting } = this.#transport.getState();
    const framesPerSecond = scene.timeline.rate.num / scene.timeline.rate.den;
    const position = speed === 0 ? frame : this.#transport.position();
    const lookAhead = Math.ceil(lookAheadSeconds * framesPerSecond * Math.max(1, Math.abs(speed)));
    return this.#pool.update({
      wanted: wantedRuns(this.#runs, frame, lookAhead, speed < 0 ? -1 : 1, mediaElementLimit),
      position,
      framesPerSecond,
      speed,
      isWaiting,
      sources: scene.sources,
      gainsOf: (run) => gainsOf(scene, run, position),
    });
  }

  /** False when the picture stayed as it was. */
  #draw(scene: PreviewScene): boolean {
    const { frame } = this.#transport.getState();
    const output = fullSizes[scene.ratio];
    const layers = resolveLayers(scene.timeline, frame, scene.ratio, output, sizesOf(scene.sources));
    this.#text.show(frame);
    const { under, over } = splitAtText(layers);
    if (this.#isHeld([...under, ...over])) return false;
    const find = (layer: MediaLayer) => this.#find(scene, layer);
    const lower = this.#under.getContext('2d', { alpha: false });
    if (lower) this.#painter.paint(lower, under, output, find, true);
    if (over.length > 0 || this.#isOverUsed) {
      const upper = this.#over.getContext('2d');
      if (upper) this.#painter.paint(upper, over, output, find, false);
      this.#isOverUsed = over.length > 0;
    }
    return true;
  }

  /** True while the picture stays as it is because an element is between two of its frames: better than a flicker. */
  #isHeld(layers: readonly PictureLayer[]): boolean {
    const isLanding = layers.some((layer) => {
      const run = this.#runOfInstance.get(layer.instance);
      return layer.kind === 'media' && run !== undefined && this.#pool.pictureOf(run.key) === 'landing';
    });
    const nowMs = performance.now();
    if (!isLanding) this.#heldSinceMs = null;
    else this.#heldSinceMs ??= nowMs;
    return this.#heldSinceMs !== null && nowMs - this.#heldSinceMs < longestHoldMs;
  }

  #find(scene: PreviewScene, layer: MediaLayer): Picture | 'missing' | null {
    const source = scene.sources.get(layer.assetId);
    if (!source) return null;
    const seconds = toNumber(layer.sourceSeconds);
    switch (source.mode) {
      case 'missing':
        return 'missing';
      case 'still': {
        const image = this.#pictures.get(source.url);
        return image ? { image, crop: null } : null;
      }
      case 'moving': {
        const run = this.#runOfInstance.get(layer.instance);
        const element = run ? this.#pool.pictureOf(run.key) : null;
        return element && element !== 'landing'
          ? { image: element, crop: null }
          : this.#tile(scene, layer.assetId, seconds);
      }
      case 'frames':
        return this.#singleFrame(scene, layer, seconds);
      default:
        return null;
    }
  }

  /** Of few clips, whatever the ad's length: those drawn last. */
  #keepFrame(instance: string, image: HTMLImageElement): void {
    this.#lastFrames.delete(instance);
    this.#lastFrames.set(instance, image);
    for (const oldest of this.#lastFrames.keys()) {
      if (this.#lastFrames.size <= keptFrames) break;
      this.#lastFrames.delete(oldest);
    }
  }

  /** A small picture of about that moment, at once. */
  #tile(scene: PreviewScene, assetId: AssetId, seconds: number): Picture | null {
    const strip = scene.sources.get(assetId)?.filmstrip;
    const image = strip ? this.#pictures.get(strip.url) : null;
    return strip && image ? { image, crop: tileAt(strip, seconds) } : null;
  }

  #singleFrame(scene: PreviewScene, layer: MediaLayer, seconds: number): Picture | null {
    const { isPlaying, isScrubbing } = this.#transport.getState();
    const steps = isPlaying ? 2 : isScrubbing ? 5 : 1000;
    const source = scene.sources.get(layer.assetId);
    const url = source?.frameUrl(Math.floor(seconds * steps + 1e-6) / steps, frameHeight);
    const image = url ? this.#pictures.get(url) : null;
    if (image) this.#keepFrame(layer.instance, image);
    const shown = image ?? this.#lastFrames.get(layer.instance) ?? null;
    return shown ? { image: shown, crop: null } : this.#tile(scene, layer.assetId, seconds);
  }
}
