import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Asset, ExportBatchId, JobId, Project } from '#shared/model/index.ts';
import { makeVideo, probeJson } from '../fixtures/media.ts';
import {
  assetOf,
  exportAll,
  exportRequest,
  openRenderEngine,
  openRenderKit,
  plainProject,
  project,
  type RenderEngine,
  type RenderKit,
  sourcesOf,
} from '../fixtures/render-kit.ts';
import { mountDisk, whyNoMounts } from './faults-kit.ts';

const run = promisify(execFile);

let kit: RenderKit;
let footage: Asset;
beforeAll(async () => {
  kit = await openRenderKit();
  const path = join(kit.folder, 'footage.mp4');
  // Black for half a second: no cover.
  const filter = "drawbox=t=fill:c=black:enable='lt(t,0.5)'";
  await makeVideo(path, { seconds: 2, filter, tonesHz: [440] });
  footage = await assetOf(kit.ffmpeg, 'footage', path);
});
afterAll(() => kit.dispose());

const media = { kind: 'media', media: { assetId: 'footage' } };

/** Two hooks with a caption each, one CTA without words. */
function adProject(id: string): Project {
  const hook = (n: number) => ({
    id: `hook${n}`,
    tracks: [
      { id: `v${n}`, kind: 'visual', clips: [{ id: `c${n}`, startFrame: 0, lengthFrames: 30, content: media }] },
      {
        ...{ id: `t${n}`, kind: 'visual' },
        clips: [
          {
            ...{ id: `w${n}`, startFrame: 3, lengthFrames: 15 },
            content: { kind: 'text', text: `Hook, “${n}”`, role: 'caption' },
          },
        ],
      },
    ],
  });
  return project({
    ...{ id, name: `Spring: ${id}` },
    slots: [
      {
        ...{ id: 'hook', name: 'Hook', role: 'hook' },
        options: [1, 2].map((n) => ({
          ...{ id: `h${n}`, name: `Hook ${n}` },
          content: { kind: 'sequence', sequenceId: `hook${n}` },
        })),
      },
      {
        ...{ id: 'cta', name: 'CTA', role: 'cta' },
        options: [{ id: 'a1', name: '=CTA', content: { kind: 'sequence', sequenceId: 'end' } }],
      },
    ],
    sequences: [
      ...[hook(1), hook(2)],
      {
        id: 'end',
        tracks: [{ id: 've', kind: 'visual', clips: [{ id: 'ce', startFrame: 0, lengthFrames: 15, content: media }] }],
      },
    ],
    globals: [
      {
        ...{ id: 'copy', name: 'Post copy', kind: 'post-copy' },
        options: [
          {
            ...{ id: 'p1', name: 'Copy 1' },
            content: {
              kind: 'post-copy',
              primaryText: '-50 %, today\nonly',
              headline: 'Say "hi"',
              url: 'https://x.y/?a=1',
            },
          },
        ],
      },
    ],
  });
}

const all = { hasCaptions: true, hasCovers: true, hasTable: true, isZipped: true };

async function written(engine: RenderEngine, batchId: ExportBatchId) {
  for (;;) {
    const state = engine.render.handoff(batchId);
    if (state.state !== 'waiting') return state;
    await delay(50);
  }
}

/** Reads a CSV by RFC 4180. */
function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (let match = cell.exec(text); match && match[0] !== ''; match = cell.exec(text)) {
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') rows.push([]);
  }
  const [head = [], ...lines] = rows.filter((row) => row.length > 0);
  return lines.map((line) => Object.fromEntries(head.map((name, n) => [name, line[n] ?? ''])));
}

