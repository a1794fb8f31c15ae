import type { Jobs } from '#main/jobs/index.ts';
import type { AssetId, AssetOrigin } from '#shared/model/index.ts';
import type { NewAsset } from '../asset-store.ts';
import type { Derivations } from '../derive/derivations.ts';
import { type ProxyChoice, planRenditions } from '../derive/plan-renditions.ts';
import { hashRequest } from '../hash-job.ts';
import { localDay } from '../look/capture.ts';
import type { ContentKeys } from '../look/identity.ts';
import type { FileFacts } from '../look/look-at-file.ts';
import type { FileMarks } from '../media/check-place.ts';
import { whyNotPlayable } from '../playback.ts';

/** What is known of a file once it was looked at. */
export interface LookedAt {
  id: AssetId;
  file: { name: string; origin: AssetOrigin; sourceFolder: string };
  marks: FileMarks;
  keys: ContentKeys;
  facts: FileFacts;
  nowMs: number;
}

/** The asset that a file becomes. */
export function newAsset({ id, file, marks, keys, facts, nowMs }: LookedAt): NewAsset {
  return {
    id,
    kind: facts.kind,
    name: file.name,
    sizeBytes: marks.sizeBytes,
    contentHash: keys.sha256,
    quickKey: keys.quickKey,
    probe: facts.probe,
    playbackNote: whyNotPlayable({ ...facts, name: file.name }),
    origin: file.origin,
    sourceFolder: file.sourceFolder,
    shootDay: facts.shootDay ?? localDay(marks.modifiedMs),
    importedAtMs: nowMs,
  };
}

/** What making the files derived from an asset needs. */
export interface FollowUp {
  jobs: Jobs;
  derivations: Derivations;
  proxies(): ProxyChoice;
}

/** Queues what is made of a new asset: its renditions, and its hash where that takes long. Inside its transaction. */
export function queueJobs(
  options: FollowUp,
  asset: { seq: number; id: AssetId; name: string; keys: ContentKeys; facts: FileFacts; group?: string },
): void {
  const { seq, id, name, keys, facts, group } = asset;
  const playbackNote = whyNotPlayable({ ...facts, name });
  const kinds = planRenditions({ kind: facts.kind, probe: facts.probe, playbackNote }, options.proxies());
  options.derivations.queue({ seq, id, name, probe: facts.probe }, kinds, group);
  if (keys.sha256 === null) options.jobs.enqueue(hashRequest({ id, name }, group));
}
