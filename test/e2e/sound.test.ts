import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clip, Project, ProjectId } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { callEngine } from './support/call-engine.ts';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { accessFaults, layoutFaults } from './support/faults-of-page.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

const pictures = join(import.meta.dirname, '../../test-results/sound');

describe('sound on the timeline', () => {
  let open: OpenStudio;
  let ui: StudioPage;
  let projectId: ProjectId;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    open = await openStudio('browser', { viewport: { width: 1440, height: 900 } });
    ui = studioPage(open.studio.page);
    await ui.newAd('Mix');
    const file = join(await open.folderFor('shoot'), 'hook.mp4');
    await makeVideo(file, { size: '180x320', seconds: 4, tonesHz: [300] });
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
    await block().waitFor();
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  const block = () => ui.page.locator('[data-clip]').first();
  const picture = (name: string) => ui.page.screenshot({ path: join(pictures, `${name}.png`) });
  const project = async () =>
    (await callEngine<{ project: Project }>(ui.page, '/projects/get', { id: projectId })).project;
  const clip = async (): Promise<Clip | undefined> => (await project()).sequences[0]?.tracks[0]?.clips[0];
  const point = (n = 0) => ui.page.locator('[data-volume-point]').nth(n);
  const volumeIs = (what: string, isRight: (audio: Clip['audio']) => boolean) =>
    until(
      what,
      async () => (await clip())?.audio,
      (audio) => audio !== undefined && isRight(audio),
    );

  it('draws the volume of a clip by mouse and by keys', async () => {
    const { page } = ui;
    await block().click({ position: { x: 60, y: 50 } });
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Alt+v');
    await volumeIs('a point at the playhead', ({ volume }) => volume.length === 1 && volume[0]?.frame === 10);

    await point().focus();
    await page.keyboard.press('ArrowDown');
    await volumeIs('half a decibel less', ({ volume }) => volume[0]?.gainDb === -0.5);
    await page.keyboard.press('Shift+ArrowRight');
    await volumeIs('ten frames later', ({ volume }) => volume[0]?.frame === 20);

    // A second one on the line, by Ctrl and the mouse; then down to the foot: silence.
    const box = await block().boundingBox();
    const held = await point().boundingBox();
    if (!box || !held) throw new Error('the clip is not in view');
    const y = held.y + held.height / 2;
    await page.keyboard.down('Control');
    await page.mouse.click(box.x + box.width * 0.6, y);
    await page.keyboard.up('Control');
    await volumeIs('a second point', ({ volume }) => volume.length === 2);
    const second = await point(1).boundingBox();
    if (!second) throw new Error('no second point');
    await page.mouse.move(second.x + 5, second.y + 5);
    await page.mouse.down();
    await page.mouse.move(second.x + 25, second.y + 20, { steps: 3 });
    await page.mouse.move(second.x + 25, box.y + box.height + 10, { steps: 3 });
    await page.mouse.up();
    await volumeIs('silent from there', ({ volume }) => volume[1]?.gainDb === -96);
    await picture('volume-line');
    expect(await accessFaults(page)).toEqual([]);

    await point(1).focus();
    await page.keyboard.press('Delete');
    await volumeIs('one point left', ({ volume }) => volume.length === 1);
    await page.keyboard.press(']');
    await volumeIs('a decibel louder', ({ gainDb }) => gainDb === 1);
  });

  it('has pan and shapes of fades in the inspector', async () => {
    const { page } = ui;
    const sound = page.getByRole('region', { name: 'Sound', exact: true });
    await sound.getByRole('textbox', { name: /^Pan/ }).fill('-50');
    await page.keyboard.press('Enter');
    await volumeIs('half to the left', ({ pan }) => pan === -0.5);
    await sound.getByRole('combobox', { name: 'Shape of fade in' }).click();
    await page.getByRole('option', { name: 'Equal power' }).click();
    await volumeIs('of equal power', ({ fadeInShape }) => fadeInShape === 'equal-power');
  });

  it('mixes tracks, shows what is heard, and lets music give way', async () => {
    const { page } = ui;
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+A');
    const mixer = page.getByRole('region', { name: 'Mixer', exact: true });
    await mixer.waitFor();
    const track = async () => (await project()).sequences[0]?.tracks[0];
    const slider = mixer.getByRole('slider', { name: 'Volume of Video' });
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await until('half a decibel less', track, (now) => now?.gainDb === -0.5);
    await mixer.getByRole('combobox', { name: 'What Video is' }).click();
    await page.getByRole('option', { name: 'Effects' }).click();
    await until('effects', track, (now) => now?.role === 'effects');
    await mixer.getByRole('switch', { name: 'Music gives way to voices' }).click();
    await until('ducking', project, ({ ducking }) => ducking.isOn);

    const meter = mixer.getByRole('meter', { name: 'Level of Video' });
    const level = async () => Number(await meter.getAttribute('aria-valuenow'));
    expect(await level()).toBe(-60);
    await page.getByRole('group', { name: 'Tracks' }).click({ position: { x: 400, y: 12 } });
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await until('the meter moves', level, (now) => now > -30);
    await picture('mixer');
    await page.keyboard.press('Space');
    await until('and falls', level, (now) => now === -60);
    expect(await layoutFaults(page)).toEqual([]);
    expect(await accessFaults(page)).toEqual([]);
    await page.keyboard.press('Shift+A');
    await mixer.waitFor({ state: 'detached' });
  });
});
