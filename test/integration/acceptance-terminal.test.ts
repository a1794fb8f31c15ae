import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ffmpeg, makePicture, makeSound, makeVideo, setDisplayMatrix } from '../fixtures/media.ts';
import { measureFile } from './acceptance-probe.ts';
import { processesIn } from './faults-kill-checks.ts';
import { pause, temporaryFolder, unfinishedNames, until } from './faults-kit.ts';

const isLong = process.env.SPOTLOOM_LONG === '1';
const preset = isLong ? 'standard' : 'small-test';
const shortSide = isLong ? 1080 : 180;
const entry = join(import.meta.dirname, '../../src/main/cli.ts');
const sample = join(import.meta.dirname, '../../resources/sample/sample.spotloom.json');

const folder = temporaryFolder('spotloom-acceptance-');
const library = join(folder.path, 'library');
const footage = join(folder.path, 'footage');
const out = join(folder.path, 'out');

interface Run {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the terminal face as its own process, as a script does. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [entry, ...args, '--library', library, '--json'], {
    cwd: folder.path,
    env: { ...process.env, SPOTLOOM_CONFIG: join(folder.path, 'config') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run: Run = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk) => (run.out += chunk));
  child.stderr.on('data', (chunk) => (run.err += chunk));
  const ended = new Promise<Run>((resolve) => child.on('close', (code) => resolve({ ...run, code })));
  return { child, ended };
}

/** A document whose shape each test names. */
type Json = unknown;

/** Runs a command to its end; its stdout must be one JSON document. */
async function spotloom(...args: string[]): Promise<{ code: number | null; json: Json; err: string }> {
  const { code, out: text, err } = await start(...args).ended;
  try {
    return { code, json: JSON.parse(text) as Json, err };
  } catch {
    throw new Error(`no JSON from ${args.join(' ')} (${code}): ${text}${err}`);
  }
}

afterAll(() => folder.clean());

describe('importing a folder', () => {
  interface ImportedFile {
    path: string;
    outcome: string;
    error: { code: string; userMessage: string } | null;
    asset: {
      name: string;
      kind: string;
      width: number;
      height: number;
      rotationDeg: number;
      playback: string;
      isVariableRate: boolean;
      renditions: { kind: string; state: string; mime: string; sizeBytes: number }[];
    } | null;
  }
  let files: ImportedFile[];
  let code: number | null;

  beforeAll(async () => {
    mkdirSync(join(footage, 'day 2'), { recursive: true });
    const at = (name: string) => join(footage, name);
    // As phones store it: lying on its side, with a note to turn it by 90°.
    await makeVideo(at('phone.mp4'), { size: '320x180', seconds: 1, tonesHz: [440] });
    await setDisplayMatrix(at('phone.mp4'), [0, 1, -1, 0]);
    await makeVideo(at('screen.mp4'), { size: '320x180', seconds: 1 });
    await makeVideo(join(footage, 'day 2', 'old camera.avi'), { seconds: 1, codec: ['-c:v', 'mpeg4'] });
    await makePicture(at('photo.png'), { size: '64x48' });
    await makeSound(at('voice.wav'));
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=64x64:d=1:r=10', at('loop.gif'));
    writeFileSync(at('broken.mp4'), 'this is text');
    const run = await spotloom('import', footage);
    files = (run.json as { files: ImportedFile[] }).files;
    code = run.code;
  });

  const named = (name: string) => files.find((file) => file.path.endsWith(name));

  it('brings every media file in, names the one that is none, and ends with 1', () => {
    expect(files.map(({ outcome, path }) => `${outcome} ${path.slice(footage.length + 1)}`).sort()).toEqual([
      ...['imported day 2/old camera.avi', 'imported loop.gif', 'imported phone.mp4', 'imported photo.png'],
      ...['imported screen.mp4', 'imported voice.wav', 'refused broken.mp4'],
    ]);
    expect(named('broken.mp4')?.error).toMatchObject({
      code: expect.any(String),
      userMessage: expect.stringMatching(/./),
    });
    expect(code).toBe(1);
  });

  it('shows phone clips upright', () => {
    expect(named('phone.mp4')?.asset).toMatchObject({ kind: 'video', width: 180, height: 320 });
    expect([90, 270]).toContain(named('phone.mp4')?.asset?.rotationDeg);
    expect(named('screen.mp4')?.asset).toMatchObject({ width: 320, height: 180, rotationDeg: 0 });
  });

  it('has made what the studio shows of them', () => {
    const kinds = (name: string) =>
      named(name)
        ?.asset?.renditions.map(({ kind }) => kind)
        .sort();
    expect(kinds('phone.mp4')).toEqual(['filmstrip', 'thumbnail', 'waveform']);
    expect(kinds('screen.mp4')).toEqual(['filmstrip', 'thumbnail']);
    expect(kinds('old camera.avi')).toEqual(['filmstrip', 'proxy', 'thumbnail']);
    expect(kinds('photo.png')).toContain('thumbnail');
    expect(kinds('voice.wav')).toEqual(['waveform']);
    const all = files.flatMap(({ asset }) => asset?.renditions ?? []);
    expect(all.every(({ state, sizeBytes, mime }) => state === 'ready' && sizeBytes > 0 && mime.includes('/'))).toBe(
      true,
    );
    expect(named('old camera.avi')?.asset?.playback).toBe('proxy');
  });

  it('finds it by words', async () => {
    const { code: ended, json } = await spotloom('assets', '--search', 'cam old');
    expect(ended).toBe(0);
    expect((json as { assets: { name: string }[] }).assets.map(({ name }) => name)).toEqual(['old camera.avi']);
  });
});

