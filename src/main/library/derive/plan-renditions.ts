import type { AssetKind, Probe, RenditionKind } from '#shared/model/index.ts';
import { animatedWebpContainer, heicContainer } from '../look/look-at-file.ts';
import { needsStill } from '../playback.ts';

/** Whether proxies are made (`settings.proxies`). */
export type ProxyChoice = 'never' | 'needed' | 'always';

/** Which renditions an asset gets, the most wanted first. Pure. */
export function planRenditions(
  asset: { kind: AssetKind; probe: Probe; playbackNote: string | null },
  proxies: ProxyChoice,
): RenditionKind[] {
  const { kind, probe, playbackNote } = asset;
  const wantsProxy = proxies === 'always' || (proxies === 'needed' && playbackNote !== null);
  const sound: RenditionKind[] = probe.audio.length > 0 ? ['waveform'] : [];
  const proxy: RenditionKind[] = wantsProxy ? ['proxy'] : [];
  switch (kind) {
    case 'video':
      return ['thumbnail', 'filmstrip', ...sound, ...proxy];
    case 'image': {
      const strip: RenditionKind[] = probe.video?.isAnimated === true ? ['filmstrip'] : [];
      return needsStill(kind, probe) ? ['still', 'thumbnail', ...strip] : ['thumbnail', ...strip];
    }
    case 'audio':
      return [...sound, ...proxy];
    default:
      return [];
  }
}

/** Higher goes first: something to see of every file, then something to scrub, then what plays smoothly. */
export const renditionPriority: Readonly<Record<RenditionKind, number>> = {
  still: 110,
  thumbnail: 100,
  filmstrip: 60,
  waveform: 50,
  proxy: 20,
};

/** True when ffmpeg cannot read the original, so that everything else is made from the still. */
export function isReadThroughStill(probe: Probe): boolean {
  return probe.container === heicContainer || probe.container === animatedWebpContainer;
}

/** File name extension by media type. */
export function extensionOf(mime: string): string {
  const extensions: Record<string, string> = {
    'image/jpeg': 'jpg',
    'image/png': 'png',
    'video/mp4': 'mp4',
    'video/webm': 'webm',
    'audio/mp4': 'm4a',
  };
  return extensions[mime] ?? 'bin';
}

/** The media type a rendition will have; known before it is made, as ffmpeg goes by the file's name. */
export function renditionMime(
  kind: RenditionKind,
  asset: { kind: AssetKind; probe: Probe },
  canKeepAlpha: boolean,
): string {
  const hasAlpha = asset.probe.video?.hasAlpha === true;
  switch (kind) {
    case 'thumbnail':
    case 'still':
    case 'filmstrip':
      return hasAlpha ? 'image/png' : 'image/jpeg';
    case 'waveform':
      return 'application/octet-stream';
    default:
      if (asset.kind === 'audio') return 'audio/mp4';
      return hasAlpha && canKeepAlpha ? 'video/webm' : 'video/mp4';
  }
}