test('beside finished files lie their captions, covers, a table, a mapping and a ZIP of it all', async () => {
  const ad = adProject('whole');
  const outDir = join(kit.folder, 'whole');
  await mkdir(outDir);
  // Somebody else's file of the very name.
  await mkdir(join(outDir, '9x16'));
  await writeFile(join(outDir, '9x16', 'Hook 1.jpg'), 'mine');
  const engine = openRenderEngine(kit, sourcesOf([footage]), [ad]);
  try {
    const request = exportRequest(ad, {
      ...{ ratios: ['9:16', '1:1'], outDir, namingPattern: '{ratio}/{hook}', handoff: all },
      placements: ['youtube-shorts'],
    });
    const exports = await exportAll(engine.render, request);
    expect(exports.map(({ state, error }) => error?.message ?? state)).toEqual(Array(4).fill('finished'));
    const [first] = exports;
    const { state, files, error } = await written(engine, first?.batchId as ExportBatchId);
    expect([state, error]).toEqual(['written', null]);
    expect(files.map(({ kind }) => kind).sort()).toEqual(
      [...Array(4).fill('captions'), ...Array(4).fill('cover'), 'mapping', 'table', 'zip'].sort(),
    );

    expect(await readFile(join(outDir, '9x16', 'Hook 1.srt'), 'utf8')).toBe(
      '1\r\n00:00:00,100 --> 00:00:00,600\r\nHook, “1”\r\n\r\n',
    );
    expect(await readFile(join(outDir, '9x16', 'Hook 1.jpg'), 'utf8')).toBe('mine');
    const cover = await probeJson(join(outDir, '9x16', 'Hook 1 (2).jpg'));
    expect(cover.streams[0]).toMatchObject({ codec_name: 'mjpeg', width: 180, height: 320 });
    // Not the black beginning.
    expect((await brightness(join(outDir, '1x1', 'Hook 2.jpg'))).mean).toBeGreaterThan(60);

    const table = files.find(({ kind }) => kind === 'table')?.path ?? '';
    const text = await readFile(table, 'utf8');
    expect(text.startsWith('\uFEFFfile,creative id,ratio-group id,')).toBe(true);
    const lines = readCsv(text.slice(1));
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatchObject({
      ...{ file: '9x16/Hook 1.mp4', 'creative id': first?.creativeId, revision: '1', hook: 'Hook 1', body: '' },
      ...{ cta: "'=CTA", ratio: '9:16', placements: 'YouTube Short', version: 'full', seconds: '1.5' },
      ...{ 'primary text': "'-50 %, today\nonly", headline: 'Say "hi"', URL: 'https://x.y/?a=1' },
      ...{ 'cover file': '9x16/Hook 1 (2).jpg', state: 'finished', problem: '' },
    });
    const groups = lines.map((line) => line['ratio-group id']);
    expect(groups[0]).toMatch(/^group-/);
    expect([groups[0] === groups[1], groups[0] === groups[2]]).toEqual([true, false]);

    const mapping = JSON.parse(await readFile(files.find(({ kind }) => kind === 'mapping')?.path ?? '', 'utf8'));
    expect(mapping).toMatchObject({ format: 'spotloom-mapping', batchId: first?.batchId, project: { id: ad.id } });
    const { options, segments, frames, sha256 } = mapping.files[0];
    expect(options.map((one: { optionName: string }) => one.optionName)).toEqual(['Hook 1', '=CTA']);
    expect(segments.reduce((sum: number, one: { frames: number }) => sum + one.frames, 0)).toBe(frames);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    const last = (file: { segments: { fingerprint: string }[] }) => file.segments.at(-1)?.fingerprint;
    // One CTA in one shape is one piece, in whichever file.
    expect(last(mapping.files[0])).toBe(last(mapping.files[2]));

    const zip = files.find(({ kind }) => kind === 'zip')?.path ?? '';
    const { stdout } = await run('python3', ['-c', listZip, zip]);
    const listed = JSON.parse(stdout) as { names: string[]; bad: string | null; sizes: Record<string, number> };
    expect(listed.bad).toBeNull();
    expect(listed.names).toContain('manifests/9x16/Hook 1.mp4.json');
    expect(listed.names).toContain('9x16/Hook 1 (2).jpg');
    expect(listed.names).toHaveLength(4 * 4 + 2);
    expect(listed.sizes['9x16/Hook 1.mp4']).toBe((await stat(join(outDir, '9x16', 'Hook 1.mp4'))).size);
    expect((await readdir(outDir)).filter((name) => name.startsWith('.'))).toEqual([]);

    const picture = await engine.render.coverPicture(first?.id ?? '', new AbortController().signal);
    expect(picture?.mime).toBe('image/jpeg');
    expect(await readFile(picture?.path ?? '')).toEqual(await readFile(join(outDir, '9x16', 'Hook 1 (2).jpg')));
  } finally {
    await engine.dispose();
  }
});

