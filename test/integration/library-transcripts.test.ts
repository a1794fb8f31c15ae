import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { transcriptsHandlers } from '#main/library/index.ts';
import type { JobView } from '#shared/contract/index.ts';
import { type AssetId, jobIdSchema } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { type OpenLibrary, openLibrary, temporaryFolder } from './library-kit.ts';

const fake = join(import.meta.dirname, '../fixtures/fake-whisper.mjs');
const folder = temporaryFolder('spotloom-transcripts-');
const tools = join(folder.path, 'whisper.cpp');
const program = join(tools, 'build', 'bin', 'whisper-cli');
const call = { signal: new AbortController().signal };
let opened: OpenLibrary;
let spoken: AssetId;
let silent: AssetId;

const places = { environment: { PATH: '' }, home: folder.path, usualFolders: [], modelFolders: [] };
const handlers = () => transcriptsHandlers(opened.library);

/** A model as whisper.cpp knows it by its first bytes. */
function putModel(name: string, sizeBytes: number): string {
  const path = join(tools, 'models', name);
  mkdirSync(join(tools, 'models'), { recursive: true });
  writeFileSync(path, Buffer.concat([Buffer.from('lmgg'), Buffer.alloc(sizeBytes)]));
  return path;
}

function putProgram(): void {
  mkdirSync(join(tools, 'build', 'bin'), { recursive: true });
  copyFileSync(fake, program);
}

async function make(language: string | null = null): Promise<JobView> {
  const { jobIds } = await handlers().make({ assetIds: [spoken], language }, call);
  const id = jobIdSchema.parse(jobIds[0]);
  return opened.jobs.waitFor(id);
}

beforeAll(async () => {
  await makeVideo(join(folder.path, 'talk.mp4'), { seconds: 2, tonesHz: [300] });
  await makeVideo(join(folder.path, 'mute.mp4'), { seconds: 1 });
  opened = openLibrary(join(folder.path, 'library'), { whisperPlaces: places });
  await opened.importPaths([join(folder.path, 'talk.mp4'), join(folder.path, 'mute.mp4')]);
  spoken = opened.byName('talk.mp4').id;
  silent = opened.byName('mute.mp4').id;
});
afterAll(async () => {
  await opened.close();
  folder.clean();
});
afterEach(() => {
  delete process.env.FAKE_WHISPER;
});

