import { z } from 'zod';
import type { Database } from '#main/platform/db/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import { plainWords, type Transcript, transcriptSchema } from '#shared/transcript/index.ts';

interface TranscriptRow {
  words: string;
  language: string | null;
  origin: string;
  revision: number;
  updated_at: number;
}

/** Rows of transcripts, each beside its asset. Writers expect the caller's transaction. */
export interface TranscriptStore {
  /** Null when there is none, or none that can be read. */
  get(asset: { seq: number; id: AssetId }): Transcript | null;
  /** The number of its last change; 0 when there is none. */
  revision(seq: number): number;
  put(seq: number, transcript: Transcript): void;
  remove(seq: number): void;
}

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
});

/** Prepares the statements. */
export function createTranscriptStore({ raw }: Database): TranscriptStore {
  const read = raw.prepare<TranscriptRow>(
    'SELECT words, language, origin, revision, updated_at FROM asset_transcripts WHERE asset_seq = ?',
  );
  const revisionOf = raw.prepare<{ revision: number }>('SELECT revision FROM asset_transcripts WHERE asset_seq = ?');
  const write = raw.prepare(`
    INSERT OR REPLACE INTO asset_transcripts (asset_seq, words, plain, language, origin, revision, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const drop = raw.prepare('DELETE FROM asset_transcripts WHERE asset_seq = ?');
  return {
    get({ seq, id }) {
      const row = read.get(seq);
      if (row === undefined) return null;
      const words = json.safeParse(row.words);
      const { language, origin, revision, updated_at: updatedAtMs } = row;
      const whole = { assetId: id, language, origin, revision, updatedAtMs, words: words.data };
      return transcriptSchema.safeParse(whole).data ?? null;
    },
    revision: (seq) => revisionOf.get(seq)?.revision ?? 0,
    put(seq, { words, language, origin, revision, updatedAtMs }) {
      write.run(seq, JSON.stringify(words), plainWords(words), language, origin, revision, updatedAtMs);
    },
    remove: (seq) => void drop.run(seq),
  };
}