test('failed exports are listed as failed; made good, the same table is written again', async () => {
  const ad = adProject('partly');
  const outDir = join(kit.folder, 'partly');
  const broken = { ...ad, sequences: ad.sequences.map((one) => ({ ...one })) };
  const gone = join(kit.folder, 'gone.mp4');
  await writeFile(gone, await readFile(footage.locations[0]?.path ?? ''));
  const second = { ...(await assetOf(kit.ffmpeg, 'second', gone)) };
  const [, hook2] = broken.sequences;
  const clip = hook2?.tracks[0]?.clips[0];
  if (clip) clip.content = { ...clip.content, media: { assetId: 'second' } } as never;
  const engine = openRenderEngine(kit, sourcesOf([footage, second]), [broken]);
  try {
    const bytes = await readFile(gone);
    await rm(gone);
    const exports = await exportAll(
      engine.render,
      exportRequest(broken, { outDir, namingPattern: '{hook}', handoff: { ...all, isZipped: false } }),
    );
    expect(exports.map(({ state }) => state)).toEqual(['finished', 'failed']);
    const batchId = exports[0]?.batchId as ExportBatchId;
    const before = await written(engine, batchId);
    const table = before.files.find(({ kind }) => kind === 'table')?.path ?? '';
    const states = async () =>
      readCsv((await readFile(table, 'utf8')).slice(1)).map((line) => [line.file, line.state, line.problem !== '']);
    expect(await states()).toEqual([
      ['Hook 1.mp4', 'finished', false],
      ['Hook 2.mp4', 'failed', true],
    ]);
    await writeFile(gone, bytes);
    const again = await engine.render.rerun(exports[1]?.id ?? '');
    await engine.render.waitForBatch(again.batchId, new AbortController().signal);
    const after = await written(engine, batchId);
    expect(await states()).toEqual([
      ['Hook 1.mp4', 'finished', false],
      ['Hook 2.mp4', 'finished', false],
    ]);
    expect(after.files.find(({ kind }) => kind === 'table')?.path).toBe(table);
    expect(existsSync(join(outDir, 'Hook 2.jpg'))).toBe(true);
    expect((await readdir(outDir)).filter((name) => name.endsWith('.csv'))).toHaveLength(1);
  } finally {
    await engine.dispose();
  }
});

test('one that a person stopped is told as stopped, is not begun again by itself, and can be', async () => {
  const ad = adProject('stopped');
  const outDir = join(kit.folder, 'stopped');
  const engine = openRenderEngine(kit, sourcesOf([footage]), [ad]);
  try {
    for (const lane of ['cpu', 'export'] as const) engine.jobs.pause(lane);
    const handoff = { ...all, isZipped: false };
    const signal = new AbortController().signal;
    const { batchId, exports } = await engine.render.start(exportRequest(ad, { outDir, handoff }), signal);
    for (const { id } of exports)
      engine.db.raw.exec(`UPDATE exports SET state = 'failed', finished_at = 1 WHERE id = '${id}'`);
    // Ended and asked for, but nothing runs.
    expect(engine.render.handoff(batchId).state).toBe('waiting');
    const [job] = engine.jobs.list({ types: ['render.handoff'], states: ['queued'] }).jobs;
    await engine.jobs.cancel(job?.id as JobId);
    expect(engine.render.handoff(batchId)).toMatchObject({ state: 'failed', error: { code: 'cancelled' } });
    expect(engine.jobs.list({ types: ['render.handoff'], states: ['queued'] }).jobs).toEqual([]);
    expect(engine.render.rewriteHandoff(batchId).state).toBe('waiting');
    for (const lane of ['cpu', 'export'] as const) engine.jobs.resume(lane);
    expect((await written(engine, batchId)).state).toBe('written');
    const [table] = (await readdir(outDir)).filter((name) => name.endsWith('.csv'));
    expect(readCsv((await readFile(join(outDir, table ?? ''), 'utf8')).slice(1)).map(({ state }) => state)).toEqual([
      ...['failed', 'failed'],
    ]);
  } finally {
    for (const lane of ['cpu', 'export'] as const) engine.jobs.resume(lane);
    await engine.dispose();
  }
});

