import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportView } from '#shared/contract/index.ts';
import { type Asset, type Clip, listVariants, type Project, type ProjectId } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { beepsIn, makeBeeps, readSound } from './support/beeps.ts';
import { callEngine } from './support/call-engine.ts';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { accessFaults, layoutFaults } from './support/faults-of-page.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

/** A loaded machine is slow; nothing here is about speed. */
const patientMs = 90_000;
const pictures = join(import.meta.dirname, '../../test-results/voice-over');

describe('recording a voice-over', () => {
  let open: OpenStudio;
  let ui: StudioPage;
  let projectId: ProjectId;
  const folder = mkdtempSync(join(tmpdir(), 'spotloom-beeps-'));

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    const beeps = join(folder, 'microphone.wav');
    await makeBeeps(beeps, 3, [0.2, 0.75, 1.1, 1.85, 2.6]);
    open = await openStudio('browser', {
      viewport: { width: 1440, height: 900 },
      // Nobody answers its question for the microphone: at first it is not allowed.
      chromiumArgs: ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${beeps}`],
    });
    ui = studioPage(open.studio.page);
    await ui.newAd('Spoken');
    const file = join(await open.folderFor('shoot'), 'hook.mp4');
    await makeVideo(file, { size: '180x320', seconds: 6 });
    await open.studio.drop('text=Drop footage here', [file]);
    await ui.card('Hook 1').waitFor();
    const { projects } = await callEngine<{ projects: { id: ProjectId }[] }>(ui.page, '/projects/list', {
      isRemoved: false,
    });
    const [first] = projects;
    if (!first) throw new Error('no project');
    projectId = first.id;
    await ui.card('Hook 1').focus();
    await ui.page.keyboard.press('Enter');
    await ui.page.locator('[data-clip]').first().waitFor();
  }, 120_000);
  afterAll(async () => {
    await open?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  keepPictureOfFailures(() => open);

  /** A loaded page may be late to shake hands, and is sent away: then it asks again. */
  const ask = <Answer>(path: string, input: unknown): Promise<Answer> =>
    callEngine<Answer>(ui.page, path, input).catch((error: unknown) => {
      if (!String(error).includes('closed with 4401')) throw error;
      return callEngine<Answer>(ui.page, path, input);
    });
  const panel = () => ui.page.getByRole('region', { name: 'Voice-over', exact: true });
  const button = (name: string) => panel().getByRole('button', { name, exact: true });
  const picture = (name: string) => ui.page.screenshot({ path: join(pictures, `${name}.png`) });
  const project = async () => (await ask<{ project: Project }>('/projects/get', { id: projectId })).project;
  const voices = async (): Promise<Clip[]> =>
    (await project()).sequences.flatMap(({ tracks }) =>
      tracks.filter(({ role }) => role === 'voice').flatMap(({ clips }) => clips),
    );
  const recorded = async (): Promise<Asset[]> =>
    (await ask<{ assets: Asset[] }>('/library/list', {})).assets.filter(({ origin }) => origin === 'recorded');
  const assetOf = ({ content }: Clip) =>
    content.kind === 'media' && 'assetId' in content.media ? content.media.assetId : null;
  const secondsOf = (asset: Asset | undefined) => toNumber(asset?.probe.durationSeconds ?? { num: 0, den: 1 });
  const placed = (take: number) =>
    panel()
      .getByRole('status')
      .filter({ hasText: `“Voice-over ${take}” is on the timeline.` })
      .waitFor({ timeout: patientMs });
  const toFrame = async (frame: number) => {
    await ui.page.keyboard.press('Home');
    for (let at = 0; at < frame; at += 10) await ui.page.keyboard.press('Shift+ArrowRight');
  };
  const seconds = async () => {
    const text = await panel().getByTestId('recorded-time').innerText();
    const [minutes = '0', rest = '0'] = text.replace(/[^\d:]/g, '').split(':');
    return Number(minutes) * 60 + Number(rest);
  };

  it('says what to do where the microphone is not allowed, and goes on once it is', async () => {
    const { page } = ui;
    await page.keyboard.press('Shift+V');
    await panel().getByRole('alert').filter({ hasText: 'may not use the microphone' }).waitFor();
    expect(await button('Record').isDisabled()).toBe(true);
    await picture('denied');
    expect(await accessFaults(page)).toEqual([]);
    await open.studio.context.grantPermissions(['microphone']);
    await button('Try again').click();
    await until('ready', () => button('Record').isEnabled(), Boolean, patientMs);
    const level = async () =>
      Number(await panel().getByRole('meter', { name: 'Level of the microphone' }).getAttribute('aria-valuenow'));
    await until('its level is seen', level, (db) => db > -20, patientMs);
    await picture('ready');
    expect(await layoutFaults(page)).toEqual([]);
    expect(await accessFaults(page)).toEqual([]);
  });

  it('counts in, records from the playhead on, and is one step of undo', async () => {
    const { page } = ui;
    const [clipsBefore, before] = [(await voices()).length, (await recorded()).length];
    await toFrame(30);
    await page.keyboard.press('r');
    await panel().getByRole('timer').waitFor();
    await picture('counting');
    await until('two seconds', seconds, (now) => now >= 2, patientMs);
    await picture('recording');
    await page.keyboard.press('Enter');
    const clips = await until('a clip', voices, (now) => now.length === clipsBefore + 1, patientMs);
    await panel()
      .getByRole('status')
      .filter({ hasText: /“Voice-over \d+” is on the timeline\./ })
      .waitFor();
    await picture('recorded');
    const assets = await recorded();
    expect(assets).toHaveLength(before + 1);
    const clip = clips.find((one) => assetOf(one) === assets[0]?.id);
    expect(clip).toMatchObject({ name: assets[0]?.name.replace('.wav', ''), startFrame: 30 });
    const length = secondsOf(assets[0]);
    expect(length).toBeGreaterThan(2);
    expect(clip?.lengthFrames).toBe(Math.floor(length * 30 + 1e-6));

    await page.keyboard.press('Control+z');
    await until('it is gone', voices, (now) => now.length === clipsBefore, patientMs);
    expect(await recorded()).toHaveLength(before + 1);
    await page.keyboard.press('Control+Shift+z');
    await until('back again', voices, (now) => now.length === clipsBefore + 1, patientMs);
  }, 180_000);

  it('is heard in the export where it lies', async () => {
    const variants = listVariants(await project());
    const { batchId } = await ask<{ batchId: string }>('/render/start', {
      ...{ projectId, variants, ratios: ['9:16'], presetId: 'draft' },
    });
    const { exports } = await ask<{ exports: ExportView[] }>('/render/waitForBatch', { batchId });
    const [view] = exports;
    expect(view?.error).toBeNull();
    const [clip] = await voices();
    const asset = (await recorded()).find(({ id }) => clip && id === assetOf(clip));
    const said = beepsIn(await readSound(asset?.locations[0]?.path ?? ''));
    const heard = beepsIn(await readSound(view?.path ?? ''));
    expect(said.length).toBeGreaterThan(1);
    expect(heard.length).toBe(said.length);
    // The clip begins with the ad's second second.
    for (const [n, at] of heard.entries()) expect(Math.abs(at - (said[n] ?? 9) - 1)).toBeLessThan(0.002);
  }, 240_000);

  it('records from in to out, over the take before, which stays among the media', async () => {
    const { page } = ui;
    const before = (await recorded()).length;
    await toFrame(40);
    await page.keyboard.press('i');
    await toFrame(60);
    await page.keyboard.press('o');
    const countIn = panel().getByRole('switch', { name: /Count in/ });
    if ((await countIn.getAttribute('aria-checked')) === 'true') await countIn.click();
    await button('Record').click();
    await placed(before + 1);
    const [assets, clips] = [await recorded(), await voices()];
    expect(clips.find((clip) => assetOf(clip) === assets[0]?.id)).toMatchObject({ startFrame: 40, lengthFrames: 21 });
    const ends = clips.map((clip) => clip.startFrame + clip.lengthFrames);
    expect(clips.map(({ startFrame }) => startFrame)).toEqual(expect.arrayContaining([30, 40]));
    expect(ends).toEqual(expect.arrayContaining([40, 61]));
    expect(Math.round(secondsOf(assets[0]) * 48_000)).toBe(33_600);
  }, 180_000);

  it('is given up with Escape, and can be kept even then', async () => {
    const { page } = ui;
    await page.keyboard.press('Alt+x');
    const [clips, before] = [await voices(), (await recorded()).length];
    await button('Record').click();
    await until('a second', seconds, (now) => now >= 1, patientMs);
    await page.keyboard.press('Escape');
    const gone = ui.toast('given up');
    await gone.getByRole('button', { name: 'Keep it' }).click();
    await ui.toast('among your media').waitFor({ timeout: patientMs });
    expect(await recorded()).toHaveLength(before + 1);
    expect(await voices()).toEqual(clips);
    await page.keyboard.press('Shift+V');
    await panel().waitFor({ state: 'detached' });
    expect(open.studio.pageErrors).toEqual([]);
  }, 120_000);
});
