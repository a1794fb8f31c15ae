import type { ExportRequest, PreflightFinding } from '#shared/contract/render.ts';
import { judgePlacement, outputSize, type Placement, type PlacementRule } from '#shared/model/index.ts';
import { presets } from '../plan/presets.ts';
import type { PreflightInput } from './planned-file.ts';

type Fix = PreflightFinding['fix'];
type RequestChange = Extract<NonNullable<Fix>, { kind: 'request' }>['change'];

/** Containers and the estimate of the last piece take a little: a size aimed at is this part of the limit. */
const sizeMargin = 0.98;

/** Exports without this placement. */
export function leaveOut(request: ExportRequest, placement: Placement): Fix {
  const rest = request.placements.filter((id) => id !== placement.id);
  return { kind: 'request', label: `Leave out ${placement.name}`, change: { placements: rest } };
}

/** A preset large enough for a placement; null when there is none, or the one chosen is. */
function largerPreset({ request }: PreflightInput, placement: Placement): Fix {
  const ratios = request.ratios.filter((ratio) => placement.ratios.includes(ratio));
  const found = presets.find(({ id, shortSide }) => {
    const isFit = ratios.every((ratio) => {
      const nothing = { seconds: null, bytes: null, framesPerSecond: null, bitrate: null };
      const facts = { ...nothing, container: null, codec: null, loudnessLufs: null };
      const verdicts = judgePlacement(placement, { ...facts, size: outputSize(ratio, shortSide) });
      return verdicts.every(({ state }) => state !== 'broken');
    });
    return isFit && id !== request.presetId;
  });
  return found ? { kind: 'request', label: `Use the preset ${found.name}`, change: { presetId: found.id } } : null;
}

/** One click that keeps a rule. */
export function fixFor(input: PreflightInput, placement: Placement, rule: PlacementRule): Fix {
  const { request } = input;
  const change = (label: string, what: RequestChange): Fix => ({ kind: 'request', label, change: what });
  switch (rule) {
    case 'size': {
      if (placement.maxBytes === null) return null;
      const maxBytes = Math.floor(placement.maxBytes * sizeMargin);
      const label = `Keep files below ${Math.round(placement.maxBytes / 1e6)} MB`;
      return change(label, { rateControl: { mode: 'size', maxBytes, isTwoPass: false } });
    }
    case 'bitrate': {
      const { max } = placement.bitrate;
      if (max === null) return null;
      const maxBitrate = Math.floor(max * 0.9);
      return change(`Keep the bitrate below ${Math.round(max / 1e6)} Mbit/s`, {
        rateControl: { mode: 'bitrate', maxBitrate },
      });
    }
    case 'pixels':
      return largerPreset(input, placement) ?? leaveOut(request, placement);
    case 'loudness': {
      const found = presets.find(({ loudnessLufs }) => loudnessLufs === placement.loudnessLufs);
      return found ? change(`Use the preset ${found.name}`, { presetId: found.id }) : null;
    }
    default:
      return leaveOut(request, placement);
  }
}
