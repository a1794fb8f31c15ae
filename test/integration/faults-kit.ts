import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { Engine, EngineOptions } from '#main/engine/types.ts';
import { createEngine } from '#main/engine.ts';
import { createInProcessClient } from '#main/gateway/in-process.ts';
import { createRouter } from '#main/gateway/router.ts';
import { silentLog } from '#main/platform/log/index.ts';
import { resourcesFolder } from '#main/platform/paths/index.ts';
import type { EngineClient, ExportView, ImportView } from '#shared/contract/index.ts';
import { AppError, type ErrorCode } from '#shared/errors/index.ts';
import {
  type Asset,
  addTextEdit,
  editsForNewOption,
  type MediaItem,
  type OptionId,
  type Project,
  type ProjectId,
  type SlotId,
  type Variant,
} from '#shared/model/index.ts';

const run = promisify(execFile);

/** An engine as its callers see it, and what tests do with it again and again. */
export interface Opened {
  engine: Engine;
  client: EngineClient;
  /** Imports and waits for the end of it. */
  importPaths(paths: string[], mode?: 'link' | 'copy'): Promise<ImportView>;
  /** Waits until no job is left to run. */
  settle(): Promise<void>;
  assets(): Promise<Asset[]>;
  close(): Promise<void>;
}

/** Opens the whole engine on a folder, without the sample. */
export async function openEngine(libraryFolder: string, options: Partial<EngineOptions> = {}): Promise<Opened> {
  const log = silentLog();
  const engine = await createEngine({
    ...{ libraryFolder, resourcesDir: resourcesFolder(), face: 'terminal', hasSample: false, log },
    ...options,
  });
  const client = createInProcessClient(
    createRouter(engine.handlersFor({ mediaBase: '' }), { log, isOutputValidated: true }),
    log,
  );
  return {
    ...{ engine, client },
    async importPaths(paths, mode) {
      const { importId } = await client.library.import({ paths, ...(mode ? { mode } : {}) });
      return client.library.waitForImport({ importId });
    },
    async settle() {
      for (;;) {
        const { counts } = await client.jobs.list({ limit: 1 });
        const open = ['waiting', 'queued', 'running', 'retrying'] as const;
        if (open.every((state) => (counts[state] ?? 0) === 0)) return;
        await pause(25);
      }
    },
    assets: async () =>
      (await client.library.list({ filter: { rejected: 'show' }, sort: 'oldest', limit: 500 })).assets,
    close: () => engine.dispose(),
  };
}

/** Waits. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Waits until it holds; fails after a while. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, timeoutMs = 20_000): Promise<void> {
  const endMs = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > endMs) throw new Error(`never came: ${what}`);
    await pause(10);
  }
}

/** A new empty folder under its real name; `clean` deletes it. */
export function temporaryFolder(prefix = 'spotloom-faults-'): { path: string; clean: () => void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  return { path, clean: () => rmSync(path, { recursive: true, force: true }) };
}

