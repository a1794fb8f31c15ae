import type { Preset } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import { flattenVariant, type Project } from '#shared/model/index.ts';
import type { Workshop } from '../plan/fingerprint.ts';
import { type OutputPlan, planRender } from '../plan/plan-render.ts';
import { findPreset } from '../plan/presets.ts';
import { rateLadder } from '../plan/rate-ladder.ts';
import { textColourMap } from '../plan/text-colour.ts';
import { type RenderTools, workshopOf } from '../render-tools.ts';
import type { ExportRow } from '../schema.ts';
import { type GatheredSources, gatherSources } from '../sources/gather-sources.ts';
import { variantProblems } from './problems.ts';

/** Everything an export is made from. */
export interface PlannedExport {
  project: Project;
  /** The output at the best of the settings allowed. */
  output: OutputPlan;
  /** Encoder settings that its rate control allows, best first. */
  ladder: readonly Preset[];
  /** The output with the segments of one of these settings. */
  outputAt: (preset: Preset) => OutputPlan;
  gathered: GatheredSources;
  workshop: Workshop;
}

/** Plans a stored export anew; throws what stands in its way. */
export async function planExport(tools: RenderTools, row: ExportRow, signal: AbortSignal): Promise<PlannedExport> {
  const project = tools.store.snapshot(row.snapshotId);
  const used = flattenVariant(project, row.variant, () => null).clips.flatMap(({ content }) =>
    content.kind === 'media' ? [content.assetId] : [],
  );
  const gathered = await gatherSources([...new Set(used)], tools.sources, tools.ffmpeg, signal);
  const found = await tools.ffmpeg.tools(signal);
  const fonts = await tools.fonts();
  const { problems } = variantProblems({ project, gathered, fonts, capabilities: found.capabilities }, row.variant);
  const [first] = problems.filter((problem) => problem.severity === 'error');
  if (first) throw first.error;
  const workshop = workshopOf(found, fonts);
  const ladder = rateLadder(findPreset(row.presetId), row.rateControl);
  function outputAt(preset: Preset): OutputPlan {
    const { outputs } = planRender({
      ...{ project, preset, workshop, variants: [row.variant], ratios: [row.ratio], versions: [row.version] },
      ...{ sources: gathered.table, faces: fonts.faces },
      mapTextColour: textColourMap(found.capabilities.libavutil.major),
    });
    const [output] = outputs;
    if (!output) throw new AppError('internal', 'There was nothing to export. Please try again.');
    return output;
  }
  const output = outputAt(ladder[0] ?? findPreset(row.presetId));
  return { project, output, ladder, outputAt, gathered, workshop };
}
