import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { AssetId } from '#shared/model/index.ts';
import {
  correctWords,
  type Transcript,
  type TranscriptOrigin,
  type TranscriptWord,
  transcriptWordsSchema,
} from '#shared/transcript/index.ts';
import type { AssetRow } from '../asset-record.ts';
import type { AssetStore } from '../asset-store.ts';
import type { TextIndex } from '../search-text.ts';
import { createTranscriptStore } from './transcript-store.ts';

/** Words to be kept for an asset. */
export interface NewTranscript {
  words: readonly TranscriptWord[];
  language: string | null;
  origin: TranscriptOrigin;
}

/** Other words for some of a transcript's. */
export interface Correction {
  index: number;
  count: number;
  text: string;
}

/** What is said in the media of a library; kept on the asset, in source time. */
export interface Transcripts {
  /** Null when the asset has none, or is not in the library. */
  get(id: AssetId): Transcript | null;
  /** Those that there are. */
  getMany(ids: readonly AssetId[]): Transcript[];
  /** Puts a transcript in place of the one there is. Throws `not-found`, and `invalid-input` for media without sound. */
  set(id: AssetId, transcript: NewTranscript): Transcript;
  /**
   * Corrects words of the transcript that was seen. Throws `conflict` when it was changed since, `not-found` when there is
   * none.
   */
  correct(id: AssetId, baseRevision: number, correction: Correction): Transcript;
  /** Takes it away. Captions made from it stay. */
  remove(id: AssetId): void;
  /** Who keeps captions in step: called inside the transaction of each change, so that both hold or neither. */
  setFollower(follow: (transcript: Transcript) => void): void;
}

/** What transcripts need. */
export interface TranscriptsOptions {
  db: Database;
  assets: AssetStore;
  text: TextIndex;
  clock: Clock;
  /** Called when a change has been committed. */
  onChanged(id: AssetId): void;
}

/** The transcripts of one library. */
export function createTranscripts(options: TranscriptsOptions): Transcripts {
  const { db, assets, text, clock, onChanged } = options;
  const store = createTranscriptStore(db);
  let follow: (transcript: Transcript) => void = () => {};

  function must(id: AssetId): AssetRow {
    const row = assets.byId(id);
    if (row !== undefined) return row;
    throw new AppError('not-found', 'This media is not in the library.');
  }

  function checkHeard(row: AssetRow): void {
    // Of media whose file is missing nothing may be known yet.
    const { audio, container } = assets.probe(row.seq);
    if (audio.length > 0 || row.kind === 'audio' || row.is_missing === 1 || container === '') return;
    throw new AppError('invalid-input', `“${row.name}” has no sound, so nothing is said in it. Choose other media.`);
  }

  function keep(row: AssetRow, next: NewTranscript): Transcript {
    const transcript: Transcript = {
      assetId: row.id,
      words: transcriptWordsSchema.parse(next.words),
      language: next.language,
      origin: next.origin,
      revision: store.revision(row.seq) + 1,
      updatedAtMs: clock.nowMs(),
    };
    store.put(row.seq, transcript);
    text.refresh(row.seq);
    follow(transcript);
    db.afterCommit(() => onChanged(row.id));
    return transcript;
  }

  function get(id: AssetId): Transcript | null {
    const row = assets.byId(id);
    return row === undefined ? null : store.get(row);
  }

  return {
    get,
    getMany: (ids) => ids.map(get).filter((transcript) => transcript !== null),
    set: (id, next) =>
      db.transaction(() => {
        const row = must(id);
        checkHeard(row);
        return keep(row, next);
      }),
    correct: (id, baseRevision, correction) =>
      db.transaction(() => {
        const row = must(id);
        const now = store.get(row);
        if (now === null) throw new AppError('not-found', `“${row.name}” has no transcript any more.`);
        if (now.revision !== baseRevision) throw changedMeanwhile(row.name);
        const words = correctWords(now.words, correction);
        return keep(row, { words, language: now.language, origin: 'edited' });
      }),
    remove: (id) =>
      db.transaction(() => {
        const row = must(id);
        store.remove(row.seq);
        text.refresh(row.seq);
        db.afterCommit(() => onChanged(row.id));
      }),
    setFollower(asked) {
      follow = asked;
    },
  };
}

function changedMeanwhile(name: string): AppError {
  return new AppError(
    'conflict',
    `The transcript of “${name}” was changed elsewhere in the meantime. It has been read anew; please do that once more.`,
    { retry: 'retry' },
  );
}
