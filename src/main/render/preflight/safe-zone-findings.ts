import type { ExportRequest, PreflightFinding } from '#shared/contract/render.ts';
import {
  type Asset,
  flattenVariant,
  interfacePartNames,
  type LintFinding,
  type LintInput,
  lintTimeline,
  type MetricsOf,
  type PlacementId,
  type Project,
  pickFace,
  placements,
  placementsForRatio,
  safeZoneEdits,
  safeZoneOf,
  type Timeline,
} from '#shared/model/index.ts';
import type { FontSet } from '../sources/fonts.ts';
import { outputsOf, type PlannedFile, sourceOf, whoIs } from './planned-file.ts';

/** What is held against the safe zones of placements. */
export interface SafeZoneInput {
  project: Project;
  request: Pick<ExportRequest, 'placements'>;
  files: readonly PlannedFile[];
  assets: readonly Asset[];
  fonts: Pick<FontSet, 'faces' | 'metrics'>;
}

/** One clip under the interface of one placement, in one ratio. */
interface Hidden {
  placement: PlacementId;
  finding: LintFinding;
  files: PlannedFile[];
  timeline: Timeline;
  lint: LintInput;
}

function metricsFrom({ faces, metrics }: SafeZoneInput['fonts']): MetricsOf {
  return ({ fontFamily: family, fontWeight: weight, isItalic }) => {
    const face =
      pickFace(faces, { family, weight, isItalic }) ?? pickFace(faces, { family: 'Inter', weight, isItalic });
    return metrics.get(face?.file ?? '') ?? null;
  };
}

/** Words are left out of these versions. */
const hasWords = ({ version }: PlannedFile) => version === 'full' || version === 'music-free';

function lintOf(input: SafeZoneInput): (timeline: Timeline, file: PlannedFile) => LintInput {
  const assets = new Map(input.assets.map((asset) => [asset.id, asset]));
  const metricsOf = metricsFrom(input.fonts);
  return (timeline, { ratio }) => ({
    ...{ timeline, ratio, metricsOf, placements: placementsForRatio(input.request.placements, ratio) },
    sizes: (id) => assets.get(id)?.probe.video ?? null,
    isStill: (id) => assets.get(id)?.kind === 'image',
  });
}

function hiddenIn(input: SafeZoneInput): Hidden[] {
  const found = new Map<string, Hidden>();
  const timelines = new Map<string, Timeline>();
  const lintFor = lintOf(input);
  for (const file of input.files.filter(hasWords)) {
    const timeline = timelines.get(file.variantKey) ?? flattenVariant(input.project, file.variant, () => null);
    timelines.set(file.variantKey, timeline);
    const lint = lintFor(timeline, file);
    for (const finding of lint.placements.length > 0 ? lintTimeline(lint) : []) {
      const { placement, kind, ratio, clipId } = finding;
      if (kind !== 'covered' || placement === null) continue;
      const key = [placement, ratio, clipId].join(' ');
      const known = found.get(key);
      if (known) known.files.push(file);
      else found.set(key, { placement, finding, files: [file], timeline, lint });
    }
  }
  return [...found.values()];
}

function nameOf({ what, text }: LintFinding): string {
  const words = text.replaceAll(/\s+/g, ' ').trim();
  return what === 'text' ? `“${words.length > 40 ? `${words.slice(0, 39)}…` : words}”` : `The ${what}`;
}

/** Words and logos that the interface of a request's placements would cover, with the edits that move them. Pure. */
export function safeZoneFindings(input: SafeZoneInput): PreflightFinding[] {
  return hiddenIn(input).flatMap(({ placement, finding, files, timeline, lint }): PreflightFinding[] => {
    const zone = safeZoneOf(placement, finding.ratio);
    if (!zone) return [];
    const clips = timeline.clips.filter(({ clipId }) => clipId === finding.clipId);
    const edits = safeZoneEdits(input.project, clips, lint);
    const parts = finding.parts.map((part) => interfacePartNames[part]).join(' and the ');
    return [
      {
        ...{ id: 'safe-zone', severity: 'warning', placement, outputs: outputsOf(files) },
        message: `${whoIs(files)} for ${placements[placement].name}: ${nameOf(finding)} lies under the ${parts}.`,
        source: sourceOf(zone),
        fix: edits.length > 0 ? { kind: 'edits', label: 'Move into the safe zone', edits } : null,
      },
    ];
  });
}
