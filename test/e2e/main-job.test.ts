import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faces, type OpenStudio, openStudio } from './support/faces.ts';
import { type Footage, makeFootage } from './support/footage.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import {
  barOf,
  colourOf,
  difference,
  frameOf,
  framesOf,
  hueOf,
  lookAt,
  measureVideo,
  type Picture,
  toneLevelDb,
} from './support/pictures.ts';
import { dragBy, type StudioPage, studioPage, until } from './support/studio-page.ts';

describe.each(faces)('an ad from dropped footage to checked files (%s face)', (face) => {
  let open: OpenStudio;
  let ui: StudioPage;
  let footage: Footage;
  let outFolder: string;
  /** Frames of the whole ad as the studio says them. */
  let adFrames = 0;

  beforeAll(async () => {
    open = await openStudio(face, { viewport: { width: 1440, height: 900 } });
    ui = studioPage(open.studio.page);
    footage = await makeFootage(open.folder);
    outFolder = join(open.folder, 'for the buyer');
  });
  afterAll(() => open?.close());

  keepPictureOfFailures(() => open);

  const length = async () => framesOf((await ui.page.getByRole('note', { name: 'Length' }).innerText()).trim());
  const clips = () => ui.page.locator('[data-clip][data-kind="media"]');
  const stage = () => ui.page.getByTestId('stage').last();

  it('starts an ad in an empty library', async () => {
    await ui.newAd('Spring sale');
    for (const name of ['Hook', 'Body', 'CTA']) await ui.column(name).waitFor();
  });

  it('takes a dropped folder in, and says which file was refused and why', async () => {
    await open.studio.drop('text=Drop footage here', [footage.folder]);
    for (const path of [footage.red, footage.green, footage.blue, footage.phone, footage.still, footage.music]) {
      await ui.media(basename(path)).waitFor();
    }
    const toast = ui.toast('1 refused');
    await toast.getByRole('button', { name: 'Show why' }).click();
    const refused = ui.dialog('Import').getByRole('region', { name: 'Refused files' });
    const lines = await refused.getByRole('listitem').allInnerTexts();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('broken.mp4');
    expect(lines[0]?.replace('broken.mp4', '').trim().length).toBeGreaterThan(15);
    await ui.dialog('Import').getByRole('button', { name: 'Done' }).click();
  });

  it('scrubs a clip under the pointer', async () => {
    const item = ui.media(basename(footage.red));
    const box = await item.boundingBox();
    if (!box) throw new Error('no tray item');
    const barAt = async (part: number, isThere: (bar: number) => boolean) => {
      await ui.page.mouse.move(box.x + box.width * part, box.y + box.height / 3);
      return until(`the clip scrubbed to ${part}`, async () => barOf(await lookAt(item)), isThere);
    };
    const early = await barAt(0.2, (bar) => bar < 0.4);
    const late = await barAt(0.8, (bar) => bar > 0.5);
    expect(late - early).toBeGreaterThan(0.25);
  });

  it('sends marked moments to their columns by number', async () => {
    const { page } = ui;
    const send = async (path: string, key: string, marks: { inFrame: number; outFrame: number } | null) => {
      await ui.media(basename(path)).dblclick();
      const viewer = page.getByRole('dialog').filter({ hasText: basename(path) });
      await viewer.getByTestId('stage').waitFor();
      if (marks) {
        await page.keyboard.press('Home');
        for (let frame = 0; frame < marks.inFrame; frame += 10) await page.keyboard.press('Shift+ArrowRight');
        await page.keyboard.press('i');
        for (let frame = marks.inFrame; frame < marks.outFrame; frame += 10) {
          await page.keyboard.press('Shift+ArrowRight');
        }
        await page.keyboard.press('o');
        const range = await viewer.getByRole('note', { name: 'Range length' }).innerText();
        expect(framesOf(range)).toBe(marks.outFrame - marks.inFrame + 1);
      }
      await page.keyboard.press(key);
      await ui.toast('added to Spring sale').last().waitFor();
      await page.keyboard.press('Escape');
      await viewer.waitFor({ state: 'hidden' });
    };
    await send(footage.red, '1', { inFrame: 20, outFrame: 70 });
    await send(footage.green, '2', { inFrame: 10, outFrame: 50 });
    await send(footage.blue, '3', { inFrame: 0, outFrame: 30 });
    for (const name of ['Hook 1', 'Body 1', 'CTA 1']) await ui.card(name).waitFor();
  });

  it('plays a source with picture', async () => {
    const { page } = ui;
    await ui.media(basename(footage.green)).dblclick();
    const viewer = page.getByRole('dialog').filter({ hasText: basename(footage.green) });
    const position = viewer.getByRole('textbox', { name: 'Position' });
    await until(
      'the first picture',
      async () => hueOf(colourOf(await lookAt(stage()))),
      (hue) => hue === 'green',
    );
    await page.keyboard.press('Space');
    await until(
      'the source plays',
      () => position.inputValue(),
      (at) => framesOf(at) > 15,
    );
    await page.keyboard.press('k');
    const stopped = framesOf(await position.inputValue());
    await until(
      'the picture follows',
      async () => barOf(await lookAt(stage())),
      (bar) => Math.abs(bar - stopped / 90) < 0.06,
    );
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'hidden' });
  });

  it('trims by dragging, splits, deletes, undoes and redoes on the timeline', async () => {
    const { page } = ui;
    await ui
      .card('Hook 1')
      .getByRole('button', { name: /^(Play|Stop) Hook 1$/ })
      .dblclick();
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
    await until('the hook as marked', length, (frames) => frames === 51);
    const clip = clips().first();
    await clip.hover();
    const width = (await clip.boundingBox())?.width ?? 0;
    await dragBy(clip.locator('[data-edge="end"]'), -width / 3);
    const trimmed = await until('the trimmed length', length, (frames) => frames < 45);
    expect(trimmed).toBeGreaterThan(25);

    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('s');
    await until(
      'two clips',
      () => clips().count(),
      (count) => count === 2,
    );
    await clips().nth(1).click();
    await page.keyboard.press('Delete');
    await until(
      'one clip',
      () => clips().count(),
      (count) => count === 1,
    );
    expect(await length()).toBe(20);
    await page.keyboard.press('Control+z');
    await until(
      'two clips again',
      () => clips().count(),
      (count) => count === 2,
    );
    expect(await length()).toBe(trimmed);
    await page.keyboard.press('Control+Shift+z');
    await until('the length after redo', length, (frames) => frames === 20);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await until(
      'one clip before the split',
      () => clips().count(),
      (count) => count === 1,
    );
    await until('the trim is still there', length, (frames) => frames === trimmed);
  });

  it('adds words with a field and sees them on the picture', async () => {
    const { page } = ui;
    await page.keyboard.press('Home');
    const before = await lookAt(stage());
    await page.keyboard.press('t');
    const inspector = page.getByRole('region', { name: 'Inspector' });
    await until(
      'the text names its field',
      () => inspector.getByRole('textbox', { name: 'Words', exact: true }).inputValue(),
      (text) => text === '{{headline}}',
    );
    await inspector.getByRole('textbox', { name: 'Headline' }).fill('HALF PRICE');
    await inspector.getByRole('textbox', { name: 'Headline' }).press('Escape');
    await page.locator('[data-clip][data-kind="text"]').getByText('HALF PRICE').waitFor();
    await until(
      'words on the picture',
      async () => difference(before, await lookAt(stage())),
      (part) => part > 0.004,
    );
    await page.getByRole('button', { name: 'Back to the board' }).click();
  });

  it('duplicates the hook and changes only its words', async () => {
    const { page } = ui;
    await ui.card('Hook 1').hover();
    await ui.choose('More for Hook 1', 'Duplicate');
    const editor = page.getByRole('dialog', { name: /^Text of/ });
    await editor.getByRole('textbox', { name: 'Headline' }).fill('ONLY TODAY, MAYBE TOMORROW');
    await editor.getByRole('textbox', { name: 'Headline' }).press('Enter');
    await editor.waitFor({ state: 'hidden' });
    const hooks = ui.column('Hook').getByRole('article');
    await until(
      'two hooks',
      () => hooks.count(),
      (count) => count === 2,
    );
    expect(await hooks.first().innerText()).toContain('HALF PRICE');
    expect(await hooks.nth(1).innerText()).toContain('ONLY TODAY');
  });

  it('puts music under the whole ad', async () => {
    await ui.media(basename(footage.music)).dragTo(ui.column('Music'));
    await ui.column('Music').getByText('beat').first().waitFor();
  });

  it('shows every variant and plays one of them', async () => {
    const { page } = ui;
    const cells = page.getByTestId('variant-cell');
    await until(
      'two variants',
      () => cells.count(),
      (count) => count === 2,
    );
    const cell = cells.first();
    await cell.hover();
    await cell.getByRole('button', { name: /^Open .* large$/ }).click();
    const player = page.getByRole('dialog').getByRole('region', { name: 'Player' });
    const position = player.getByRole('textbox', { name: 'Position' });
    adFrames = await length();
    const seen: Picture[] = [];
    for (const frame of [5, 25]) {
      await until(
        'the variant plays',
        () => position.inputValue(),
        (at) => framesOf(at) > frame,
        20_000,
      );
      seen.push(await lookAt(stage()));
    }
    const [one, other] = seen;
    if (one && other) expect(difference(one, other)).toBeGreaterThan(0.01);
    await until(
      'it comes to its end',
      () => position.inputValue(),
      (at) => framesOf(at) >= adFrames - 1,
      30_000,
    );
    await until(
      'the CTA is the last picture',
      async () => hueOf(colourOf(await lookAt(stage()))),
      (hue) => hue === 'blue',
    );
    await page.keyboard.press('Escape');
  });

  it('exports two variants in two ratios, checked', async () => {
    const { page } = ui;
    await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
    const dialog = ui.dialog(/^Export Spring sale/);
    await dialog.getByRole('checkbox', { name: '1:1', exact: true }).click();
    await dialog.getByRole('combobox', { name: 'Quality' }).click();
    await page.getByRole('option', { name: /^Draft/ }).click();
    await open.chooseFolder(outFolder, () => dialog.getByRole('button', { name: 'Choose…' }).click());
    await until(
      'the folder',
      () => dialog.getByRole('textbox', { name: 'Folder' }).inputValue(),
      (text) => text === outFolder,
    );
    await dialog.getByRole('button', { name: 'Export 4 files' }).click();
    const batch = page.getByRole('region', { name: 'Batch of Spring sale' });
    await batch.waitFor();
    const finished = batch.getByLabel('Finished', { exact: true });
    const failed = batch.getByLabel('Failed', { exact: true });
    await until(
      'four finished files',
      async () => [await finished.count(), await failed.count()],
      ([good = 0, bad = 0]) => good + bad === 4,
      55_000,
    );
    expect(await failed.count()).toBe(0);
    await batch.getByRole('button', { name: 'Check results' }).first().click();
    const report = ui.dialog('Everything is in order');
    const frames = report.getByRole('row').filter({ hasText: 'Number of frames' }).getByRole('cell');
    expect(await frames.allInnerTexts()).toEqual(expect.arrayContaining([String(adFrames)]));
    await page.keyboard.press('Escape');
  });

  it('plays the result', async () => {
    const { page } = ui;
    await page
      .getByRole('button', { name: /^Play .*\.mp4$/ })
      .first()
      .click();
    const video = page.getByRole('dialog').locator('video');
    const state = () => video.evaluate((one: HTMLVideoElement) => ({ at: one.currentTime, error: one.error?.message }));
    const now = await until('the film runs', state, ({ at, error }) => at > 0.5 || error !== undefined);
    expect(now.error).toBeUndefined();
    await page.keyboard.press('Escape');
  });

  it('has left exactly what it said on the disk', async () => {
    const names = readdirSync(outFolder)
      .filter((name) => name.endsWith('.mp4'))
      .sort();
    expect(names).toHaveLength(4);
    const sizes = new Map<string, number>();
    for (const name of names) {
      const path = join(outFolder, name);
      const { frames, width, height, rate, videoSeconds, audioSeconds } = await measureVideo(path);
      sizes.set(`${width}x${height}`, (sizes.get(`${width}x${height}`) ?? 0) + 1);
      expect({ name, frames, rate }).toEqual({ name, frames: adFrames, rate: '30/1' });
      expect(Math.abs(videoSeconds - audioSeconds)).toBeLessThanOrEqual(0.0101);
      // The last part has no sound of its own: what is heard there is the music.
      expect(await toneLevelDb(path, 880, videoSeconds - 0.8, 0.6)).toBeGreaterThan(-45);
    }
    expect(Object.fromEntries(sizes)).toEqual({ '540x960': 2, '540x540': 2 });
  });

  it('shows each variant its own words, and the same picture otherwise', async () => {
    const size = { width: 540, height: 960 };
    const tall: string[] = [];
    for (const name of readdirSync(outFolder).sort()) {
      if (!name.endsWith('.mp4')) continue;
      const path = join(outFolder, name);
      if ((await measureVideo(path)).height === 960) tall.push(path);
    }
    const [one = '', other = ''] = tall;
    const words = difference(await frameOf(one, 3, size), await frameOf(other, 3, size));
    expect(words).toBeGreaterThan(0.005);
    expect(words).toBeLessThan(0.4);
    const last = adFrames - 2;
    const [endOfOne, endOfOther] = [await frameOf(one, last, size), await frameOf(other, last, size)];
    expect(difference(endOfOne, endOfOther)).toBe(0);
    expect(hueOf(colourOf(endOfOne))).toBe('blue');
    // The hook starts at source frame 20 of 90: the line of the footage stands there, whatever was trimmed behind it.
    expect(Math.abs(barOf(await frameOf(one, 0, size)) - 20 / 90)).toBeLessThan(0.02);
  });

  it('has logged no error on the way', () => {
    expect(open.studio.pageErrors).toEqual([]);
  });
});
