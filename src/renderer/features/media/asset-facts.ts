import type { Asset } from '#shared/model/index.ts';
import { nearestRatio } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { formatBytes, formatDateTime, formatDuration } from '../../ui/index.ts';

/** Length in seconds; null for stills and documents. */
export function durationOf(asset: Pick<Asset, 'probe'>): number | null {
  return asset.probe.durationSeconds ? toNumber(asset.probe.durationSeconds) : null;
}

const channelNames: Record<number, string> = { 1: 'mono', 2: 'stereo', 6: '5.1', 8: '7.1' };

/** What the probe found, as label and value, for the details panel. */
export function assetFacts(asset: Asset): [string, string][] {
  const { video, audio, durationSeconds, capturedAtMs, device, container } = asset.probe;
  const sound = audio.find((stream) => stream.isDefault) ?? audio[0];
  const facts: [string, string | null][] = [
    ['Length', durationSeconds ? formatDuration(toNumber(durationSeconds)) : null],
    ['Picture', video ? `${video.width} × ${video.height}${ratioNote(video)}` : null],
    [
      'Frame rate',
      video?.averageRate ? `${rateText(toNumber(video.averageRate))}${video.isVariableRate ? ', variable' : ''}` : null,
    ],
    [
      'Codec',
      video ? [video.codec, video.bitDepth > 8 ? `${video.bitDepth} bit` : ''].filter(Boolean).join(', ') : null,
    ],
    ['Colour', video ? colourText(video.colour) : null],
    ['Rotation', video && video.rotationDeg !== 0 ? `${video.rotationDeg}°, shown upright` : null],
    [
      'Sound',
      sound
        ? `${sound.codec}, ${channelNames[sound.channels] ?? `${sound.channels} channels`}, ${sound.sampleRateHz / 1000} kHz`
        : video
          ? 'None'
          : null,
    ],
    ['Sound tracks', audio.length > 1 ? `${audio.length}, the first default one is used` : null],
    ['Container', container],
    ['Size', formatBytes(asset.sizeBytes)],
    ['Shot', capturedAtMs !== null ? formatDateTime(capturedAtMs) : asset.shootDay],
    ['Device', device],
    ['Imported', formatDateTime(asset.importedAtMs)],
  ];
  return facts.flatMap(([label, value]) => (value ? [[label, value] as [string, string]] : []));
}

function ratioNote(size: { width: number; height: number }): string {
  const ratio = nearestRatio(size);
  return ratio ? ` (${ratio})` : '';
}

function rateText(rate: number): string {
  return `${Number.isInteger(rate) ? rate : rate.toFixed(2)} fps`;
}

function colourText(colour: NonNullable<Asset['probe']['video']>['colour']): string {
  const hdr = { none: '', hlg: 'HDR (HLG), ', pq: 'HDR (PQ), ' }[colour.hdr];
  return `${hdr}${colour.matrix}, ${colour.range === 'full' ? 'full range' : 'limited range'}`;
}
