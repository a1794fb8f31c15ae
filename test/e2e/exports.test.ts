import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeVideo } from '../fixtures/media.ts';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { accessFaults, layoutFaults } from './support/faults-of-page.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

/** A loaded machine encodes slowly; nothing here is about speed. */
const patient = 240_000;
const pictures = join(import.meta.dirname, '../../test-results/screens');

/** Two hooks, a body and a CTA: files of 3.5 s at full size, so that there is time to pause whatever the machine. */
async function makeCuts(parent: string): Promise<Record<string, string>> {
  const folder = join(parent, 'cuts');
  mkdirSync(folder);
  const cuts = {
    'hook1.mp4': ['red', 1],
    'hook2.mp4': ['orange', 1],
    'body.mp4': ['green', 1.5],
    'cta1.mp4': ['blue', 1],
  } as const;
  const paths: Record<string, string> = {};
  for (const [name, [colour, seconds]] of Object.entries(cuts)) {
    paths[name] = join(folder, name);
    await makeVideo(join(folder, name), { size: '180x320', seconds, source: `color=c=${colour}`, tonesHz: [440] });
  }
  return paths;
}

describe('exports that are paused, broken, mended and made again', () => {
  let open: OpenStudio;
  let ui: StudioPage;
  let cuts: Record<string, string>;
  let outFolder: string;
  let batch: Locator;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    // The desktop leaves files where they are: what happens to them there, happens to the ad.
    open = await openStudio('desktop', { viewport: { width: 1440, height: 900 } });
    ui = studioPage(open.studio.page);
    cuts = await makeCuts(open.folder);
    outFolder = join(open.folder, 'out');
    await ui.newAd('Summer');
    await open.studio.drop('text=Drop footage here', Object.values(cuts));
    await ui.toast('2 → Hook').waitFor();
    batch = ui.page.getByRole('region', { name: 'Batch of Summer' }).first();
  }, patient);
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  const picture = (name: string) => ui.page.screenshot({ path: join(pictures, `exports ${name}.png`) });
  const marks = (name: string) => batch.getByLabel(name, { exact: true }).count();
  const marksAre = (name: string, wanted: number) =>
    until(
      `${wanted} ${name}`,
      () => marks(name),
      (count) => count === wanted,
      120_000,
    );
  const row = (name: RegExp) => batch.getByRole('listitem', { name });

  /** Writes words onto a hook, on its card. */
  async function write(hook: string, words: string): Promise<void> {
    await ui.card(hook).hover();
    await ui.choose(`More for ${hook}`, 'Change text…');
    const editor = ui.dialog(/^Text of/);
    await editor.getByRole('textbox', { name: 'Headline' }).fill(words);
    await editor.getByRole('textbox', { name: 'Headline' }).press('Enter');
    await editor.waitFor({ state: 'hidden' });
  }

  async function exportInFormats(...formats: string[]): Promise<void> {
    const { page } = ui;
    await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
    const dialog = ui.dialog(/^Export Summer/);
    for (const format of formats) await dialog.getByRole('checkbox', { name: format, exact: true }).click();
    await open.chooseFolder(outFolder, () => dialog.getByRole('button', { name: 'Choose…' }).click());
    await until(
      'the folder',
      () => dialog.getByRole('textbox', { name: 'Folder' }).inputValue(),
      (text) => text === outFolder,
    );
    await dialog.getByRole('button', { name: /^Export \d+ files$/ }).click();
  }

  it(
    'pauses a batch, keeps it paused, and goes on',
    async () => {
      await write('Hook 1', 'BUY NOW');
      await exportInFormats('4:5', '1:1', '16:9');
      await batch.waitFor();
      await batch.getByRole('button', { name: 'Pause', exact: true }).first().click();
      await until(
        'nothing renders',
        () => marks('Rendering'),
        (count) => count === 0,
        30_000,
      );
      await batch.getByRole('button', { name: 'Resume', exact: true }).first().waitFor();
      const finished = await marks('Finished');
      expect(await marks('Paused')).toBe(8 - finished);
      expect(finished).toBeLessThan(8);
      await picture('paused');
      await ui.goTo('Board');
      await ui.goTo('Exports');
      await batch.getByRole('button', { name: 'Resume', exact: true }).first().waitFor();
      expect(await marks('Finished')).toBe(finished);
      await batch.getByRole('button', { name: 'Resume', exact: true }).first().click();
      await marksAre('Finished', 8);
    },
    patient,
  );

  it(
    'goes through the files by keyboard',
    async () => {
      const { page } = ui;
      await row(/Hook 1/)
        .first()
        .focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
      const third = await batch
        .getByRole('listitem', { name: /\.mp4$/ })
        .nth(2)
        .getAttribute('aria-label');
      await until('the third file has the focus', focused, (label) => label === third);
      await page.keyboard.press('Enter');
      const film = page.getByRole('dialog').locator('video');
      await until(
        'the film runs',
        () => film.evaluate((one: HTMLVideoElement) => one.currentTime),
        (at) => at > 0.2,
      );
      await page.keyboard.press('Escape');
      await film.waitFor({ state: 'hidden' });
    },
    patient,
  );

  it(
    'narrows the list down by state and by words',
    async () => {
      const { page } = ui;
      await page.getByRole('radio', { name: 'Failed' }).click();
      await page.getByText('No export is in this state').waitFor();
      await page.getByRole('radio', { name: 'All' }).click();
      await page.getByRole('searchbox', { name: 'Search exports' }).fill('hook 2 1x1');
      await until(
        'one file',
        () => batch.getByRole('listitem', { name: /\.mp4$/ }).count(),
        (count) => count === 1,
      );
      await page.getByRole('searchbox', { name: 'Search exports' }).fill('');
      await marksAre('Finished', 8);
    },
    patient,
  );

  it(
    'says which variants a broken file stops, with evidence, and goes on once it is mended',
    async () => {
      const { page } = ui;
      const path = cuts['hook2.mp4'] ?? '';
      const whole = join(open.folder, 'whole.mp4');
      renameSync(path, whole);
      writeFileSync(path, 'This is no video.');
      await batch.getByRole('button', { name: 'More for Summer' }).click();
      await page.getByRole('menuitem', { name: 'Export all again as next version' }).click();
      await until(
        'eight of the new version',
        () => row(/_v2\.mp4$/).count(),
        (count) => count === 8,
      );
      await until(
        'all have ended',
        async () => [await marks('Finished'), await marks('Failed')],
        ([good, bad]) => good === 4 && bad === 4,
        120_000,
      );
      const failed = batch.getByRole('listitem').filter({ has: page.getByLabel('Failed', { exact: true }) });
      expect(await failed.first().getByRole('alert').innerText()).toContain('hook2.mp4');
      await failed.first().getByText('Details').click();
      expect(await failed.first().locator('pre').innerText()).toContain(path);
      await picture('broken file');
      expect(await accessFaults(page)).toEqual([]);
      await failed.first().getByRole('button', { name: 'Show the evidence' }).click();
      const evidence = ui.dialog('Something is wrong with this file');
      await evidence.getByText(/another file of 17 bytes; nothing of it can be read; needed for frames/).waitFor();
      await picture('evidence of a replaced file');
      await page.keyboard.press('Escape');
      await evidence.waitFor({ state: 'hidden' });
      renameSync(whole, path);
      await batch.getByRole('button', { name: 'Try 4 again' }).click();
      await marksAre('Finished', 8);
      expect(await marks('Failed')).toBe(0);
    },
    patient,
  );

  it(
    'says what one changed word affects, makes it again as v3, and shows why',
    async () => {
      const { page } = ui;
      await ui.goTo('Board');
      const notice = page.getByRole('region', { name: 'Exports affected by your edits' });
      expect(await notice.count()).toBe(0);
      await write('Hook 1', 'BUY HERE');
      await notice.getByText('Your edits affect 4 exports.').waitFor({ timeout: 30_000 });
      await notice.getByText(/s of video to make/).waitFor();
      await picture('affected');
      expect(await layoutFaults(page)).toEqual([]);
      // The large matrix has the screen to itself, and the notice beside it.
      await page.keyboard.press('Shift+M');
      await ui.column('Hook').waitFor({ state: 'hidden' });
      await notice.getByText('Your edits affect 4 exports.').waitFor();
      await picture('affected large');
      expect(await layoutFaults(page)).toEqual([]);
      await page.keyboard.press('Shift+M');
      await ui.column('Hook').waitFor();
      await notice.getByRole('button', { name: 'Re-export as v3' }).click();
      await notice.waitFor({ state: 'hidden', timeout: 30_000 });
      await ui.goTo('Exports');
      await until(
        'four of version 3',
        () => row(/_v3\.mp4$/).count(),
        (count) => count === 4,
      );
      await marksAre('Finished', 4);
      await row(/Hook 1.*_v3\.mp4$/)
        .first()
        .getByRole('button', { name: 'What was made anew' })
        .click();
      const why = ui.dialog('What was made anew');
      await why.getByText(/compared with v2/).waitFor();
      const colours = await why.getByRole('list', { name: 'Colours' }).innerText();
      expect(colours).toMatch(/Text changed/);
      expect(colours).toMatch(/Reused/);
      expect(await why.getByRole('list', { name: 'Made anew' }).innerText()).toContain('The text at 0:0');
      await why
        .getByRole('button', { name: /Text changed/ })
        .first()
        .hover();
      await page
        .getByRole('tooltip')
        .getByText(/The text at/)
        .first()
        .waitFor();
      await picture('why');
      expect(await accessFaults(page)).toEqual([]);
      await why.getByRole('button', { name: 'Close' }).click();
      await why.waitFor({ state: 'hidden' });
      // By key as well; and taken off the list, the file stays.
      await row(/_v3\.mp4$/)
        .first()
        .focus();
      await page.keyboard.press('w');
      await why.waitFor();
      await page.keyboard.press('Escape');
      await why.waitFor({ state: 'hidden' });
      await row(/_v3\.mp4$/)
        .first()
        .focus();
      await page.keyboard.press('Delete');
      await until(
        'three of version 3',
        () => row(/_v3\.mp4$/).count(),
        (count) => count === 3,
      );
      await picture('all');
      expect(open.studio.pageErrors).toEqual([]);
    },
    patient,
  );

  it(
    'shows where a damaged file cannot be read, in pictures',
    async () => {
      const { page } = ui;
      const path = join(open.folder, 'damaged.mp4');
      await makeVideo(path, { seconds: 2 });
      const bytes = readFileSync(path);
      bytes.fill(0x5a, Math.floor(bytes.length / 2), Math.floor(bytes.length * 0.8));
      writeFileSync(path, bytes);
      await ui.goTo('Projects');
      await ui.newAd('Damaged');
      await ui.goTo('Board');
      await open.studio.drop('section[aria-label="Hook"]', [path]);
      await ui.card('Hook 1').waitFor();
      await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
      await ui
        .dialog(/^Export Damaged/)
        .getByRole('button', { name: 'Export 1 file' })
        .click();
      await ui.goTo('Exports');
      await page.getByRole('button', { name: 'Show the evidence' }).click({ timeout: 60_000 });
      const evidence = ui.dialog('Something is wrong with this file');
      await evidence.getByText(/^From frame \d+ \(/).waitFor();
      await until(
        'both pictures',
        () =>
          evidence
            .getByRole('img', { name: /file/ })
            .evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth ?? 0)),
        (widths) => widths.length >= 2 && widths.every((width) => width > 0),
      );
      await picture('evidence');
      expect(await accessFaults(page)).toEqual([]);
      expect(open.studio.pageErrors).toEqual([]);
    },
    patient,
  );
});
