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
    const curve = ui.page.getByRole('dialog', { name: 'Curve of Scale' });
    await curve.getByRole('button', { name: 'Ease out' }).click();
    await becomes('a curve', ({ animation }) => animation.scale?.[1]?.curve === 'ease-out');
    await drawCurve();

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

  /** In the open popover: a handle dragged, moved by keys, a number typed; each is one step of undo. */
  async function drawCurve(): Promise<void> {
    const { page } = ui;
    const curveIs = (what: string, is: (curve: unknown) => boolean) =>
      becomes(what, ({ animation }) => is(animation.scale?.[1]?.curve));
    const handle = page.getByRole('button', { name: /^Start handle/ });
    // Waits until the popover has come to rest.
    await handle.hover();
    const box = await handle.boundingBox();
    if (!box) throw new Error('no handle to drag');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y - 20, { steps: 3 });
    await page.mouse.move(box.x + 90, box.y - 50, { steps: 3 });
    await page.mouse.up();
    const isDragged = (curve: unknown) => Array.isArray(curve) && curve[0] > 0.3 && curve[1] > 0.2 && curve[3] === 1;
    await curveIs('a drawn curve', isDragged);
    const { animation } = await clip();
    const drawn = animation.scale?.[1]?.curve;
    if (typeof drawn !== 'object') throw new Error('no drawn curve');
    await page.screenshot({ path: join(pictures, 'curve.png') });
    expect(await accessFaults(page)).toEqual([]);
    expect(await layoutFaults(page)).toEqual([]);
    await handle.focus();
    await press('Shift+ArrowUp');
    await curveIs('a handle higher', (curve) => Array.isArray(curve) && Math.abs(curve[1] - drawn[1] - 0.1) < 1e-9);
    const typed = page.getByRole('textbox', { name: 'End handle, value in per cent' });
    await typed.fill('130');
    await typed.press('Enter');
    await curveIs('a number typed', (curve) => Array.isArray(curve) && curve[3] === 1.3);
    await press('Escape');
    await block().focus();
    await press('Control+z', 2);
    await curveIs('the curve as it was dragged', (curve) => JSON.stringify(curve) === JSON.stringify(drawn));
    await press('Control+z');
    await curveIs('the curve before', (curve) => curve === 'ease-out');
  }

  it('has keyframes of its look, and a slider that is dragged keeps what it shows', async () => {
    const { page } = ui;
    await press('Home');
    await page.getByRole('button', { name: 'Add keyframe of Exposure' }).click();
    await becomes('a keyframe', ({ animation }) => animation.exposure?.length === 1);
    const thumb = page.getByRole('slider', { name: 'Exposure' });
    await thumb.scrollIntoViewIfNeeded();
    const box = await thumb.boundingBox();
    if (!box) throw new Error('no slider');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 12, box.y + box.height / 2, { steps: 3 });
    await page.mouse.move(box.x + 22, box.y + box.height / 2, { steps: 3 });
    await page.mouse.up();
    await becomes('brighter', ({ animation }) => (animation.exposure?.[0]?.value ?? 0) > 0.1);
    await page.screenshot({ path: join(pictures, 'look-keyframes.png') });
    await page.getByRole('button', { name: 'Reset look' }).click();
    const plain = await becomes('as it was', ({ animation }) => animation.exposure === undefined);
    expect(plain.layout.exposure).toBe(0);
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