describe('a transcript on its media', () => {
  const words = [
    { text: 'Helo', startMs: 0, endMs: 400, confidence: 0.5 },
    { text: 'you', startMs: 500, endMs: 800, speaker: 'Ann' },
  ];

  it('is kept, counted, searched, corrected and taken away', async () => {
    expect((await handlers().get({ assetId: spoken }, call)).transcript).toBeNull();
    const set = await handlers().set({ assetId: spoken, words, language: 'en', origin: 'imported' }, call);
    expect(set).toMatchObject({ revision: 1, language: 'en', origin: 'imported', words });
    expect(opened.byName('talk.mp4').hasTranscript).toBe(true);
    const fixed = await handlers().correct(
      { assetId: spoken, baseRevision: 1, index: 0, count: 1, text: 'Hello' },
      call,
    );
    expect(fixed).toMatchObject({ revision: 2, origin: 'edited' });
    expect(fixed.words).toEqual([{ text: 'Hello', startMs: 0, endMs: 400 }, words[1]]);
    const found = opened.library.list({ rejected: 'hide', search: 'hello' }, 'newest', 0, 10);
    expect(found.assets.map(({ id }) => id)).toEqual([spoken]);
    expect((await handlers().getMany({ assetIds: [silent, spoken] }, call)).transcripts).toEqual([fixed]);
    await handlers().remove({ assetId: spoken }, call);
    expect((await handlers().get({ assetId: spoken }, call)).transcript).toBeNull();
  });

  it('refuses corrections of another state, of words that are not there, and words for what has no sound', async () => {
    await handlers().set({ assetId: spoken, words, language: null, origin: 'imported' }, call);
    const { transcript } = await handlers().get({ assetId: spoken }, call);
    const baseRevision = transcript?.revision ?? 0;
    const at = { assetId: spoken, index: 0, count: 1, text: 'x' };
    await expect(async () => handlers().correct({ ...at, baseRevision: baseRevision + 1 }, call)).rejects.toMatchObject(
      {
        code: 'conflict',
      },
    );
    await expect(async () => handlers().correct({ ...at, index: 7, baseRevision }, call)).rejects.toMatchObject({
      code: 'invalid-input',
    });
    const set = { words, language: null, origin: 'imported' as const };
    await expect(async () => handlers().set({ ...set, assetId: silent }, call)).rejects.toThrow(/no sound/);
    await expect(async () => handlers().set({ ...set, assetId: 'nobody' as AssetId }, call)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('tells its follower inside the transaction: what fails there leaves everything as it was', async () => {
    const before = (await handlers().get({ assetId: spoken }, call)).transcript;
    opened.library.transcripts.setFollower(() => {
      throw new Error('no');
    });
    const at = { assetId: spoken, baseRevision: before?.revision ?? 0, index: 0, count: 1, text: 'x' };
    await expect(async () => handlers().correct(at, call)).rejects.toThrow('no');
    opened.library.transcripts.setFollower(() => {});
    expect((await handlers().get({ assetId: spoken }, call)).transcript).toEqual(before);
  });
});

describe('making transcripts', () => {
  test('says what is missing, step by step, and finds what has been put there', async () => {
    expect(await handlers().recogniser(undefined, call)).toMatchObject({
      program: null,
      problem: expect.stringMatching(/not found/),
    });
    await expect(make()).rejects.toMatchObject({ code: 'capability-missing', retry: 'open-settings' });
    putProgram();
    expect(await handlers().recogniser(undefined, call)).toMatchObject({
      program,
      models: [],
      problem: expect.stringMatching(/no speech model/),
    });
    putModel('for-tests-ggml-tiny.bin', 10);
    const base = putModel('ggml-base.en.bin', 100);
    const small = putModel('ggml-small.bin', 500);
    const found = await handlers().recogniser(undefined, call);
    expect(found).toMatchObject({ program, problem: null });
    expect(found.models.map(({ name }) => name)).toEqual(['small', 'base.en']);
    opened.settings.update({ whisperModelPath: base });
    expect((await handlers().recogniser(undefined, call)).models.map(({ path }) => path)).toEqual([base, small]);
    opened.settings.update({ whisperModelPath: join(tools, 'gone.bin') });
    expect((await handlers().recogniser(undefined, call)).problem).toMatch(/not there any more/);
    opened.settings.update({ whisperModelPath: null, whisperPath: join(tools, 'gone') });
    expect((await handlers().recogniser(undefined, call)).problem).toMatch(/may not be run/);
    opened.settings.update({ whisperPath: null });
  });

  it('hands over 16 kHz mono sound and keeps the words, their times and how sure they are', async () => {
    const job = await make();
    expect(job).toMatchObject({ state: 'succeeded', title: 'Make transcript of talk.mp4' });
    const { transcript } = await handlers().get({ assetId: spoken }, call);
    expect(transcript).toMatchObject({ origin: 'whisper', language: 'en' });
    expect(transcript?.words.map(({ text }) => text)).toEqual(['Hello', 'from', 'Spotloom.']);
    expect(transcript?.words.at(-1)?.endMs).toBeGreaterThan(1800);
    expect(transcript?.words.at(-1)?.confidence).toBeCloseTo(0.86);
    expect(await readdir(opened.paths.temp).catch(() => [])).toEqual([]);
  });

  it('passes the language on, and reads letters torn between pieces', async () => {
    process.env.FAKE_WHISPER = 'torn';
    expect((await make('de')).state).toBe('succeeded');
    const { transcript } = await handlers().get({ assetId: spoken }, call);
    expect([transcript?.language, transcript?.words.map(({ text }) => text).join(' ')]).toEqual(['de', 'Ich höre']);
  });

  test.each([
    ['crash', /ended with code 134.*GGML_ASSERT/],
    ['silent', /wrote no words.*failed to process audio/],
    ['malformed', /cannot be read/],
    ['empty', /No words were heard in “talk.mp4”/],
    ['killed', /was ended by the system/],
    ['old', /too old/],
  ])('that end as “%s” say why, and leave the words there were', async (mode, expected) => {
    const before = (await handlers().get({ assetId: spoken }, call)).transcript;
    process.env.FAKE_WHISPER = mode;
    const job = await make();
    expect(job.state).toBe('failed');
    expect(job.error?.code).toBe(mode === 'old' ? 'capability-missing' : 'job-failed');
    expect(job.error?.userMessage).toMatch(expected);
    expect((await handlers().get({ assetId: spoken }, call)).transcript).toEqual(before);
    expect(await readdir(opened.paths.temp).catch(() => [])).toEqual([]);
  });

  it('can be cancelled while it listens, and tried again', async () => {
    process.env.FAKE_WHISPER = 'hang';
    const { jobIds } = await handlers().make({ assetIds: [spoken, spoken], language: null }, call);
    expect(jobIds).toHaveLength(1);
    const id = jobIdSchema.parse(jobIds[0]);
    await expect
      .poll(() => opened.jobs.get(id).progress?.fraction ?? 0, { timeout: 50_000, interval: 50 })
      .toBeGreaterThan(0.3);
    await opened.jobs.cancel(id);
    expect(opened.jobs.get(id).state).toBe('cancelled');
    delete process.env.FAKE_WHISPER;
    opened.jobs.retry(id);
    expect((await opened.jobs.waitFor(id)).state).toBe('succeeded');
  });

  it('does not begin for media without sound', async () => {
    await expect(async () => handlers().make({ assetIds: [silent], language: null }, call)).rejects.toThrow(/no sound/);
  });
});
