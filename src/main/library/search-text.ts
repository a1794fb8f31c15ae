import type { Database } from '#main/platform/db/index.ts';

/** Words of a search → an FTS5 query in which each must begin a word; null when there are none. */
export function ftsQuery(search: string): string | null {
  const words = search
    .normalize('NFC')
    // SQLite ends a text at a NUL, and the phrase would be left open.
    .split(/[\s\0]+/)
    // Punctuation alone has no word in it, and an empty phrase would match nothing.
    .filter((word) => /[\p{L}\p{N}\p{Co}]/u.test(word))
    .slice(0, 20);
  return words.length === 0 ? null : words.map((word) => `"${word.replaceAll('"', ' ')}"*`).join(' ');
}

/** Keeps the full-text row of assets in step with name, tags, folder and transcript. */
export interface TextIndex {
  /** Writes one asset's row anew; inside the transaction that changed it. */
  refresh(seq: number): void;
}

/** Prepares the statements. */
export function createTextIndex(db: Database): TextIndex {
  const write = db.raw.prepare(`
    INSERT OR REPLACE INTO assets_fts (rowid, name, tags, folder, transcript)
    SELECT seq, name, coalesce((SELECT group_concat(tag, ' ') FROM asset_tags WHERE asset_seq = seq), ''), source_folder,
      coalesce((SELECT plain FROM asset_transcripts WHERE asset_seq = seq), '')
    FROM assets WHERE seq = ?`);
  return { refresh: (seq) => void write.run(seq) };
}
