import type { Ffmpeg } from '#main/platform/ffmpeg/index.ts';
import type { AssetKind, Probe, Rendition } from '#shared/model/index.ts';

/** The file a rendition is made from. */
export interface DeriveSource {
  path: string;
  kind: AssetKind;
  probe: Probe;
}

/** What making a rendition is given. */
export interface DeriveContext {
  ffmpeg: Ffmpeg;
  signal: AbortSignal;
  /** 0..1 */
  onProgress: (fraction: number) => void;
}

/** How a finished rendition file is read. */
export interface DerivedShape {
  filmstrip?: Rendition['filmstrip'];
  waveform?: Rendition['waveform'];
}
