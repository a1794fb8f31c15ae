import type { DuckingCurve, Ratio, Timeline } from '#shared/model/index.ts';
import type { PreviewSources } from './source.ts';
import type { Transport } from './transport.ts';

/** What is to be shown: one flat timeline in one ratio, with the sources its clips need. */
export interface PreviewScene {
  readonly timeline: Timeline;
  readonly ratio: Ratio;
  readonly sources: PreviewSources;
  /** How music gives way to voices; worked out when it is first asked for. Absent = not at all. */
  readonly ducking?: () => DuckingCurve | null;
}

/** How finely pictures are drawn while they move; standing ones are always drawn in full. */
export type PreviewQuality = 'full' | 'half' | 'quarter';

/**
 * Draws and sounds a scene by following a {@link Transport}. The player knows only this, so the way pictures are
 * decoded and composed can be replaced without touching the interface.
 */
export interface PreviewBackend {
  /** Shows another scene from now on; cheap to call on every edit. */
  setScene(scene: PreviewScene): void;
  /** The stage's size on screen, in device pixels. */
  resize(width: number, height: number): void;
  setQuality(quality: PreviewQuality): void;
  /** Releases every element, worker, canvas and sound. */
  dispose(): void;
}

/** Makes a backend that draws into a positioned element. */
export type CreatePreviewBackend = (host: HTMLElement, transport: Transport) => PreviewBackend;
