import { renameSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faces, type OpenStudio, openStudio } from './support/faces.ts';
import { type Footage, makeFootage } from './support/footage.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { barOf, colourOf, hueOf, lookAt } from './support/pictures.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

/** Frames of the footage; its white line sinks from top to bottom once in that time. */
const allFrames = 90;

describe.each(faces)('the exact still of a standing playhead (%s face)', (face) => {
  let open: OpenStudio;
  let ui: StudioPage;
  let footage: Footage;

  beforeAll(async () => {
    open = await openStudio(face, { viewport: { width: 1440, height: 900 } });
    ui = studioPage(open.studio.page);
    footage = await makeFootage(open.folder);
    await ui.newAd('Stills');
    await open.studio.drop('text=Drop footage here', [footage.red]);
    await ui.media(basename(footage.red)).dblclick();
  });
  afterAll(() => open?.close());

  keepPictureOfFailures(() => open);

  const still = () => ui.page.getByTestId('exact-still').last();
  const stage = () => ui.page.getByTestId('stage').last();
  const isShown = (frame: number) =>
    until(
      `the still of frame ${frame}`,
      () => still().evaluateAll((all) => all.map((one) => [one.dataset.frame, getComputedStyle(one).visibility])),
      ([first]) => first?.[0] === String(frame) && first[1] === 'visible',
    );
  /** The first picture taken of a window that nobody looks at may be the one before. */
  const isSeen = (frame: number) =>
    until(
      `the line where it is at frame ${frame}`,
      async () => barOf(await lookAt(stage())),
      (bar) => Math.abs(bar - frame / allFrames) < 0.02,
    );
  const step = async (frames: number) => {
    for (let tens = 0; tens < Math.floor(frames / 10); tens += 1) await ui.page.keyboard.press('Shift+ArrowRight');
    for (let ones = 0; ones < frames % 10; ones += 1) await ui.page.keyboard.press('ArrowRight');
  };

  it('shows the frame the playhead stands on, in the file’s colours', async () => {
    await isShown(0);
    await step(31);
    await isShown(31);
    await isSeen(31);
    expect(hueOf(colourOf(await lookAt(stage())))).toBe('red');
  });

  it('stays away while it plays, and comes back where it stops', async () => {
    await ui.page.keyboard.press('Space');
    await until(
      'the still is gone',
      () => still().evaluate((one) => getComputedStyle(one).visibility),
      (visibility) => visibility === 'hidden',
    );
    await ui.page.keyboard.press('k');
    await ui.page.keyboard.press('Home');
    await isShown(0);
  });

  it('plays at a quarter of the pixels when asked to, and stands in full', async () => {
    const widths = () =>
      stage().evaluate((one) =>
        [...one.querySelectorAll('canvas')].map((canvas) => [canvas.dataset.frame, canvas.width]),
      );
    const standing = async () => (await widths()).find(([frame]) => frame !== undefined)?.[1];
    const playing = async () => Math.min(...(await widths()).map(([, width]) => Number(width)));
    const full = await standing();
    const menu = ui.page.getByRole('button', { name: /^Playback quality/ }).last();
    await menu.click();
    await ui.page.getByRole('menuitemcheckbox', { name: 'Quarter' }).click();
    await until('canvases of a quarter', playing, (width) => Math.abs(width - Number(full) / 4) <= 1);
    expect(await standing()).toBe(full);
    await menu.click();
    await ui.page.getByRole('menuitemcheckbox', { name: 'Full' }).click();
    await until('canvases in full', playing, (width) => width > Number(full) / 2);
  });

  // The same page draws on both faces; what differs is how it reads the media.
  if (face === 'desktop') return;

  it('survives the loss of the graphics processor', async () => {
    await still().evaluate((one) =>
      (one as HTMLCanvasElement).getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext(),
    );
    await step(12);
    await isShown(12);
    await isSeen(12);
  });

  it('stays out of the way when the file disappears, and the player goes on', async () => {
    renameSync(footage.red, `${footage.red}.away`);
    try {
      await step(47);
      await ui.page.waitForTimeout(500);
      const visible = await still().evaluate((one) => one.dataset.frame ?? null);
      const picture = await lookAt(stage());
      // Either the file's beginning was still in memory and the frame is exact, or the quick picture is shown.
      if (visible !== null) expect(visible).toBe('59');
      expect(hueOf(colourOf(picture))).toBe('red');
    } finally {
      renameSync(`${footage.red}.away`, footage.red);
    }
    expect(open.studio.pageErrors.filter((line) => !/Failed to load resource/.test(line))).toEqual([]);
  });
});
