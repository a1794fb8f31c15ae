import type { PreflightFinding } from '#shared/contract/render.ts';
import {
  aimedLoudness,
  judgePlacement,
  outputSize,
  type Placement,
  type PlacementFacts,
  type PlacementId,
  placements,
  type RuleVerdict,
} from '#shared/model/index.ts';
import { copyFindings } from './copy-findings.ts';
import { fixFor, leaveOut } from './fixes.ts';
import { outputsOf, type PlannedFile, type PreflightInput, sourceOf, whoIs } from './planned-file.ts';

/** Estimates this far beyond a limit are taken for certain. */
const certainBeyond = 1.25;
/** Estimates this near to a limit are worth a word. */
const nearFrom = 0.9;

/** Every rule of the request's placements that its files would break, or nearly do. Pure. */
export function preflight(input: PreflightInput): PreflightFinding[] {
  return [...new Set(input.request.placements)].flatMap((id) => findingsOf(input, placements[id]));
}

function findingsOf(input: PreflightInput, placement: Placement): PreflightFinding[] {
  const files = input.files.filter(({ ratio }) => placement.ratios.includes(ratio));
  if (files.length === 0) return [noFile(input, placement)];
  return [
    ...ruleFindings(input, placement, files),
    ...soundFindings(placement, files),
    ...coverFindings(input, placement, files),
    ...copyFindings(input, placement, files),
  ];
}

function noFile({ request }: PreflightInput, placement: Placement): PreflightFinding {
  const [wanted] = placement.ratios;
  const canAdd = wanted !== undefined && !request.ratios.includes(wanted);
  const isConfirmed = !placement.unconfirmed.includes('ratio');
  return {
    id: 'ratio',
    severity: isConfirmed ? 'error' : 'warning',
    placement: placement.id,
    outputs: [],
    message: `No file is made for ${placement.name}: it takes ${placement.ratios.join(', ')}. Add that shape, or leave out the placement.`,
    source: sourceOf(placement),
    fix: canAdd
      ? { kind: 'request', label: `Add ${wanted}`, change: { ratios: [...request.ratios, wanted] } }
      : leaveOut(request, placement),
  };
}

/** The facts that rules judge; size and bitrate keep below what the request itself sets. */
function factsOf({ project, request, preset, framesPerSecond }: PreflightInput, file: PlannedFile): PlacementFacts {
  const { rateControl } = request;
  const ceiling =
    rateControl.mode === 'size'
      ? rateControl.maxBytes
      : rateControl.mode === 'bitrate'
        ? ((rateControl.maxBitrate + preset.audioBitrate) * file.seconds) / 8
        : Number.POSITIVE_INFINITY;
  const bytes = Math.min(file.bytes, ceiling);
  const soundBytes = (preset.audioBitrate * file.seconds) / 8;
  return {
    size: outputSize(file.ratio, preset.shortSide),
    seconds: file.seconds,
    bytes,
    framesPerSecond,
    bitrate: file.seconds > 0 ? (Math.max(0, bytes - soundBytes) * 8) / file.seconds : null,
    container: 'mp4',
    codec: 'h264',
    loudnessLufs: file.hasSound ? aimedLoudness(preset.loudnessLufs, project) : null,
  };
}

interface Broken {
  file: PlannedFile;
  verdict: RuleVerdict;
  severity: PreflightFinding['severity'];
}

function ruleFindings(input: PreflightInput, placement: Placement, files: readonly PlannedFile[]): PreflightFinding[] {
  const broken = files.flatMap((file) => brokenRules(input, placement, file));
  const groups = new Map<string, Broken[]>();
  for (const one of broken) {
    const key = `${one.verdict.rule} ${one.severity}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { verdict, severity } = first;
    const about = group.map(({ file }) => file);
    const found = [...new Set(group.map((one) => one.verdict.found))];
    const shown = found.length > 3 ? `${found[0]} to ${found.at(-1)}` : found.join(', ');
    return [
      {
        ...{ id: verdict.rule, severity, placement: placement.id, outputs: outputsOf(about) },
        message: `${whoIs(about)} for ${placement.name}: ${verdict.label} ${isEstimate(verdict) ? 'probably ' : ''}${shown}, it takes ${verdict.expected}.${doubt(verdict)}`,
        source: sourceOf(placement),
        fix: fixFor(input, placement, verdict.rule),
      },
    ];
  });
}

function doubt({ isConfirmed }: RuleVerdict): string {
  return isConfirmed ? '' : ' This limit is not confirmed by the platform.';
}

function isEstimate({ rule }: RuleVerdict): boolean {
  return rule === 'size' || rule === 'bitrate';
}

function brokenRules(input: PreflightInput, placement: Placement, file: PlannedFile): Broken[] {
  const facts = factsOf(input, file);
  const broken = judgePlacement(placement, facts).filter(
    ({ state, rule }) => state === 'broken' || (rule === 'size' && isNear(placement, facts)) || isLoudnessOpen(rule),
  );
  return broken.map((verdict) => ({ file, verdict, severity: severityOf(placement, facts, verdict) }));
  /** The placement plays at a loudness, and nothing brings the ad there. */
  function isLoudnessOpen(rule: RuleVerdict['rule']): boolean {
    return rule === 'loudness' && file.hasSound && facts.loudnessLufs === null;
  }
}

function isNear({ maxBytes }: Placement, { bytes }: PlacementFacts): boolean {
  return maxBytes !== null && bytes !== null && bytes > maxBytes * nearFrom;
}

function severityOf(placement: Placement, facts: PlacementFacts, verdict: RuleVerdict): PreflightFinding['severity'] {
  if (!verdict.isConfirmed || verdict.rule === 'loudness') return 'warning';
  const beyond = (value: number | null, max: number | null) =>
    value !== null && max !== null && value > max * certainBeyond;
  if (verdict.rule === 'size') return beyond(facts.bytes, placement.maxBytes) ? 'error' : 'warning';
  if (verdict.rule === 'bitrate') return beyond(facts.bitrate, placement.bitrate.max) ? 'error' : 'warning';
  return 'error';
}

/** Silence is allowed and may be meant; most feeds play with sound. */
function soundFindings(placement: Placement, files: readonly PlannedFile[]): PreflightFinding[] {
  const silent = files.filter(({ hasSound, version }) => !hasSound && (version === 'full' || version === 'textless'));
  if (silent.length === 0) return [];
  const message = `${whoIs(silent)} for ${placement.name}: no sound at all. Add music or a voice, if that is not meant.`;
  const about = { placement: placement.id, outputs: outputsOf(silent), source: sourceOf(placement) };
  return [{ id: 'loudness', severity: 'warning', ...about, message, fix: null }];
}

/** A cover is suggested where nobody chose one, so it only has to be written. */
function coverFindings(
  { request }: PreflightInput,
  placement: Placement,
  files: readonly PlannedFile[],
): PreflightFinding[] {
  if (!placement.isCoverNeeded || request.handoff.hasCovers) return [];
  const message = `${placement.name} needs a cover picture with every ad, and covers are not written.`;
  const change = { handoff: { ...request.handoff, hasCovers: true } };
  const about = { placement: placement.id, outputs: outputsOf(files), source: sourceOf(placement) };
  const fix = { kind: 'request' as const, label: 'Write covers', change };
  return [{ id: 'cover', severity: 'warning', ...about, message, fix }];
}

/** Placements of findings that stop an export. */
export function blockedPlacements(findings: readonly PreflightFinding[]): PlacementId[] {
  return [...new Set(findings.filter(({ severity }) => severity === 'error').map(({ placement }) => placement))];
}
