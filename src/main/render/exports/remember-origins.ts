import type { Workshop } from '../plan/fingerprint.ts';
import type { PlannedSegment } from '../plan/recipe.ts';
import { segmentRecords } from '../plan/segment-record.ts';
import type { RenderStore } from '../store.ts';

/** What an export's pieces are made from and with. */
export interface OriginInput {
  segments: readonly PlannedSegment[];
  encoderArgs: readonly string[];
  workshop: Workshop;
}

/**
 * Keeps of which pieces an export is made. Returns what hears which of them are encoded for it; those that an earlier,
 * interrupted attempt had made stay its own.
 */
export function rememberOrigins(
  store: RenderStore,
  exportId: string,
  { segments, encoderArgs, workshop }: OriginInput,
): (fingerprints: readonly string[]) => void {
  const before = store.segmentsOf(exportId) ?? [];
  const made = new Set(before.filter((one) => one.isMade).map((one) => one.fingerprint));
  const save = () => store.saveSegments(exportId, segmentRecords(segments, encoderArgs, workshop, made));
  save();
  return (fingerprints) => {
    for (const fingerprint of fingerprints) made.add(fingerprint);
    if (fingerprints.length > 0) save();
  };
}
