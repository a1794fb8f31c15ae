import { z } from 'zod';
import {
  assetKindSchema,
  assetSchema,
  collectionSchema,
  renditionKindSchema,
  subclipSchema,
  usageRightsSchema,
} from '../model/asset.ts';
import { assetIdSchema, collectionIdSchema, subclipIdSchema } from '../model/ids.ts';
import { ratioSchema } from '../model/ratio.ts';
import { rationalSchema } from '../units/index.ts';
import { appErrorDataSchema, doneSchema, pageSchema, pathSchema, procedure } from './base.ts';

/** What became of one file of an import. */
export const importItemSchema = z.object({
  path: z.string(),
  outcome: z.enum(['imported', 'duplicate', 'refused']),
  assetId: assetIdSchema.nullable(),
  /** Why it was refused. */
  error: appErrorDataSchema.nullable(),
});
export type ImportItem = z.infer<typeof importItemSchema>;

/** An import under way or ended; kept until the engine stops. `items` holds at most the last 1,000. */
export const importViewSchema = z.object({
  id: z.string(),
  state: z.enum(['running', 'finished', 'cancelled']),
  /** Files found so far. */
  found: z.int(),
  imported: z.int(),
  duplicates: z.int(),
  refused: z.int(),
  items: z.array(importItemSchema),
});
export type ImportView = z.infer<typeof importViewSchema>;

/** Narrows a listing; everything given must hold. */
export const assetFilterSchema = z.object({
  /** Words; each must begin a word of name, tags, folder or transcript. */
  search: z.string().max(500).optional(),
  kinds: z.array(assetKindSchema).optional(),
  /** Only what can be heard. */
  hasSound: z.boolean().optional(),
  ratios: z.array(ratioSchema).optional(),
  tags: z.array(z.string()).optional(),
  collectionId: collectionIdSchema.optional(),
  sourceFolder: z.string().optional(),
  shootDay: z.string().optional(),
  minRating: z.int().min(0).max(5).optional(),
  /** Rejected ones are left out unless asked for. */
  rejected: z.enum(['hide', 'only', 'show']).default('hide'),
  isMissing: z.boolean().optional(),
  isRemoved: z.boolean().optional(),
});
export type AssetFilter = z.infer<typeof assetFilterSchema>;
export type AssetFilterInput = z.input<typeof assetFilterSchema>;

/** Order of a listing. */
export const assetSortSchema = z.enum(['newest', 'oldest', 'name', 'duration', 'shoot-day', 'rating']);

/** A value to filter by, with how many assets have it. */
export const facetSchema = z.object({ value: z.string(), count: z.int() });

export const libraryContract = {
  /** Starts importing files and folders; progress comes by `import-changed` events and `getImport`. `uploads` are ids the upload route gave. */
  import: procedure
    .input(
      z.object({
        paths: z.array(pathSchema).max(10_000).default([]),
        uploads: z.array(z.string()).max(10_000).default([]),
        mode: z.enum(['link', 'copy']).optional(),
      }),
    )
    .output(z.object({ importId: z.string() })),
  getImport: procedure.input(z.object({ importId: z.string() })).output(importViewSchema),
  /** Waits until the import has ended. */
  waitForImport: procedure.input(z.object({ importId: z.string() })).output(importViewSchema),
  cancelImport: procedure.input(z.object({ importId: z.string() })).output(doneSchema),
  list: procedure
    .input(z.object({ filter: assetFilterSchema.prefault({}), sort: assetSortSchema.default('newest'), ...pageSchema }))
    .output(z.object({ assets: z.array(assetSchema), total: z.int() })),
  get: procedure.input(z.object({ id: assetIdSchema })).output(assetSchema),
  /** Unknown ids are left out. */
  getMany: procedure
    .input(z.object({ ids: z.array(assetIdSchema).max(2000) }))
    .output(z.object({ assets: z.array(assetSchema) })),
  /** Filters on offer: folders, shoot days, tags, kinds. */
  facets: procedure.output(
    z.object({
      folders: z.array(facetSchema),
      shootDays: z.array(facetSchema),
      tags: z.array(facetSchema),
      kinds: z.array(facetSchema),
      total: z.int(),
      missing: z.int(),
      rejected: z.int(),
    }),
  ),
  update: procedure
    .input(
      z.object({
        ids: z.array(assetIdSchema).min(1).max(2000),
        patch: z.object({
          name: z.string().min(1).max(500).optional(),
          rating: z.int().min(0).max(5).optional(),
          isRejected: z.boolean().optional(),
          rights: usageRightsSchema.nullable().optional(),
          addTags: z.array(z.string().min(1).max(100)).optional(),
          removeTags: z.array(z.string()).optional(),
        }),
      }),
    )
    .output(doneSchema),
  /** Takes assets out of the library; the user's own files stay. Refused (`conflict`, with project names) when used, unless `force`. */
  remove: procedure
    .input(z.object({ ids: z.array(assetIdSchema).min(1).max(2000), force: z.boolean().default(false) }))
    .output(doneSchema),
  /** Undoes `remove`. After a week, copies in the library folder are freed at the next start; such media is missing then. */
  restore: procedure.input(z.object({ ids: z.array(assetIdSchema).min(1).max(2000) })).output(doneSchema),
  /** Points a missing asset to a file, or looks for all missing ones below a folder; matched by content. */
  relink: procedure
    .input(z.object({ assetId: assetIdSchema.optional(), path: pathSchema }))
    .output(z.object({ relinked: z.array(assetIdSchema), stillMissing: z.int() })),
  /** Looks again which files are there. */
  checkMissing: procedure.output(z.object({ missing: z.int() })),
  /** Makes renditions again (or those that failed). */
  derive: procedure
    .input(z.object({ ids: z.array(assetIdSchema).min(1).max(2000), kinds: z.array(renditionKindSchema).optional() }))
    .output(doneSchema),
  listSubclips: procedure
    .input(z.object({ assetIds: z.array(assetIdSchema).max(2000) }))
    .output(z.object({ subclips: z.array(subclipSchema) })),
  addSubclip: procedure
    .input(
      z.object({
        assetId: assetIdSchema,
        name: z.string().min(1).max(200),
        inSeconds: rationalSchema,
        outSeconds: rationalSchema,
      }),
    )
    .output(subclipSchema),
  updateSubclip: procedure
    .input(
      z.object({
        id: subclipIdSchema,
        name: z.string().min(1).max(200).optional(),
        inSeconds: rationalSchema.optional(),
        outSeconds: rationalSchema.optional(),
      }),
    )
    .output(subclipSchema),
  removeSubclip: procedure.input(z.object({ id: subclipIdSchema })).output(doneSchema),
  listCollections: procedure.output(z.object({ collections: z.array(collectionSchema) })),
  addCollection: procedure.input(z.object({ name: z.string().min(1).max(200) })).output(collectionSchema),
  renameCollection: procedure
    .input(z.object({ id: collectionIdSchema, name: z.string().min(1).max(200) }))
    .output(doneSchema),
  removeCollection: procedure.input(z.object({ id: collectionIdSchema })).output(doneSchema),
  changeCollection: procedure
    .input(
      z.object({
        id: collectionIdSchema,
        add: z.array(assetIdSchema).max(2000).default([]),
        remove: z.array(assetIdSchema).max(2000).default([]),
      }),
    )
    .output(doneSchema),
};