/** The error a call rejects with; it must be an {@link AppError} with words for people. */
export async function refusal(call: Promise<unknown>): Promise<AppError> {
  const error = await call.then(
    (answer) => new Error(`it was not refused: ${JSON.stringify(answer)?.slice(0, 300)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw error;
  return error;
}

/** Looks whether an error says what happened (`code`) and what to do (`advice`). */
export function expectError(
  error: { code: ErrorCode; userMessage: string } | null | undefined,
  code: ErrorCode,
  advice: RegExp,
): void {
  expect({ code: error?.code, words: error?.userMessage }).toMatchObject({
    code,
    words: expect.stringMatching(advice),
  });
}

/** Why disks cannot be made small or read-only here; null when they can. */
export function whyNoMounts(): string | null {
  if (process.platform !== 'linux') return 'small disks can be mounted on Linux only';
  if (process.getuid?.() !== 0) return 'small disks can be mounted by root only';
  const folder = mkdtempSync(join(tmpdir(), 'spotloom-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return null;
  } catch {
    return 'mounting is not allowed here';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A disk of its own that can be made small, large and read-only. */
export interface SmallDisk {
  path: string;
  resize(megabytes: number): void;
  setReadOnly(isReadOnly: boolean): void;
  /** Leaves about this many bytes free, by one large file. */
  fill(freeBytes: number): void;
  /** Deletes that file. */
  empty(): void;
  unmount(): void;
}

/** Mounts a disk in memory at a folder, which is made. */
export function mountDisk(path: string, megabytes: number): SmallDisk {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
  const remount = (options: string) => execFileSync('mount', ['-o', `remount,${options}`, path]);
  const filler = join(path, 'filler');
  return {
    path,
    resize: (size) => remount(`size=${size}m`),
    setReadOnly: (isReadOnly) => remount(isReadOnly ? 'ro' : 'rw'),
    fill(freeBytes) {
      rmSync(filler, { force: true });
      const free = Number(execFileSync('df', ['-B1', '--output=avail', path]).toString().trim().split('\n').at(-1));
      execFileSync('fallocate', ['-l', String(Math.max(1, free - freeBytes)), filler]);
    },
    empty: () => rmSync(filler, { force: true }),
    unmount: () => execFileSync('umount', ['-l', path]),
  };
}

/** A program that passes everything to the real ffmpeg, except what `script` (sh; `$*` are the arguments) does first. */
export function ffmpegWrapper(folder: string, script: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'ffmpeg');
  const real = execFileSync('sh', ['-c', 'command -v ffmpeg']).toString().trim();
  writeFileSync(path, `#!/bin/sh\nreal=${real}\n${script}\nexec "$real" "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Puts media into the slots of a new project, `seconds` of each; options of the hook get a headline of their own. */
export async function makeProject(
  client: EngineClient,
  name: string,
  slots: Readonly<Record<string, readonly Asset[]>>,
  more: { seconds?: number; headlines?: readonly string[] } = {},
): Promise<Project> {
  const { project: start } = await client.projects.create({ name });
  const { id } = start;
  for (const [slotId, assets] of Object.entries(slots)) {
    for (const [at, asset] of assets.entries()) {
      const optionId = `${slotId}-${at + 1}` as OptionId;
      const item: MediaItem = {
        asset,
        ...(more.seconds ? { outSeconds: { num: more.seconds * 1000, den: 1000 } } : {}),
      };
      const project = await projectOf(client, id);
      const edit = editsForNewOption({ project, slotId: slotId as SlotId, items: [item], stillFrames: 30, optionId });
      await client.projects.apply({ id, edit });
      const text = slotId === 'hook' ? more.headlines?.[at] : undefined;
      if (text !== undefined) await addText(client, id, optionId, text);
    }
  }
  for (const slot of start.slots) {
    if (!(slot.id in slots)) await client.projects.apply({ id, edit: { type: 'slot.remove', slotId: slot.id } });
  }
  return projectOf(client, id);
}

async function addText(client: EngineClient, id: ProjectId, optionId: OptionId, text: string): Promise<void> {
  const project = await projectOf(client, id);
  const option = project.slots.flatMap((slot) => slot.options).find((one) => one.id === optionId);
  if (option?.content.kind !== 'sequence') throw new Error(`${optionId} has no sequence`);
  const { sequenceId } = option.content;
  await client.projects.apply({
    id,
    edit: addTextEdit({ project, sequenceId, text, startFrame: 0, lengthFrames: 10 }),
  });
}

/** A project as it is now. */
export async function projectOf(client: EngineClient, id: ProjectId): Promise<Project> {
  return (await client.projects.get({ id })).project;
}

/** Exports with the tests' tiny preset and waits for the end. */
export async function exportAll(
  client: EngineClient,
  project: Project,
  variants: Variant[],
  more: { outDir?: string; namingPattern?: string } = {},
): Promise<ExportView[]> {
  const { batchId } = await client.render.start({
    ...{ projectId: project.id, variants, ratios: ['16:9'], presetId: 'small-test' },
    ...more,
  });
  return (await client.render.waitForBatch({ batchId })).exports;
}

/** Names below a folder that show unfinished work: our temporaries, whatever their kind. */
export function unfinishedNames(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.spotloom-|\.part$/.test(name))
    .sort();
}

/** True when every frame of a file decodes without a complaint. */
export async function decodes(path: string): Promise<boolean> {
  const args = ['-v', 'error', '-xerror', '-i', `file:${path}`, '-f', 'null', '-'];
  const { stderr } = await run('ffmpeg', args).catch((error: { stderr?: string }) => ({
    stderr: error.stderr ?? 'failed',
  }));
  return stderr.trim() === '';
}

/** Frames of a file by decoding all of them. */
export async function countFrames(path: string): Promise<number> {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-count_frames', '-show_entries', 'stream=nb_read_frames'];
  return Number((await run('ffprobe', [...args, '-of', 'csv=p=0', `file:${path}`])).stdout.trim());
}
