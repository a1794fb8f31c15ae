import { z } from 'zod';

declare const crypto: { randomUUID(): string };

/** Ids are short, safe in URLs, file names and hand-written project files. */
const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const idString = z
  .string()
  .regex(idPattern, 'an id is 1–64 letters, digits, "_" or "-", starting with a letter or digit')
  // Records are keyed by ids: "constructor" and its like would find what every object has.
  .refine((id) => !(id in Object.prototype), 'this word cannot be an id');

/** A media item of the library. */
export const assetIdSchema = idString.brand<'AssetId'>();
export type AssetId = z.infer<typeof assetIdSchema>;
/** A named in/out range of an asset. */
export const subclipIdSchema = idString.brand<'SubclipId'>();
export type SubclipId = z.infer<typeof subclipIdSchema>;
/** A hand-made group of assets. */
export const collectionIdSchema = idString.brand<'CollectionId'>();
export type CollectionId = z.infer<typeof collectionIdSchema>;
/** A project: one ad with all its alternatives. */
export const projectIdSchema = idString.brand<'ProjectId'>();
export type ProjectId = z.infer<typeof projectIdSchema>;
/** A timed or global slot of a project. */
export const slotIdSchema = idString.brand<'SlotId'>();
export type SlotId = z.infer<typeof slotIdSchema>;
/** One alternative in a slot. */
export const optionIdSchema = idString.brand<'OptionId'>();
export type OptionId = z.infer<typeof optionIdSchema>;
/** A sequence of a project. */
export const sequenceIdSchema = idString.brand<'SequenceId'>();
export type SequenceId = z.infer<typeof sequenceIdSchema>;
/** A track of a sequence. */
export const trackIdSchema = idString.brand<'TrackId'>();
export type TrackId = z.infer<typeof trackIdSchema>;
/** A clip on a track or of a global slot. */
export const clipIdSchema = idString.brand<'ClipId'>();
export type ClipId = z.infer<typeof clipIdSchema>;
/** What clips that go together (a picture and its sound) share; known within one sequence. */
export const linkIdSchema = idString.brand<'LinkId'>();
export type LinkId = z.infer<typeof linkIdSchema>;
/** A marker of a sequence. */
export const markerIdSchema = idString.brand<'MarkerId'>();
export type MarkerId = z.infer<typeof markerIdSchema>;
/** A seam between the options of two neighbouring timed slots. */
export const seamIdSchema = idString.brand<'SeamId'>();
export type SeamId = z.infer<typeof seamIdSchema>;
/** A rule that excludes combinations of options. */
export const pairingRuleIdSchema = idString.brand<'PairingRuleId'>();
export type PairingRuleId = z.infer<typeof pairingRuleIdSchema>;
/** A sequence kept in the library for use in many projects. */
export const compositionIdSchema = idString.brand<'CompositionId'>();
export type CompositionId = z.infer<typeof compositionIdSchema>;
/** The immutable record of an exported variant. */
export const releaseIdSchema = idString.brand<'ReleaseId'>();
export type ReleaseId = z.infer<typeof releaseIdSchema>;
/** Permanent identity of one variant in one ratio over all its revisions. */
export const creativeIdSchema = idString.brand<'CreativeId'>();
export type CreativeId = z.infer<typeof creativeIdSchema>;
/** One id for all ratios of a variant (and version): media buyers put them into one ad. */
export const ratioGroupIdSchema = idString.brand<'RatioGroupId'>();
export type RatioGroupId = z.infer<typeof ratioGroupIdSchema>;
/** A run of the job queue. */
export const jobIdSchema = idString.brand<'JobId'>();
export type JobId = z.infer<typeof jobIdSchema>;
/** One batch of exports started together. */
export const exportBatchIdSchema = idString.brand<'ExportBatchId'>();
export type ExportBatchId = z.infer<typeof exportBatchIdSchema>;

/** A fresh id of the kind asked for, e.g. `newId<ClipId>('clip')` → "clip-3f9a…" (80 random bits). */
export function newId<Id extends string>(prefix: string): Id {
  return `${prefix}-${crypto.randomUUID().replaceAll('-', '').slice(0, 20)}` as Id;
}
