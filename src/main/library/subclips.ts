import { eq, inArray } from 'drizzle-orm';
import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type AssetId, newId, type Subclip, type SubclipId, subclipIdSchema } from '#shared/model/index.ts';
import { compare, type Rational, rationalSchema, zero } from '#shared/units/index.ts';
import type { AssetStore } from './asset-store.ts';
import { assets as assetsTable, subclips } from './schema.ts';

/** What a subclip can be changed to. */
export interface SubclipPatch {
  name?: string | undefined;
  inSeconds?: Rational | undefined;
  outSeconds?: Rational | undefined;
}

/** Named in/out ranges of assets. */
export interface Subclips {
  list(assetIds: readonly AssetId[]): Subclip[];
  /** Throws `not-found`, or `invalid-input` for a range that is none or lies outside the media. */
  add(input: Omit<Subclip, 'id'>): Subclip;
  update(id: SubclipId, patch: SubclipPatch): Subclip;
  remove(id: SubclipId): AssetId;
}

/** Subclips over the library's database. */
export function createSubclips(db: Database, assets: AssetStore, clock: Clock): Subclips {
  const { orm } = db;
  const select = () =>
    orm
      .select({
        id: subclips.id,
        assetId: assetsTable.id,
        name: subclips.name,
        inSeconds: subclips.inSeconds,
        outSeconds: subclips.outSeconds,
      })
      .from(subclips)
      .innerJoin(assetsTable, eq(assetsTable.seq, subclips.assetSeq));
  const read = (row: ReturnType<ReturnType<typeof select>['all']>[number]): Subclip => ({
    id: subclipIdSchema.parse(row.id),
    assetId: row.assetId as AssetId,
    name: row.name,
    inSeconds: rationalSchema.parse(JSON.parse(row.inSeconds)),
    outSeconds: rationalSchema.parse(JSON.parse(row.outSeconds)),
  });

  function must(id: SubclipId): Subclip {
    const row = select().where(eq(subclips.id, id)).get();
    if (row === undefined) throw new AppError('not-found', 'This subclip is gone. It may have been removed elsewhere.');
    return read(row);
  }

  function checkedSeq(clip: Omit<Subclip, 'id'>): number {
    const row = assets.byId(clip.assetId);
    if (row === undefined) throw new AppError('not-found', 'This media is not in the library.');
    if (compare(clip.inSeconds, clip.outSeconds) >= 0 || compare(clip.inSeconds, zero) < 0) {
      throw new AppError('invalid-input', 'A subclip must end after it begins. Set the out point behind the in point.');
    }
    const { durationSeconds, video } = assets.probe(row.seq);
    const end = durationSeconds === null ? null : durationSeconds.num / durationSeconds.den;
    const start = video === null ? 0 : Math.max(0, video.startSeconds.num / video.startSeconds.den);
    if (end !== null && clip.inSeconds.num / clip.inSeconds.den >= start + end) {
      throw new AppError('invalid-input', 'A subclip must begin inside the media.');
    }
    return row.seq;
  }

  return {
    list(assetIds) {
      const seqs = assets.seqsOf(assetIds);
      if (seqs.length === 0) return [];
      return select().where(inArray(subclips.assetSeq, seqs)).orderBy(subclips.createdAt, subclips.id).all().map(read);
    },
    add(input) {
      const clip = { ...input, id: newId<SubclipId>('subclip') };
      orm
        .insert(subclips)
        .values({
          id: clip.id,
          assetSeq: checkedSeq(clip),
          name: clip.name,
          inSeconds: JSON.stringify(clip.inSeconds),
          outSeconds: JSON.stringify(clip.outSeconds),
          createdAt: clock.nowMs(),
        })
        .run();
      return clip;
    },
    update(id, patch) {
      return db.transaction(() => {
        const before = must(id);
        const clip: Subclip = {
          ...before,
          name: patch.name ?? before.name,
          inSeconds: patch.inSeconds ?? before.inSeconds,
          outSeconds: patch.outSeconds ?? before.outSeconds,
        };
        checkedSeq(clip);
        orm
          .update(subclips)
          .set({
            name: clip.name,
            inSeconds: JSON.stringify(clip.inSeconds),
            outSeconds: JSON.stringify(clip.outSeconds),
          })
          .where(eq(subclips.id, id))
          .run();
        return clip;
      });
    },
    remove(id) {
      const { assetId } = must(id);
      orm.delete(subclips).where(eq(subclips.id, id)).run();
      return assetId;
    },
  };
}
