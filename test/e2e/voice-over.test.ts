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
      browserArgs: ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${beeps}`],
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

  const panel = () => ui.page.getByRole('region', { name: 'Voice-over', exact: true });
  const button = (name: string) => panel().getByRole('button', { name, exact: true });
  const picture = (name: string) => ui.page.screenshot({ path: join(pictures, `${name}.png`) });
  const project = async () =>
    (await callEngine<{ project: Project }>(ui.page, '/projects/get', { id: projectId })).project;
  const voices = async (): Promise<Clip[]> =>
    (await project()).sequences.flatMap(({ tracks }) =>
      tracks.filter(({ role }) => role === 'voice').flatMap(({ clips }) => clips),
    );
  const recorded = async (): Promise<Asset[]> =>
    (await callEngine<{ assets: Asset[] }>(ui.page, '/library/list', {})).assets.filter(
      ({ origin }) => origin === 'recorded',
    );
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
    await until('ready', () => button('Record').isEnabled(), Boolean);
    const level = async () =>
      Number(await panel().getByRole('meter', { name: 'Level of the microphone' }).getAttribute('aria-valuenow'));
    await until('its level is seen', level, (db) => db > -20);
    await picture('ready');
    expect(await layoutFaults(page)).toEqual([]);
    expect(await accessFaults(page)).toEqual([]);
  });

  it('counts in, records from the playhead on, and is one step of undo', async () => {
    const { page } = ui;
    await page.keyboard.press('Home');
    for (let n = 0; n < 3; n += 1) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('r');
    await panel().getByRole('timer').filter({ hasText: '2' }).waitFor();
    await picture('counting');
    await until('two seconds', seconds, (now) => now >= 2);
    await picture('recording');
    await page.keyboard.press('Enter');
    await until('a clip', voices, (clips) => clips.length === 1);
    await panel().getByRole('status').filter({ hasText: '“Voice-over 1” is on the timeline.' }).waitFor();
    await picture('recorded');
    const [clip] = await voices();
    expect(clip).toMatchObject({ name: 'Voice-over 1', startFrame: 30 });
    const [asset] = await recorded();
    expect(asset).toMatchObject({ name: 'Voice-over 1.wav', kind: 'audio' });
    const length = toNumber(asset?.probe.durationSeconds ?? { num: 0, den: 1 });
    expect(length).toBeGreaterThan(2);
    expect(clip?.lengthFrames).toBe(Math.floor(length * 30 + 1e-6));

    await page.keyboard.press('Control+z');
    await until(
      'nothing left',
      async () => (await project()).sequences[0]?.tracks,
      (tracks) => Boolean(tracks?.every(({ kind }) => kind === 'visual')),
    );
    expect(await recorded()).toHaveLength(1);
    await page.keyboard.press('Control+Shift+z');
    await until('back again', voices, (clips) => clips.length === 1);
  });

  it('is heard in the export where it lies', async () => {
    const variants = listVariants(await project());
    const { batchId } = await callEngine<{ batchId: string }>(ui.page, '/render/start', {
      ...{ projectId, variants, ratios: ['9:16'], presetId: 'draft' },
    });
    const { exports } = await callEngine<{ exports: ExportView[] }>(ui.page, '/render/waitForBatch', { batchId });
    const [view] = exports;
    expect(view?.error).toBeNull();
    const [asset] = await recorded();
    const said = beepsIn(await readSound(asset?.locations[0]?.path ?? ''));
    const heard = beepsIn(await readSound(view?.path ?? ''));
    expect(said.length).toBeGreaterThan(1);
    expect(heard.length).toBeGreaterThanOrEqual(said.length - 1);
    for (const [n, at] of heard.entries()) expect(Math.abs(at - (said[n] ?? 9) - 1)).toBeLessThan(0.002);
  }, 240_000);

  it('records from in to out, over the take before, which stays among the media', async () => {
    const { page } = ui;
    await page.keyboard.press('Home');
    for (let n = 0; n < 4; n += 1) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('i');
    for (let n = 0; n < 2; n += 1) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('o');
    await panel()
      .getByRole('switch', { name: /Count in/ })
      .click();
    await button('Record').click();
    await until('the second take', recorded, (assets) => assets.length === 2);
    const clips = await until('both on one track', voices, (now) => now.some(({ startFrame }) => startFrame === 40));
    const take = clips.find(({ startFrame }) => startFrame === 40);
    expect(take).toMatchObject({ name: 'Voice-over 2', lengthFrames: 21 });
    expect(clips.map(({ startFrame, lengthFrames }) => [startFrame, startFrame + lengthFrames]).slice(0, 2)).toEqual([
      [30, 40],
      [40, 61],
    ]);
    const newest = (await recorded()).find(({ name }) => name === 'Voice-over 2.wav');
    expect(toNumber(newest?.probe.durationSeconds ?? { num: 0, den: 1 })).toBeCloseTo(0.7, 6);
  });

  it('is given up with Escape, and can be kept even then', async () => {
    const { page } = ui;
    await page.keyboard.press('Alt+x');
    await button('Record').click();
    await until('a second', seconds, (now) => now >= 1);
    await page.keyboard.press('Escape');
    const gone = ui.toast('thrown away');
    await gone.getByRole('button', { name: 'Keep it' }).click();
    await until('a third recording', recorded, (assets) => assets.length === 3);
    expect((await voices()).length).toBeLessThan(4);
    await page.keyboard.press('Shift+V');
    await panel().waitFor({ state: 'detached' });
    expect(open.studio.pageErrors).toEqual([]);
  });
});
