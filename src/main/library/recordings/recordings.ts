import { link, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#main/platform/clock/index.ts';
import type { Database } from '#main/platform/db/index.ts';
import { freeSpaceBytes, makeFolder, toFileError } from '#main/platform/files/index.ts';
import type { OpenRecording } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { type AssetId, newId } from '#shared/model/index.ts';
import type { ImportFile } from '../importing/import-file.ts';
import {
  createRecording,
  listRecordings,
  type RecordingState,
  readRecording,
  sealRecording,
  soundPath,
  writeSamples,
} from './recording-file.ts';

/** What recordings need. */
export interface RecordingsOptions {
  db: Database;
  clock: Clock;
  importFile: ImportFile;
  /** Folder they lie in until they are media; not one that is ever cleared away. */
  folder: string;
}

/** Recordings between their first sample and their place in the library. See the contract's `recordings`. */
export interface Recordings {
  begin(sound: { sampleRateHz: number; channels: number }): Promise<string>;
  /** Answers how many samples there are now. */
  write(recordingId: string, startSample: number, pcm: Uint8Array): Promise<number>;
  finish(recordingId: string, samples: number | null, signal: AbortSignal): Promise<AssetId>;
  discard(recordingId: string): Promise<void>;
  list(): Promise<OpenRecording[]>;
  /** Recordings that something was written to in the last seconds. */
  liveCount(): number;
}

/** Not begun with less: some minutes of stereo, beside what the database needs. */
const reserveBytes = 96 * 1024 * 1024;
/** A page that records sends something twice a second. */
const liveMs = 5000;

/** What begins each name; a number follows. */
const takeName = 'Voice-over';

/** Keeps recordings below a folder; the state of each is what lies on disk, so that a restart changes nothing. */
export function createRecordings(options: RecordingsOptions): Recordings {
  const { clock, folder: root } = options;
  const inTurn = createTurns();
  const lastWrites = new Map<string, number>();
  /** Answers already given, for callers that did not hear them. */
  const finished = new Map<string, AssetId>();
  const folderOf = (recordingId: string) => join(root, recordingId);

  async function must(recordingId: string): Promise<RecordingState> {
    const state = await readRecording(folderOf(recordingId));
    if (state !== null) return state;
    throw new AppError('not-found', 'This recording is not open any more. Look for it among the media of the library.');
  }

  async function finish(recordingId: string, wanted: number | null, signal: AbortSignal): Promise<AssetId> {
    const known = finished.get(recordingId);
    if (known !== undefined) return known;
    const state = await must(recordingId);
    const samples = wanted ?? state.samples;
    if (samples > state.samples) {
      throw new AppError('conflict', 'The end of the recording has not arrived yet.', {
        retry: 'retry',
        details: { samples: state.samples },
      });
    }
    if (samples === 0) throw new AppError('file-empty', 'Nothing was recorded.');
    const folder = folderOf(recordingId);
    await sealRecording(folder, state, samples);
    const assetId = await takeIn(options, folder, recordingId, signal);
    finished.set(recordingId, assetId);
    lastWrites.delete(recordingId);
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    return assetId;
  }

  return {
    async begin(sound) {
      const free = await freeSpaceBytes(root);
      if (free < reserveBytes) {
        const text =
          'The disk of the library is full: there is no room for a recording. Free some space, then try again.';
        throw new AppError('disk-full', text, { retry: 'free-space', details: { freeBytes: free } });
      }
      const recordingId = newId<string>('recording');
      await createRecording(folderOf(recordingId), { ...sound, beganAtMs: clock.nowMs() });
      lastWrites.set(recordingId, clock.nowMs());
      return recordingId;
    },
    write: (recordingId, startSample, pcm) =>
      inTurn(recordingId, async () => {
        const samples = await writeSamples(folderOf(recordingId), await must(recordingId), startSample, pcm);
        lastWrites.set(recordingId, clock.nowMs());
        return samples;
      }),
    // One after another: each takes the next number for its name.
    finish: (recordingId, samples, signal) =>
      inTurn(recordingId, () => inTurn('finish', () => finish(recordingId, samples, signal))),
    discard: (recordingId) =>
      inTurn(recordingId, async () => {
        lastWrites.delete(recordingId);
        const folder = folderOf(recordingId);
        await rm(folder, { recursive: true, force: true }).catch((error: unknown) => {
          throw toFileError(error, folder, 'write');
        });
      }),
    async list() {
      const found = await Promise.all(
        (await listRecordings(root)).map(async (recordingId) => ({
          recordingId,
          state: await readRecording(folderOf(recordingId)),
        })),
      );
      const nowMs = clock.nowMs();
      return found
        .flatMap(({ recordingId, state }) =>
          state === null
            ? []
            : {
                ...{ recordingId, beganAtMs: state.beganAtMs, samples: state.samples },
                seconds: state.samples / state.sampleRateHz,
                idleMs: Math.max(0, nowMs - state.changedAtMs),
              },
        )
        .sort((a, b) => a.beganAtMs - b.beganAtMs);
    },
    liveCount: () => [...lastWrites.values()].filter((atMs) => clock.nowMs() - atMs < liveMs).length,
  };
}

/**
 * Imports the file under its name. By a second link to it, so that a power cut between the move and the asset's row
 * leaves the recording where it was; moved where the disk knows no links.
 */
async function takeIn(
  { db, folder: root, importFile }: RecordingsOptions,
  folder: string,
  recordingId: string,
  signal: AbortSignal,
): Promise<AssetId> {
  const name = `${nextName(db)}.wav`;
  const place = join(folder, 'named');
  const path = join(place, name);
  try {
    await rm(place, { recursive: true, force: true });
    await makeFolder(place);
    await link(soundPath(folder), path).catch(() => rename(soundPath(folder), path));
  } catch (error) {
    throw toFileError(error, root, 'write');
  }
  try {
    const file = {
      path,
      name,
      mode: 'move' as const,
      origin: 'recorded' as const,
      sourceFolder: '',
      group: recordingId,
    };
    return (await importFile(file, signal)).assetId;
  } catch (error) {
    // Where it was moved it goes back; where it was linked this changes nothing.
    await rename(path, soundPath(folder)).catch(() => undefined);
    throw error;
  }
}

/** "Voice-over 4" after "Voice-over 3.wav", names of removed ones included. */
function nextName(db: Database): string {
  const rows = db.raw.prepare<{ name: string }>("SELECT name FROM assets WHERE origin = 'recorded'").all();
  const numbers = rows.map(({ name }) => Number(/^Voice-over (\d{1,6})\b/.exec(name)?.[1] ?? 0));
  return `${takeName} ${Math.max(0, ...numbers) + 1}`;
}

/** Runs what is asked under one key one after another. */
function createTurns(): <Answer>(key: string, work: () => Promise<Answer>) => Promise<Answer> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const answer = (last.get(key) ?? Promise.resolve()).then(work, work);
    const settled = answer.catch(() => undefined);
    last.set(key, settled);
    void settled.then(() => {
      if (last.get(key) === settled) last.delete(key);
    });
    return answer;
  };
}
