import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '#main/platform/clock/index.ts';
import { openDatabase } from '#main/platform/db/index.ts';
import { silentLog } from '#main/platform/log/index.ts';
import { migrationsFolder, resourcesFolder } from '#main/platform/paths/index.ts';
import type { ExportView } from '#shared/contract/index.ts';
import { checkProject, type Project } from '#shared/model/index.ts';
import { logSequence, type Promises, readPromises } from './faults-kill-child.ts';
import { countFrames, decodes, type Opened, openEngine, projectOf } from './faults-kit.ts';

/** What was looked at before and cannot change any more: looked at once. */
export type Seen = Set<string>;

/** Everything that is wrong with a library after a kill; empty when nothing is. */
export async function findFaults(folder: string, seen: Seen): Promise<string[]> {
  const library = join(folder, 'library');
  const faults = databaseFaults(library);
  const opened = await openEngine(library, { isWorking: false });
  try {
    const promises = readPromises(folder);
    faults.push(...(await editFaults(opened, promises)));
    faults.push(...(await exportFaults(opened, folder, promises, seen)));
    faults.push(...(await assetFaults(opened, seen)));
    faults.push(...(await failedJobs(opened)));
  } finally {
    await opened.close();
  }
  return faults;
}

function databaseFaults(library: string): string[] {
  const db = openDatabase({
    ...{ file: join(library, 'library.sqlite'), migrationsDir: migrationsFolder(resourcesFolder()) },
    ...{ log: silentLog(), clock: systemClock() },
  });
  try {
    const integrity = db.raw.prepare<{ integrity_check: string }>('PRAGMA integrity_check').all();
    const broken = db.raw.prepare('PRAGMA foreign_key_check').all();
    const doubles = [
      ...[
        'SELECT content_hash AS what FROM assets WHERE content_hash IS NOT NULL GROUP BY content_hash HAVING count(*) > 1',
      ],
      ...['SELECT creative_id || revision AS what FROM releases GROUP BY creative_id, revision HAVING count(*) > 1'],
      ...['SELECT export_id AS what FROM releases GROUP BY export_id HAVING count(*) > 1'],
    ].flatMap((sql) => db.raw.prepare<{ what: string }>(sql).all());
    return [
      ...integrity.filter((row) => row.integrity_check !== 'ok').map((row) => `integrity: ${row.integrity_check}`),
      ...broken.map((row) => `foreign key: ${JSON.stringify(row)}`),
      ...doubles.map((row) => `twice: ${row.what}`),
    ];
  } finally {
    db.dispose();
  }
}

/** Every edit that was answered is there, once and in order; of those that were not, any may be. */
async function editFaults({ client }: Opened, { projectId, edits, tried }: Promises): Promise<string[]> {
  if (projectId === null) return [];
  const project: Project = await projectOf(client, projectId);
  const clips = project.sequences.find(({ id }) => id === logSequence)?.tracks[0]?.clips ?? [];
  const there = clips.map(({ id }) => Number(id.replace('edit-', '')));
  const known = new Set(there);
  return [
    ...[...edits].filter((number) => !known.has(number)).map((number) => `edit ${number} was answered and is gone`),
    ...there.filter((number) => !tried.has(number)).map((number) => `edit ${number} was never asked for`),
    ...(new Set(there).size === there.length ? [] : ['an edit is there twice']),
    ...checkProject(project).map((problem) => `the project breaks a rule: ${JSON.stringify(problem)}`),
  ];
}

async function allExports({ client }: Opened): Promise<ExportView[]> {
  const found: ExportView[] = [];
  for (;;) {
    const { exports, total } = await client.render.list({ offset: found.length, limit: 500 });
    found.push(...exports);
    if (exports.length === 0 || found.length >= total) return found;
  }
}

/** One row per request, and no file under a finished name that is not whole. */
async function exportFaults(opened: Opened, folder: string, promises: Promises, seen: Seen): Promise<string[]> {
  const rows = await allExports(opened);
  const ids = new Set(rows.map(({ id }) => id));
  const faults = [...promises.exportIds]
    .filter((id) => !ids.has(id))
    .map((id) => `export ${id} was promised and is gone`);
  if (rows.length > promises.exportTries.size)
    faults.push(`${rows.length} exports of ${promises.exportTries.size} requests`);
  for (const row of rows) {
    if (row.state === 'failed' || row.state === 'cancelled')
      faults.push(`export ${row.id} ${row.state}: ${row.error?.message}`);
    if (row.state === 'finished' && row.isFileMissing) faults.push(`export ${row.id} is finished without a file`);
  }
  const files = namesIn(join(folder, 'exports')).filter((name) => name.endsWith('.mp4') && !name.startsWith('.'));
  for (const name of files) {
    const path = join(folder, 'exports', name);
    const mark = `${path} ${statSync(path).mtimeMs}`;
    if (seen.has(mark)) continue;
    seen.add(mark);
    const report = await opened.client.render.check({ path });
    const frames = await countFrames(path);
    // What was moved into place just before the kill has no finished row yet, and its own row's name or "name (2)".
    const row = rows.find((one) => one.fileName === name) ?? rows[0];
    if (!report.isPassed)
      faults.push(`${name}: ${JSON.stringify(report.findings.filter(({ state }) => state === 'failed'))}`);
    if (frames !== row?.frameCount) faults.push(`${name} has ${frames} frames instead of ${row?.frameCount}`);
  }
  return faults;
}

/** No content twice, and everything called ready can be read. */
async function assetFaults({ engine, client }: Opened, seen: Seen): Promise<string[]> {
  const faults: string[] = [];
  for (let offset = 0; ; offset += 500) {
    const { assets, total } = await client.library.list({ filter: { rejected: 'show' }, offset, limit: 500 });
    for (const asset of assets) {
      for (const { kind, version, state } of asset.renditions) {
        if (state === 'failed') faults.push(`${kind} of ${asset.name} failed`);
        if (state !== 'ready' || seen.has(`${asset.id}/${kind}/${version}`)) continue;
        seen.add(`${asset.id}/${kind}/${version}`);
        const file = await engine.resolveMedia(
          `${asset.id}/${kind}`,
          new URLSearchParams(),
          new AbortController().signal,
        );
        const isWhole =
          file !== null && (kind === 'waveform' ? statSync(file.path).size > 0 : await decodes(file.path));
        if (!isWhole) faults.push(`${kind} of ${asset.name} is called ready and cannot be read`);
      }
    }
    if (offset + assets.length >= total) return faults;
  }
}

async function failedJobs({ client }: Opened): Promise<string[]> {
  const { jobs } = await client.jobs.list({ states: ['failed', 'cancelled'], limit: 500 });
  return jobs.map((job) => `job ${job.title} ${job.state}: ${job.error?.message}`);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Programs at work on this folder (its name in their arguments or as their working folder), this process excepted. */
export function processesIn(folder: string): string[] {
  return namesIn('/proc')
    .filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .flatMap((pid) => {
      try {
        const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        const isHere = args.includes(folder) || readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
        return isHere && args !== '' ? [`${pid} ${args}`] : [];
      } catch {
        return [];
      }
    });
}
