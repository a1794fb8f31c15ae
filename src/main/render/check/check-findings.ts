import type { CheckFinding, CheckReport } from '#shared/contract/render.ts';
import { type PlacementFacts, placementFindings, placements } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { contentFindings, stretchFindings, taggedRate, timingFindings } from './content-findings.ts';
import { remark } from './finding.ts';
import type { Aims, Intended, Observed } from './observed.ts';
import { containerFindings, pictureFindings } from './picture-findings.ts';
import { soundFindings } from './sound-findings.ts';

/** What placements judge. `container` is the file's ending, lower case. */
export function placementFacts(seen: Observed, container: string | null): PlacementFacts {
  const { video, packets } = seen;
  const rate = taggedRate(video);
  const seconds = Number(video?.duration) || (rate === null ? 0 : packets.length / toNumber(rate));
  const bytes = packets.reduce((sum, packet) => sum + packet.sizeBytes, 0);
  return {
    size: video ? { width: Number(video.width), height: Number(video.height) } : null,
    seconds: seconds > 0 ? seconds : null,
    bytes: seen.sizeBytes,
    framesPerSecond: rate === null ? null : toNumber(rate),
    bitrate: seconds > 0 ? (bytes * 8) / seconds : null,
    container,
    codec: typeof video?.codec_name === 'string' ? video.codec_name : null,
    loudnessLufs: seen.heard?.integratedLufs ?? null,
  };
}

function sharingFindings(intended: Intended | null): CheckFinding[] {
  if (!intended?.isTwoPass) return [];
  const found = 'none: two passes encode every file whole, and share nothing with others';
  return [remark('note', 'shared-pieces', 'Pieces shared with other exports', found)];
}

/** Judges what was found. `path` names the file in the report; its ending is the container's. Pure. */
export function judge(path: string, seen: Observed, aims: Aims, container: string | null = 'mp4'): CheckReport {
  const { intended } = aims;
  const facts = placementFacts(seen, container);
  const findings = [
    ...containerFindings(seen, intended),
    ...contentFindings(seen, intended),
    ...timingFindings(seen, intended),
    ...pictureFindings(seen, intended),
    ...soundFindings(seen, aims),
    ...aims.placements.flatMap((id) => placementFindings(placements[id], facts)),
    ...stretchFindings(seen),
    ...sharingFindings(intended),
  ];
  return reportOf(path, findings);
}

/** A report over findings: it passes unless one of them failed. */
export function reportOf(path: string, findings: CheckFinding[]): CheckReport {
  return { path, isPassed: findings.every((one) => one.state !== 'failed'), findings };
}
