import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { EngineClient } from '#shared/contract/index.ts';
import { type ClipId, listVariants, type ProjectId, type SequenceId, type TrackId } from '#shared/model/index.ts';
import { makeProject, type Opened, openEngine, pause, projectOf } from './faults-kit.ts';

/** What the engine promised, line by line; each reached the disk before the next thing was asked for. */
export interface Promises {
  /** Numbers of edits asked for, and of those answered. */
  tried: Set<number>;
  edits: Set<number>;
  /** Exports asked for (by number), and the ids answered. */
  exportTries: Set<number>;
  exportIds: Set<string>;
  projectId: ProjectId | null;
}

/** Sequence and track that collect one clip per edit. */
export const logSequence = 'log' as SequenceId;
export const logTrack = 'log-track' as TrackId;

/** Where the child writes what it was promised. */
export const promisesFile = (folder: string) => join(folder, 'promises');

/** Reads the promises of all children so far. A last line without its end was cut off by the kill: nothing was promised. */
export function readPromises(folder: string): Promises {
  const found: Promises = {
    tried: new Set(),
    edits: new Set(),
    exportTries: new Set(),
    exportIds: new Set(),
    projectId: null,
  };
  if (!existsSync(promisesFile(folder))) return found;
  for (const line of readFileSync(promisesFile(folder), 'utf8').split('\n').slice(0, -1)) {
    const [word, value = ''] = line.split(' ');
    if (word === 'try') found.tried.add(Number(value));
    if (word === 'edit') found.edits.add(Number(value));
    if (word === 'try-export') found.exportTries.add(Number(value));
    if (word === 'export') found.exportIds.add(value);
    if (word === 'project') found.projectId = value as ProjectId;
  }
  return found;
}

/** Appends a line and waits until it is on the disk. */
function promise(folder: string, line: string): void {
  const file = openSync(promisesFile(folder), 'a');
  writeSync(file, `${line}\n`);
  fsyncSync(file);
  closeSync(file);
}

async function ensureProject(opened: Opened, folder: string): Promise<ProjectId> {
  const known = readPromises(folder).projectId;
  if (known !== null) return known;
  await opened.importPaths([join(folder, 'base')]);
  const clips = (await opened.assets()).filter((asset) => asset.sourceFolder === join(folder, 'base'));
  const { id } = await makeProject(
    opened.client,
    'Killed',
    { hook: clips.slice(0, 2), body: clips.slice(0, 1) },
    { headlines: ['One', 'Two'] },
  );
  const track = { id: logTrack, kind: 'visual' as const, clips: [] };
  await opened.client.projects.apply({
    id,
    edit: { type: 'sequence.add', sequence: { id: logSequence, tracks: [track] } },
  });
  promise(folder, `project ${id}`);
  return id;
}

async function keepEditing(client: EngineClient, folder: string, id: ProjectId): Promise<never> {
  const { tried } = readPromises(folder);
  for (let number = Math.max(-1, ...tried) + 1; ; number += 1) {
    promise(folder, `try ${number}`);
    const clip = {
      ...{ id: `edit-${number}` as ClipId, startFrame: number, lengthFrames: 1 },
      content: { kind: 'text' as const, text: `${number}` },
    };
    await client.projects.apply({ id, edit: { type: 'clip.add', sequenceId: logSequence, trackId: logTrack, clip } });
    promise(folder, `edit ${number}`);
    await pause(15);
  }
}

/** Exports one variant after another, each time with another headline, so that there is something to encode. */
async function keepExporting(client: EngineClient, folder: string, id: ProjectId): Promise<never> {
  const { exportTries } = readPromises(folder);
  for (let number = Math.max(-1, ...exportTries) + 1; ; number += 1) {
    const project = await projectOf(client, id);
    const variants = listVariants(project);
    const hook = project.sequences.find((one) =>
      one.tracks.some((track) => track.name === 'Text' && track.clips.length > 0),
    );
    const text = hook?.tracks.find((track) => track.name === 'Text')?.clips[0];
    if (hook && text) {
      const patch = { text: `Headline ${number}` };
      await client.projects.apply({ id, edit: { type: 'clip.set', sequenceId: hook.id, clipId: text.id, patch } });
    }
    promise(folder, `try-export ${number}`);
    const { exports, batchId } = await client.render.start({
      ...{ projectId: id, variants: [variants[number % variants.length] ?? {}], ratios: ['16:9'] },
      ...{ presetId: 'small-test', outDir: join(folder, 'exports') },
    });
    for (const one of exports) promise(folder, `export ${one.id}`);
    await client.render.waitForBatch({ batchId });
  }
}

async function importRound(opened: Opened, folder: string, round: string): Promise<void> {
  const from = join(folder, 'footage', round);
  if (existsSync(from)) await opened.importPaths([from], Number(round) % 2 === 0 ? 'link' : 'copy');
}

/**
 * As a program: `faults-kill-child.ts <folder> <round>` imports that round's footage, edits and exports until it is killed;
 * with `finish` it imports all footage again, waits until nothing is left to do, and ends; with `rest` it only waits.
 */
async function main(folder: string, round: string): Promise<void> {
  const opened = await openEngine(join(folder, 'library'));
  process.stdout.write('ready\n');
  if (round === 'finish' || round === 'rest') {
    const left = round === 'finish' ? readdirSync(join(folder, 'footage')) : [];
    for (const one of left) await importRound(opened, folder, one);
    await opened.settle();
    await opened.close();
    process.stdout.write('finished\n');
    return;
  }
  const id = await ensureProject(opened, folder);
  await Promise.all([
    importRound(opened, folder, round),
    keepEditing(opened.client, folder, id),
    keepExporting(opened.client, folder, id),
  ]);
}

const [, script, folder, round] = process.argv;
if (script === import.meta.filename && folder !== undefined && round !== undefined) {
  await main(folder, round).catch((error: unknown) => {
    appendFileSync(join(folder, 'child-errors'), `${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  });
}
