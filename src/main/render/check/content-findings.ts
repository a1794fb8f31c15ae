import type { CheckFinding } from '#shared/contract/render.ts';
import { formatRational, frameToSeconds, parseRational, type Rate, toNumber } from '#shared/units/index.ts';
import { comparePackets } from './compare-packets.ts';
import { finding, framesText, remark, text } from './finding.ts';
import type { Intended, Observed } from './observed.ts';

/** The frame rate of a stream as tagged; null when it says none. */
export function taggedRate(video: Record<string, unknown> | null): Rate | null {
  const rate = parseRational(text(video?.avg_frame_rate));
  return rate !== null && rate.num > 0 ? rate : null;
}

/** Whether it plays, and whether every frame is there and the right one. */
export function contentFindings(seen: Observed, intended: Intended | null): CheckFinding[] {
  const listed = seen.packets.length;
  const decoded = seen.decodedFrames ?? listed;
  const expected = intended?.frameCount ?? listed;
  const findings = [
    finding(
      'decodes',
      'Plays without error',
      seen.complaints.length === 0,
      'no errors',
      seen.complaints[0] ?? 'no errors',
    ),
    finding(
      'frame-count',
      'Number of frames',
      listed === expected && decoded === expected && expected > 0,
      String(expected),
      decoded === listed ? String(listed) : `${listed}, of which ${decoded} decode`,
    ),
  ];
  return intended ? [...findings, samePicture(seen, intended)] : findings;
}

function samePicture(seen: Observed, intended: Intended): CheckFinding {
  const { missing, doubled, foreign } = comparePackets(seen.packets, intended.packets);
  const told = [
    ...(missing.length > 0 ? [`missing: ${framesText(missing)}`] : []),
    ...(doubled.length > 0 ? [`doubled: ${framesText(doubled)}`] : []),
    ...(foreign.length > 0 ? [`not the ones meant: ${framesText(foreign)}`] : []),
  ];
  const frames = [...new Set([...missing, ...doubled, ...foreign])].sort((a, b) => a - b);
  const found = told.length === 0 ? 'every frame' : told.join('; ');
  return finding(
    'same-picture',
    'Frames are the ones that were judged',
    told.length === 0,
    'every frame',
    found,
    frames,
  );
}

/** Whether frames come one after another, evenly. */
export function timingFindings(seen: Observed, intended: Intended | null): CheckFinding[] {
  const { packets } = seen;
  const rate = intended?.rate ?? taggedRate(seen.video);
  const times = packets.map((packet) => packet.pts).sort((a, b) => a - b);
  const first = intended ? 0 : (times[0] ?? 0);
  const frameOf = (ticks: number) =>
    rate === null ? 0 : Math.round((ticks - first) * seen.tickSeconds * toNumber(rate));
  const late = packets.filter((packet, n) => n > 0 && packet.dts <= (packets[n - 1]?.dts ?? 0)).map(({ pts }) => pts);
  const doubled = times.filter((time, n) => n > 0 && time === times[n - 1]);
  const bad = [...late, ...doubled].map(frameOf);
  const offGrid = rate === null ? -1 : times.findIndex((time, n) => isOffGrid(time - first, n, rate, seen));
  return [
    finding(
      'timestamps',
      'Times rise',
      packets.length > 0 && bad.length === 0,
      'every frame later than the one before',
      packets.length === 0 ? 'no frames' : bad.length === 0 ? 'rising' : `not later: ${framesText(bad)}`,
      bad,
    ),
    finding(
      'constant-rate',
      'Constant frame rate',
      rate !== null && offGrid < 0,
      intended ? `${formatRational(intended.rate)} frames/s` : 'one rate throughout',
      offGrid >= 0 ? `frame ${offGrid} is off the grid` : `${rate ? formatRational(rate) : 'no'} frames/s`,
      offGrid >= 0 ? [offGrid] : [],
    ),
  ];
}

/** Ticks may be coarser than the grid: one of them is allowed. */
function isOffGrid(ticks: number, frame: number, rate: Rate, seen: Observed): boolean {
  return Math.abs(ticks * seen.tickSeconds - toNumber(frameToSeconds(frame, rate))) > seen.tickSeconds * 1.01;
}

/** Stills and black are often meant: they are told, never judged. */
export function stretchFindings(seen: Observed): CheckFinding[] {
  const told = (id: string, label: string, stretches: Observed['frozen']) =>
    stretches.length === 0
      ? []
      : [
          remark(
            'note',
            id,
            label,
            stretches
              .slice(0, 4)
              .map(({ fromFrame, frames }) => framesText(Array.from({ length: frames }, (_, n) => fromFrame + n)))
              .join('; ') + (stretches.length > 4 ? ` and ${stretches.length - 4} more` : ''),
            stretches.map(({ fromFrame }) => fromFrame),
          ),
        ];
  return [...told('frozen', 'Picture stands still', seen.frozen), ...told('black', 'Picture is black', seen.black)];
}
