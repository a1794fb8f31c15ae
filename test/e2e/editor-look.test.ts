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

const pictures = join(import.meta.dirname, '../../test-results/look');

describe('the look of a clip', () => {
  let open: OpenStudio;
  let ui: StudioPage;
  let projectId: ProjectId;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    open = await openStudio('browser', { viewport: { width: 1440, height: 900 } });
    ui = studioPage(open.studio.page);
    await ui.newAd('Looks');
    const folder = await open.folderFor('shoot');
    const file = join(folder, 'hook.mp4');
    await makeVideo(file, { size: '180x320', seconds: 3 });
    await open.studio.drop('text=Drop footage here', [file]);
    await ui.card('Hook 1').waitFor();
    const { projects } = await callEngine<{ projects: { id: ProjectId }[] }>(ui.page, '/projects/list', {
      isRemoved: false,
    });
    const id = projects[0]?.id;
    if (!id) throw new Error('no project');
    projectId = id;
    await ui.card('Hook 1').focus();
    await ui.page.keyboard.press('Enter');
    await block().waitFor();
    await block().click({ position: { x: 60, y: 20 } });
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  const block = () => ui.page.locator('[data-clip]').first();
  const clip = async (): Promise<Clip> => {
    const { project } = await callEngine<{ project: Project }>(ui.page, '/projects/get', { id: projectId });
    const found = project.sequences.flatMap(({ tracks }) => tracks).flatMap(({ clips }) => clips)[0];
    if (!found) throw new Error('no clip');
    return found;
  };
  const becomes = (what: string, is: (now: Clip) => boolean) => until(what, clip, is);
  const field = (name: string) => ui.page.getByRole('spinbutton', { name, exact: true });
  const type = async (name: string, value: string) => {
    const box = ui.page.getByLabel(name, { exact: true });
    await box.fill(value);
    await box.press('Enter');
  };
  const press = async (key: string, times = 1) => {
    for (let n = 0; n < times; n += 1) await ui.page.keyboard.press(key);
  };
  const keys = () => ui.page.getByTestId('clip-keyframe');

  it('moves by keyframes: added by the diamond, set by what is typed, moved in the timeline', async () => {
    await press('Home');
    await ui.page.getByRole('button', { name: 'Add keyframe of Scale' }).click();
    await becomes('one keyframe', ({ animation }) => animation.scale?.length === 1);
    await ui.page.getByRole('button', { name: 'Remove keyframe of Scale' }).waitFor();
    await block().focus();
    await press('Shift+ArrowRight', 3);
    await type('Scale, per cent', '150');
    const two = await becomes('two keyframes', ({ animation }) => animation.scale?.length === 2);
    expect(two.animation.scale?.map(({ frame, value }) => [frame, value])).toEqual([
      [0, 1],
      [30, 1.5],
    ]);
    expect(two.layout.scale).toBe(1);

    await ui.page.getByRole('button', { name: /^Curve of Scale/ }).click();
    await ui.page.getByRole('menuitemcheckbox', { name: 'Ease out' }).click();
    await becomes('a curve', ({ animation }) => animation.scale?.[1]?.curve === 'ease-out');

    expect(await keys().count()).toBe(2);
    const mark = await keys().nth(1).boundingBox();
    const whole = await block().boundingBox();
    if (!mark || !whole) throw new Error('no keyframe in view');
    const perFrame = (whole.width + 1) / two.lengthFrames;
    await ui.page.mouse.move(mark.x + mark.width / 2, mark.y + mark.height / 2);
    await ui.page.mouse.down();
    await ui.page.mouse.move(mark.x + mark.width / 2 + perFrame * 15, mark.y + mark.height / 2, { steps: 4 });
    await ui.page.mouse.up();
    const moved = await becomes('the keyframe elsewhere', ({ animation }) => animation.scale?.[1]?.frame !== 30);
    expect(Math.abs((moved.animation.scale?.[1]?.frame ?? 0) - 45)).toBeLessThanOrEqual(1);
    await ui.page.screenshot({ path: join(pictures, 'keyframes.png') });
    expect(await accessFaults(ui.page)).toEqual([]);
    expect(await layoutFaults(ui.page)).toEqual([]);
    await press('Control+z');
    await becomes('back where it was', ({ animation }) => animation.scale?.[1]?.frame === 30);
  }, 120_000);

  it('is turned by the handle on the picture, has colours and crop, and gives them up again', async () => {
    // It begins without what another test left, whichever ran before.
    await ui.page.getByRole('button', { name: 'Reset layout' }).click();
    await becomes('nothing moves', ({ animation }) => Object.keys(animation).length === 0);
    const handle = ui.page.getByTestId('turn-handle');
    const [grip, canvas] = [await handle.boundingBox(), await ui.page.getByTestId('canvas-layer').boundingBox()];
    if (!grip || !canvas) throw new Error('nothing to turn by');
    await ui.page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
    await ui.page.mouse.down();
    // A quarter to the right, about the middle.
    const middle = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 };
    const reach = middle.y - grip.y - grip.height / 2;
    await ui.page.mouse.move(middle.x + reach * 0.7, middle.y - reach * 0.7, { steps: 4 });
    await ui.page.mouse.move(middle.x + reach, middle.y, { steps: 4 });
    await ui.page.mouse.up();
    await becomes('a quarter turn', ({ layout }) => layout.rotationDeg === 90);

    await type('Exposure, stops', '0.5');
    await type('Crop left, per cent', '20');
    await type('Blur, pixels', '12');
    const now = await becomes('a look', ({ layout }) => layout.blurPx === 12);
    expect(now.layout).toMatchObject({ exposure: 0.5, cropLeft: 0.2, rotationDeg: 90 });
    await ui.page.screenshot({ path: join(pictures, 'look.png') });
    expect(await field('Exposure, stops').count()).toBeLessThanOrEqual(1);
    await ui.page.getByRole('button', { name: 'Reset look' }).click();
    await ui.page.getByRole('button', { name: 'Reset crop' }).click();
    await ui.page.getByRole('button', { name: 'Reset layout' }).click();
    const plain = await becomes('all as it was', ({ layout }) => layout.rotationDeg === 0);
    expect(plain).toMatchObject({ animation: {}, layout: { exposure: 0, blurPx: 0, cropLeft: 0, scale: 1 } });
  }, 120_000);
});