interface RenderedFile {
  state: string;
  path: string;
  variantName: string;
  ratio: '9:16' | '4:5' | '1:1' | '16:9';
  width: number;
  height: number;
  frames: number;
  durationSeconds: number;
  check: { isPassed: boolean };
  error: unknown;
}

const sizes = {
  '9:16': [shortSide, (shortSide * 16) / 9],
  '4:5': [shortSide, (shortSide * 5) / 4],
  '1:1': [shortSide, shortSide],
  '16:9': [(shortSide * 16) / 9, shortSide],
} as const;
/** Sizes are even. */
const sizeOf = (ratio: RenderedFile['ratio']) => sizes[ratio].map((side) => Math.round(side / 2) * 2).join('x');

describe('rendering the sample', () => {
  let files: RenderedFile[];

  beforeAll(
    async () => {
      const args = ['--variants', 'all', '--ratios', '9:16,4:5,1:1,16:9', '--out', out, '--preset', preset];
      const { code, json, err } = await spotloom('render', sample, ...args);
      if (code !== 0) throw new Error(`the sample could not be rendered (${code}): ${JSON.stringify(json)} ${err}`);
      files = (json as { files: RenderedFile[] }).files;
    },
    isLong ? 1_800_000 : 400_000,
  );

  it('makes every variant in every ratio, each a file of its own', () => {
    const variants = new Set(files.map(({ variantName }) => variantName));
    expect(variants.size).toBeGreaterThanOrEqual(6);
    expect(files).toHaveLength(variants.size * 4);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    expect(readdirSync(out).filter((name) => name.endsWith('.mp4'))).toHaveLength(files.length);
    expect(files.every(({ state, error, check }) => state === 'finished' && error === null && check.isPassed)).toBe(
      true,
    );
    expect(unfinishedNames(folder.path)).toEqual([]);
  });

  it('makes them exact: frames, size, rate, colour, sound, lengths, and ready to stream', {
    timeout: 400_000,
  }, async () => {
    expect(files.length).toBeGreaterThanOrEqual(24);
    for (const file of files) {
      const found = await measureFile(file.path);
      const name = file.path.slice(out.length + 1);
      const manifest = JSON.parse(readFileSync(join(out, 'manifests', `${name}.json`), 'utf8'));
      const ticks = found.ticksPerSecond / 30;
      expect({ name, ...found }).toMatchObject({
        frames: [file.frames, file.frames, file.frames],
        size: sizeOf(file.ratio),
        sampleAspect: '1:1',
        rates: ['30/1', '30/1'],
        frameLengths: [ticks],
        frameSteps: [ticks],
        startSeconds: 0,
        colour: ['tv', 'bt709', 'bt709', 'bt709'],
        pixelFormat: 'h264 yuv420p',
        sound: ['aac', '48000', '2'],
        streams: 2,
      });
      expect(Math.abs(found.audioSeconds - found.videoSeconds), name).toBeLessThanOrEqual(0.01);
      expect(Math.abs(found.videoSeconds - file.frames / 30), name).toBeLessThan(0.0005);
      expect(found.boxes.indexOf('moov'), name).toBeGreaterThan(-1);
      expect(found.boxes.indexOf('moov'), name).toBeLessThan(found.boxes.indexOf('mdat'));
      expect(manifest).toMatchObject({
        ...{ frameCount: file.frames, fileName: name, sha256: found.sha256, presetId: preset, ratio: file.ratio },
        ...{ width: file.width, height: file.height, revision: 1 },
      });
    }
  });

  it('passes its own check, and fails a file that was cut off', async () => {
    const [first] = files as [RenderedFile];
    expect(await spotloom('check', first.path)).toMatchObject({ code: 0, json: { isPassed: true } });
    const cut = join(folder.path, 'cut.mp4');
    writeFileSync(cut, readFileSync(first.path).subarray(0, -20_000));
    expect(await spotloom('check', cut)).toMatchObject({ code: 1, json: { isPassed: false } });
  });

  it('leaves no job failed or half done; pictures of footage may wait for the next one who works', async () => {
    const { code, json } = await spotloom('jobs');
    expect(code).toBe(0);
    expect((json as { counts: Record<string, number> }).counts).toMatchObject({ running: 0, failed: 0 });
  });
});

