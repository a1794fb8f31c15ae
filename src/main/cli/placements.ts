import type { CheckReport } from '#shared/contract/index.ts';
import { nearestRatio, type Ratio, type Size } from '#shared/model/index.ts';

/** What a place of publishing takes. Numbers are its published rules; see docs/terminal.md. */
interface PlacementRules {
  name: string;
  /** Shapes it takes, with the smallest size of each. */
  shapes: Partial<Record<Ratio, Size>>;
  seconds: { min: number; max: number };
  maxBytes: number;
}

const megabyte = 1_000_000;
const vertical = { width: 540, height: 960 };

/** By the word that names each on the command line. */
export const placements: Readonly<Record<string, PlacementRules>> = {
  'tiktok-in-feed': {
    name: 'TikTok in-feed ad',
    shapes: { '9:16': vertical, '1:1': { width: 640, height: 640 }, '16:9': { width: 960, height: 540 } },
    seconds: { min: 5, max: 60 },
    maxBytes: 500 * megabyte,
  },
  'instagram-reels': {
    name: 'Instagram Reel',
    shapes: { '9:16': vertical },
    seconds: { min: 3, max: 900 },
    maxBytes: 300 * megabyte,
  },
  'instagram-stories': {
    name: 'Instagram Story',
    shapes: { '9:16': vertical },
    seconds: { min: 3, max: 60 },
    maxBytes: 100 * megabyte,
  },
  'facebook-reels': {
    name: 'Facebook Reel',
    shapes: { '9:16': vertical },
    seconds: { min: 3, max: 90 },
    maxBytes: 1000 * megabyte,
  },
  'meta-feed': {
    name: 'Facebook or Instagram feed ad',
    shapes: {
      '1:1': { width: 500, height: 500 },
      '4:5': { width: 500, height: 625 },
      '9:16': { width: 500, height: 888 },
    },
    seconds: { min: 1, max: 14_400 },
    maxBytes: 4000 * megabyte,
  },
};

/** The facts of a file that placements judge. */
export interface PlacedFile {
  size: Size | null;
  seconds: number | null;
  bytes: number;
}

type Finding = CheckReport['findings'][number];

/** Holds a file against a placement's rules. */
export function placementFindings(rules: PlacementRules, file: PlacedFile): Finding[] {
  const ratio = file.size ? nearestRatio(file.size) : null;
  const smallest = ratio ? rules.shapes[ratio] : undefined;
  const shapes = Object.entries(rules.shapes).map(([name, size]) => `${name} from ${size.width}×${size.height}`);
  const isShape =
    file.size !== null &&
    smallest !== undefined &&
    file.size.width >= smallest.width &&
    file.size.height >= smallest.height;
  const { min, max } = rules.seconds;
  const isLength = file.seconds !== null && file.seconds >= min && file.seconds <= max;
  const finding = (id: string, label: string, isOk: boolean, expected: string, found: string): Finding => ({
    ...{ id: `placement-${id}`, label: `${rules.name}: ${label}`, state: isOk ? 'ok' : 'failed', expected, found },
    ...{ frames: [], pictures: [] },
  });
  return [
    finding(
      'shape',
      'shape',
      isShape,
      shapes.join(', '),
      file.size ? `${file.size.width}×${file.size.height}` : 'unknown',
    ),
    finding(
      'length',
      'length',
      isLength,
      `${min} to ${max} s`,
      file.seconds === null ? 'unknown' : `${file.seconds.toFixed(2)} s`,
    ),
    finding(
      'bytes',
      'file size',
      file.bytes <= rules.maxBytes,
      `at most ${rules.maxBytes / megabyte} MB`,
      `${(file.bytes / megabyte).toFixed(1)} MB`,
    ),
  ];
}

/** Size and length as a check report tells them. */
export function placedFile(report: CheckReport, bytes: number): PlacedFile {
  const found = (id: string) => report.findings.find((finding) => finding.id === id)?.found ?? '';
  const size = /^(\d+)×(\d+)$/.exec(found('size'));
  const frames = /^(\d+)/.exec(found('frame-count'));
  const rate = /^(\d+(?:\.\d+)?)(?:\/(\d+))? frames/.exec(found('constant-rate'));
  const perSecond = rate ? Number(rate[1]) / Number(rate[2] ?? 1) : 0;
  return {
    size: size ? { width: Number(size[1]), height: Number(size[2]) } : null,
    seconds: frames && perSecond > 0 ? Number(frames[1]) / perSecond : null,
    bytes,
  };
}