test('what was not written because the program died is written at the next start', async () => {
  const ad = adProject('crash');
  const outDir = join(kit.folder, 'crash');
  const engine = openRenderEngine(kit, sourcesOf([footage]), [ad]);
  const request = exportRequest(ad, { outDir, namingPattern: '{hook}', handoff: { ...all, isZipped: false } });
  const [first] = await exportAll(engine.render, request).finally(() => {});
  const batchId = first?.batchId as ExportBatchId;
  await written(engine, batchId);
  // As after a kill between the last export's end and the job that writes.
  engine.db.raw.exec(`UPDATE handoffs SET signature = NULL WHERE batch_id = '${batchId}'`);
  engine.db.raw.exec("DELETE FROM jobs WHERE type = 'render.handoff'");
  await engine.dispose();
  const kept = (await readdir(outDir)).sort();
  for (const name of kept.filter((one) => /\.(csv|srt|jpg)$/.test(one))) await rm(join(outDir, name));
  const next = openRenderEngine(kit, sourcesOf([footage]), [ad]);
  try {
    expect((await written(next, batchId)).state).toBe('written');
    expect((await readdir(outDir)).sort()).toEqual(kept);
  } finally {
    await next.dispose();
  }
});

const why = whyNoMounts();
test.skipIf(why)('a full disk is said, nothing half-written stays, and it can be written again', async () => {
  const noise = join(kit.folder, 'noise.mp4');
  const filter = "geq=lum='random(1)*255':cb=128:cr=128";
  await makeVideo(noise, { seconds: 1, source: 'nullsrc', filter });
  const asset = await assetOf(kit.ffmpeg, 'noise', noise);
  const ad = plainProject([
    [{ id: 'c', startFrame: 0, lengthFrames: 30, content: { ...media, media: { assetId: 'noise' } } }],
  ]);
  const disk = mountDisk(join(kit.folder, 'disk'), 24);
  const engine = openRenderEngine(kit, sourcesOf([asset]), [ad]);
  try {
    const [trial] = await exportAll(engine.render, exportRequest(ad, { outDir: join(kit.folder, 'trial') }));
    const sizeBytes = trial?.sizeBytes ?? 0;
    // Room for the film, not for the film and a ZIP of it.
    const room = Math.max(1_100_000 + sizeBytes / 2, sizeBytes * 1.5);
    expect(room).toBeLessThan(sizeBytes * 2);
    disk.fill(Math.floor(room));
    const outDir = join(disk.path, 'out');
    const handoff = { ...all, hasCovers: false, hasCaptions: false };
    const [film] = await exportAll(engine.render, exportRequest(ad, { outDir, handoff }));
    expect(film?.error?.message ?? film?.state).toBe('finished');
    const batchId = film?.batchId as ExportBatchId;
    expect(await written(engine, batchId)).toMatchObject({ state: 'failed', error: { code: 'disk-full' } });
    expect((await readdir(outDir)).filter((name) => name.endsWith('.zip') || name.startsWith('.'))).toEqual([]);
    disk.empty();
    engine.render.rewriteHandoff(batchId);
    expect(await written(engine, batchId)).toMatchObject({ state: 'written', error: null });
    expect((await readdir(outDir)).filter((name) => name.endsWith('.zip'))).toHaveLength(1);
  } finally {
    await engine.dispose();
    await disk.unmount();
  }
});

const listZip = `
import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps({'names': z.namelist(), 'bad': z.testzip(), 'sizes': {i.filename: i.file_size for i in z.infolist()}}))
`;

async function brightness(path: string): Promise<{ mean: number }> {
  const args = ['-v', 'error', '-i', path, '-vf', 'scale=8:8,format=gray', '-f', 'rawvideo', 'pipe:1'];
  const { stdout } = await run('ffmpeg', args, { encoding: 'buffer' });
  return { mean: stdout.reduce((sum, value) => sum + value, 0) / stdout.length };
}
