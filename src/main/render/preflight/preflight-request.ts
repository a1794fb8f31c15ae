import type { ExportRequest, PreflightFinding } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import { type Asset, type Project, placements } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import type { Estimate } from '../exports/estimate.ts';
import { findPreset } from '../plan/presets.ts';
import { secondsOf } from '../plan/segment-bounds.ts';
import type { FontSet } from '../sources/fonts.ts';
import type { PlannedFile } from './planned-file.ts';
import { blockedPlacements, preflight } from './preflight.ts';
import { safeZoneFindings } from './safe-zone-findings.ts';

/** Holds an estimated request against its placements. */
export function preflightOf(
  project: Project,
  request: ExportRequest,
  { outputs }: Pick<Estimate, 'outputs'>,
): PreflightFinding[] {
  if (request.placements.length === 0) return [];
  return preflight({
    ...{ project, request, preset: findPreset(request.presetId), framesPerSecond: toNumber(project.rate) },
    files: plannedFiles(outputs),
  });
}

/** What the interface of the request's placements would cover of an estimated request. */
export function safeZonePreflight(
  project: Project,
  request: ExportRequest,
  { outputs }: Pick<Estimate, 'outputs'>,
  known: { assets: readonly Asset[]; fonts: FontSet },
): PreflightFinding[] {
  if (request.placements.length === 0) return [];
  return safeZoneFindings({ project, request, files: plannedFiles(outputs), ...known });
}

function plannedFiles(outputs: Estimate['outputs']): PlannedFile[] {
  return outputs.map(({ timeline, ...output }) => ({
    ...output,
    seconds: secondsOf(timeline.lengthFrames, timeline.rate),
    bytes: output.estimatedBytes,
  }));
}

/** Throws `invalid-input` for what placements would refuse for certain, saying how to go on. */
export function refuseUnfit(findings: readonly PreflightFinding[]): void {
  const first = findings.find(({ severity }) => severity === 'error');
  if (!first) return;
  const names = blockedPlacements(findings).map((id) => placements[id].name);
  const sentence = `${first.message} To export all the same, leave out ${names.join(', ')} from the placements.`;
  throw new AppError('invalid-input', sentence, { details: { findings: [...findings] } });
}