describe('the machine and the command line', () => {
  it('are looked at by doctor', async () => {
    const { code, json } = await spotloom('doctor');
    expect(code).toBe(0);
    const { checks } = json as { checks: { id: string; state: string; detail: string }[] };
    for (const id of ['program', 'ffmpeg', 'ffprobe', 'library', 'library-folder', 'export-folder', 'disk', 'jobs']) {
      expect(checks.find((check) => check.id === id)?.detail, id).toMatch(/./);
    }
  });

  it.each([
    [1, ['render', 'project-that-is-not-there']],
    [1, ['check', '/nowhere/ad.mp4']],
    [2, ['render', sample, '--ratios', '3:2']],
    [2, ['no-such-command']],
    [3, ['render', sample, '--out', '/dev/null/out']],
  ])('ends with %i for %j and says why', async (code, args) => {
    const run = await spotloom(...args);
    expect(run.code).toBe(code);
    expect(JSON.stringify(run.json)).toMatch(/userMessage/);
  });

  it('Ctrl-C in the midst of rendering ends with 130, leaves nothing half-made, and the next run makes it all', async () => {
    const target = join(folder.path, 'interrupted');
    const args = ['render', sample, '--ratios', '9:16', '--out', target, '--preset', 'draft'];
    await start('jobs', '--clear').ended;
    const { child, ended } = start(...args);
    await until(() => processesIn(library).some((line) => line.includes('libx264')), 'the encoding', 60_000);
    await pause(100);
    child.kill('SIGINT');
    const { code } = await ended;
    expect(code).toBe(130);
    expect(processesIn(folder.path)).toEqual([]);
    expect(unfinishedNames(folder.path)).toEqual([]);
    const finished = () => (readdirSync(folder.path).includes('interrupted') ? readdirSync(target) : []);
    for (const name of finished().filter((one) => one.endsWith('.mp4'))) {
      expect((await spotloom('check', join(target, name))).code).toBe(0);
    }
    const before = finished().filter((name) => name.endsWith('.mp4')).length;
    const again = await spotloom(...args);
    expect(again.code).toBe(0);
    const made = (again.json as { files: RenderedFile[] }).files;
    expect(made.every(({ state }) => state === 'finished')).toBe(true);
    expect(finished().filter((name) => name.endsWith('.mp4'))).toHaveLength(before + made.length);
  }, 120_000);
});
