import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '#main/platform/clock/index.ts';
import { createProjects, libraryAssets, type Projects } from '#main/projects/index.ts';
import { type AssetId, editSchema, type ProjectId, usedAssets } from '#shared/model/index.ts';
import { allLinkedCaptions, makeCaptions, type TranscriptWord } from '#shared/transcript/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { type OpenLibrary, openLibrary, quietLog, temporaryFolder } from './library-kit.ts';

const folder = temporaryFolder('spotloom-follow-');
const ad = join(folder.path, 'ad');
const words: TranscriptWord[] = 'We made a srum that works'.split(' ').map((text, at) => ({
  ...{ text, startMs: at * 300, endMs: at * 300 + 250 },
}));
let open: OpenLibrary;
let projects: Projects;
let talk: AssetId;
let ids: ProjectId[];

interface Opened {
  open: OpenLibrary;
  projects: Projects;
}

function openStudio(name: string): Opened {
  const opened = openLibrary(join(folder.path, name), { isWorking: false });
  const assets = libraryAssets(opened.library);
  const made = createProjects({ db: opened.db, clock: systemClock(), log: quietLog, assets });
  opened.library.transcripts.setFollower((transcript) => made.followTranscript(transcript));
  return { open: opened, projects: made };
}

const close = async (studio: Opened) => {
  studio.projects.dispose();
  await studio.open.close();
};

/** Captions of every option, made from the transcript. */
function caption(studio: Opened, id: ProjectId, assetId: AssetId): void {
  const transcript = studio.open.library.transcripts.get(assetId);
  for (const { id: sequenceId } of studio.projects.get(id).project.sequences) {
    const { project } = studio.projects.get(id);
    const sequence = project.sequences.find((one) => one.id === sequenceId);
    if (!sequence) continue;
    const known = new Map([[assetId, transcript?.words ?? []]]);
    const { edit } = makeCaptions({ project, sequence, words: known, fontFamilies: [] });
    if (edit) studio.projects.apply(id, edit);
  }
}

const shown = (of: Projects, id: ProjectId) => allLinkedCaptions(of.get(id).project).map(({ content }) => content.text);

beforeAll(async () => {
  await mkdir(ad);
  await makeVideo(join(ad, 'talk.mp4'), { seconds: 2, tonesHz: [300] });
  ({ open, projects } = openStudio('library'));
  const file = {
    ...{ spotloom: 1, name: 'Ad', media: { talk: 'talk.mp4' } },
    slots: [{ role: 'hook', options: ['talk', [{ media: 'talk', in: 0.6 }]] }],
  };
  const path = join(ad, 'ad.spotloom.json');
  writeFileSync(path, JSON.stringify(file));
  const first = await projects.importFile({ path });
  const second = projects.duplicate(first.projectId, 'Another ad');
  ids = [first.projectId, second.project.id];
  talk = open.byName('talk.mp4').id;
  open.library.transcripts.set(talk, { words, language: 'en', origin: 'imported' });
});
afterAll(async () => {
  await close({ open, projects });
  folder.clean();
});

it('a correction made once shows in every option of every project, as a step of its history', () => {
  for (const id of ids) caption({ open, projects }, id, talk);
  const [first, second] = ids as [ProjectId, ProjectId];
  expect(shown(projects, first)).toEqual(['We made a srum that works', 'a srum that works']);
  const own = allLinkedCaptions(projects.get(second).project)[1];
  if (!own) throw new Error('no caption');
  const byHand = { type: 'clip.set', sequenceId: own.sequence.id, clipId: own.clip.id, patch: { text: 'Mine' } };
  projects.apply(second, editSchema.parse(byHand));
  const { revision } = open.library.transcripts.correct(talk, 1, { index: 3, count: 1, text: 'serum' });
  expect(revision).toBe(2);
  expect(shown(projects, first)).toEqual(['We made a serum that works', 'a serum that works']);
  expect(shown(projects, second)).toEqual(['We made a serum that works', 'Mine']);
  expect(projects.get(first).undoLabel).toBe('Correct words in captions');
  projects.undo(first);
  expect(shown(projects, first)[0]).toBe('We made a srum that works');
  projects.redo(first);
});

it('removed projects are left alone, and a correction is not kept from the others by them', () => {
  const [first, second] = ids as [ProjectId, ProjectId];
  projects.remove(second);
  const now = open.library.transcripts.get(talk);
  open.library.transcripts.correct(talk, now?.revision ?? 0, { index: 0, count: 1, text: 'They' });
  expect(shown(projects, first)[0]).toMatch(/^They made/);
  projects.restore(second);
  expect(shown(projects, second)[0]).toMatch(/^We made/);
});

it('a transcript travels with the project file: words on lines, captions linked; the library’s own is not touched', async () => {
  const [first] = ids as [ProjectId, ProjectId];
  const { path } = await projects.exportFile({ id: first, path: join(ad, 'out') });
  const file = JSON.parse(readFileSync(path, 'utf8')) as {
    media: Record<string, { transcript?: { language: string; words: string[] } }>;
  };
  expect(file.media.talk?.transcript).toEqual({
    language: 'en',
    words: ['0 250 They', '300 550 made', '600 850 a', '900 1150 serum', '1200 1450 that', '1500 1750 works'],
  });
  const other = openStudio('other');
  try {
    const { projectId } = await other.projects.importFile({ path });
    const there = other.open.byName('talk.mp4').id;
    expect(other.open.library.transcripts.get(there)).toMatchObject({ language: 'en', origin: 'imported' });
    expect(shown(other.projects, projectId)).toEqual(shown(projects, first));
    other.open.library.transcripts.correct(there, 1, { index: 5, count: 1, text: 'helps' });
    expect(shown(other.projects, projectId)).toEqual(['They made a serum that helps', 'a serum that helps']);
    await other.projects.importFile({ path });
    expect(other.open.library.transcripts.get(there)?.words.at(-1)?.text).toBe('helps');
  } finally {
    await close(other);
  }
});

it('words of media that were missing go with the file that is found for them', async () => {
  const path = join(ad, 'gone.spotloom.json');
  const gone = { path: 'gone.mp4', transcript: { words: ['0 250 Hello\tAnn'] } };
  const slots = [{ role: 'hook', options: ['gone'] }];
  writeFileSync(path, JSON.stringify({ spotloom: 1, name: 'Gone', media: { gone }, slots }));
  const { projectId } = await projects.importFile({ path });
  const [missing] = usedAssets(projects.get(projectId).project);
  if (!missing) throw new Error('no media');
  expect(open.library.transcripts.get(missing)?.words).toEqual([
    { text: 'Hello', startMs: 0, endMs: 250, speaker: 'Ann' },
  ]);
  const found = join(ad, 'found.mp4');
  await makeVideo(found, { seconds: 1, tonesHz: [500] });
  await open.importPaths([found]);
  await open.library.relink({ assetId: missing, path: found }, new AbortController().signal);
  expect(open.library.get(missing)).toMatchObject({ isMissing: false, hasTranscript: true });
});

it('words of a file that are none are refused, naming where', async () => {
  const path = join(ad, 'bad.spotloom.json');
  const talkEntry = { path: 'talk.mp4', transcript: { words: ['0 250 We', '900 300 made'] } };
  writeFileSync(path, JSON.stringify({ spotloom: 1, name: 'Bad', media: { talk: talkEntry }, slots: [] }, null, 2));
  await expect(projects.importFile({ path })).rejects.toMatchObject({
    code: 'project-file-invalid',
    userMessage: expect.stringMatching(/media\.talk\.transcript\.words\[1\].*ends where it begins/),
  });
});
