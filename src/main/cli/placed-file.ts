import { extname } from 'node:path';
import type { CheckReport } from '#shared/contract/index.ts';
import type { PlacementFacts } from '#shared/model/index.ts';

/** The facts placements judge, as a check report tells them. */
export function placedFile(report: CheckReport, bytes: number): PlacementFacts {
  const found = (id: string) => report.findings.find((finding) => finding.id === id)?.found ?? '';
  const size = /^(\d+)×(\d+)$/.exec(found('size'));
  const frames = /^(\d+)/.exec(found('frame-count'));
  const rate = /^(\d+(?:\.\d+)?)(?:\/(\d+))? frames/.exec(found('constant-rate'));
  const perSecond = rate ? Number(rate[1]) / Number(rate[2] ?? 1) : 0;
  const seconds = frames && perSecond > 0 ? Number(frames[1]) / perSecond : null;
  const codec = /^([a-z0-9]+) /.exec(found('video-codec'))?.[1] ?? null;
  return {
    size: size ? { width: Number(size[1]), height: Number(size[2]) } : null,
    seconds,
    bytes,
    framesPerSecond: perSecond > 0 ? perSecond : null,
    bitrate: seconds === null || seconds === 0 ? null : (bytes * 8) / seconds,
    container: extname(report.path).slice(1).toLowerCase() || null,
    codec: codec === 'none' ? null : codec,
    loudnessLufs: null,
  };
}
