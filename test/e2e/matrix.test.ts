import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeVideo } from '../fixtures/media.ts';
import { faces, type OpenStudio, openStudio } from './support/faces.ts';
import { accessFaults, layoutFaults } from './support/faults-of-page.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { difference, lookAt } from './support/pictures.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

/** Three hooks, two bodies and two CTAs, short and small, one colour each. */
async function makeCuts(parent: string): Promise<string[]> {
  const folder = join(parent, 'cuts');
  mkdirSync(folder);
  const colours = {
    'hook1.mp4': 'red',
    'hook2.mp4': 'orange',
    'hook3.mp4': 'purple',
    'body1.mp4': 'green',
    'body2.mp4': 'gray',
    'cta1.mp4': 'blue',
    'cta2.mp4': 'navy',
  };
  return Promise.all(
    Object.entries(colours).map(async ([name, colour]) => {
      const path = join(folder, name);
      await makeVideo(path, { size: '180x320', seconds: 0.6, source: `color=c=${colour}`, tonesHz: [440] });
      return path;
    }),
  );
}

const pictures = join(import.meta.dirname, '../../test-results/screens');
const sizes = [
  { name: '1440', width: 1440, height: 900 },
  { name: '1280', width: 1280, height: 720 },
] as const;

/** The long one of them: on the desktop in long runs only, where it is the same studio. */
const facesHere = process.env.SPOTLOOM_LONG === '1' ? faces : faces.slice(0, 1);

describe.each(facesHere)('the matrix of variants (%s face)', (face) => {
  let open: OpenStudio;
  let ui: StudioPage;
  let grid: Locator;
  let footer: Locator;
  let outFolder: string;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    open = await openStudio(face, { viewport: sizes[0] });
    ui = studioPage(open.studio.page);
    grid = ui.page.getByRole('grid', { name: 'Matrix of variants' });
    footer = ui.variants.getByRole('contentinfo').or(ui.variants.locator('footer'));
    outFolder = join(open.folder, 'out');
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  const cell = (name: string) => grid.getByRole('gridcell', { name: new RegExp(`^${name},`) });
  const ticked = async () => Number(/^\d+/.exec(await footer.innerText())?.[0]);
  const tickedIs = (count: number) => until(`${count} ticked`, ticked, (now) => now === count);

  /** Takes pictures in both sizes; what does not fit or cannot be used by everyone. */
  async function faults(name: string): Promise<string[]> {
    const { page } = ui;
    const found: string[] = [];
    // Messages that fade are not judged.
    await until(
      'no message in the corner',
      () => page.locator('[data-sonner-toast]').count(),
      (count) => count === 0,
      30_000,
    );
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(pictures, `matrix-${name}-${face}-${size.name}.png`) });
      found.push(...(await layoutFaults(page)).map((fault) => `${size.name}: ${fault}`));
    }
    await page.setViewportSize(sizes[0]);
    return [...found, ...(await accessFaults(page))];
  }

  it('combines hooks down with CTAs across, a group for each body', async () => {
    const paths = await makeCuts(open.folder);
    await ui.newAd('Matrix');
    await open.studio.drop('text=Drop footage here', paths);
    await ui.toast('3 → Hook').waitFor();
    await ui.page.keyboard.press('Shift+M');
    await cell('Hook 3 · Body 2 · CTA 2').waitFor();
    const headers = async (role: 'rowheader' | 'columnheader') =>
      (await grid.getByRole(role).allInnerTexts()).join(' ');
    expect(await headers('rowheader')).toBe('Hook 1 Hook 2 Hook 3');
    expect(await headers('columnheader')).toContain('Body 1 Body 2');
    expect(await ui.page.getByTestId('variant-cell').count()).toBe(12);
    // Each hook once with the first body and CTA, as before anything was ticked.
    await tickedIs(3);
    expect(await footer.innerText()).toContain('5 of 7 options');
  });

  it('plays a cell in its place by Enter', async () => {
    const { page } = ui;
    const first = cell('Hook 1 · Body 1 · CTA 1');
    await first.focus();
    const before = await lookAt(first);
    await page.keyboard.press('Enter');
    await until(
      'another picture',
      async () => difference(before, await lookAt(first)),
      (part) => part > 0.2,
    );
    await page.keyboard.press('Escape');
  });

  it('ticks by keys, by range, by row and all at once', async () => {
    const { page } = ui;
    await footer.getByRole('checkbox', { name: /of 12/ }).click();
    await tickedIs(12);
    // Two cells by arrows and Space.
    await cell('Hook 1 · Body 1 · CTA 1').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await grid.locator('[aria-selected=true]').count()).toBe(2);
    await page.keyboard.press('Space');
    await tickedIs(10);
    await page.keyboard.press('Space');
    await tickedIs(12);
    await page.keyboard.press('Escape');
    // A rectangle by dragging, from one corner to the other.
    const from = await cell('Hook 1 · Body 2 · CTA 1').boundingBox();
    const to = await cell('Hook 2 · Body 2 · CTA 2').boundingBox();
    if (!from || !to) throw new Error('no cells');
    await page.mouse.move(from.x + 20, from.y + 40);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 90, { steps: 3 });
    await page.mouse.move(to.x + 20, to.y + 40, { steps: 6 });
    await page.mouse.up();
    expect(await grid.locator('[aria-selected=true]').count()).toBe(4);
    await page.keyboard.press('Space');
    await tickedIs(8);
    await page.keyboard.press('Escape');
    // A whole row, off and on again: it says when only some of it is ticked.
    const row = grid.getByRole('rowheader').nth(1).getByRole('checkbox');
    expect(await row.getAttribute('aria-checked')).toBe('mixed');
    await row.click();
    await tickedIs(10);
    await row.click();
    await tickedIs(6);
    expect(await faults('ticked')).toEqual([]);
  });

  it('ticks the best few by coverage and says what they cover', async () => {
    const many = footer.getByRole('textbox', { name: 'How many' });
    await many.fill('6');
    await many.press('Enter');
    await footer.getByRole('button', { name: 'Best 6 by coverage' }).click();
    await tickedIs(6);
    expect(await footer.innerText()).toMatch(/all options and pairs/);
  });

  it('never makes what a rule forbids, says why, and takes the rule back', async () => {
    const { page } = ui;
    await cell('Hook 2 · Body 1 · CTA 1').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Never combine' }).click();
    await page.getByRole('menuitem', { name: 'Hook 2 with CTA 1' }).click();
    await until(
      'ten variants',
      () => page.getByTestId('variant-cell').count(),
      (count) => count === 10,
    );
    const blocked = grid.getByRole('gridcell', { name: /never made: Hook 2 never with CTA 1/ });
    expect(await blocked.count()).toBe(2);
    await page.keyboard.press('Control+z');
    await until(
      'twelve variants again',
      () => page.getByTestId('variant-cell').count(),
      (count) => count === 12,
    );
    // The same by the editor, as a rule that allows only one partner.
    await ui.variants.getByRole('button', { name: 'Rules' }).click();
    const dialog = ui.dialog('Pairing rules');
    await dialog.getByRole('combobox', { name: 'This option' }).click();
    await page.getByRole('option', { name: /^Hook 3/ }).click();
    await dialog.getByRole('radio', { name: 'only with' }).click();
    await dialog.getByRole('checkbox', { name: 'CTA 2' }).click();
    expect(await faults('rules')).toEqual([]);
    await dialog.getByRole('button', { name: 'Add rule' }).click();
    await dialog.getByText('Hook 3 only with CTA 2', { exact: true }).waitFor();
    expect(await dialog.innerText()).toContain('10 variants of 12 combinations');
    await dialog.getByRole('button', { name: 'Remove the rule Hook 3 only with CTA 2' }).click();
    await dialog.getByText('No rules').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
  });

  it('leaves out four cells, and asks for three formats', async () => {
    const { page } = ui;
    await footer.getByRole('checkbox', { name: /of 12/ }).click();
    await tickedIs(12);
    for (const name of ['Hook 1 · Body 1 · CTA 1', 'Hook 1 · Body 2 · CTA 2', 'Hook 3 · Body 1 · CTA 2']) {
      await grid.getByRole('checkbox', { name: `Export ${name}` }).click();
    }
    await cell('Hook 2 · Body 1 · CTA 1').focus();
    await page.keyboard.press('Space');
    await tickedIs(8);
    for (const ratio of ['4:5', '1:1']) await footer.getByRole('checkbox', { name: ratio, exact: true }).click();
    await footer.getByRole('button', { name: 'Export 24 files…' }).waitFor();
    // One of them not in one format.
    await cell('Hook 3 · Body 2 · CTA 1').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Formats' }).click();
    await page.getByRole('menuitemcheckbox', { name: '1:1' }).click();
    await footer.getByRole('button', { name: 'Export 23 files…' }).waitFor();
    const line = footer.getByRole('note', { name: 'Estimate of the ticked variants' });
    await until(
      'the estimate',
      () => line.innerText(),
      (text) => /s of video make 23 files/.test(text),
    );
    expect(await faults('chosen')).toEqual([]);
  });

  it('exports them from the dialog, which begins with what is ticked', async () => {
    const { page } = ui;
    await footer.getByRole('button', { name: 'Export 23 files…' }).click();
    const dialog = ui.dialog(/^Export Matrix/);
    const file = dialog.getByRole('switch', { name: 'Hook 3 · Body 2 · CTA 1 in 1:1' });
    expect(await file.getAttribute('aria-checked')).toBe('false');
    await dialog.getByRole('combobox', { name: 'Quality' }).click();
    await page.getByRole('option', { name: /^Draft/ }).click();
    await open.chooseFolder(outFolder, () => dialog.getByRole('button', { name: 'Choose…' }).click());
    await dialog.getByRole('textbox', { name: 'Naming pattern' }).fill('{variant}_{ratio}');
    await dialog.getByRole('textbox', { name: 'Naming pattern' }).press('Enter');
    await dialog.getByRole('list', { name: 'First names' }).getByText('Hook 1-Body 1-CTA 2_9x16.mp4').waitFor();
    expect(await faults('export-files')).toEqual([]);
    await dialog.getByRole('tab', { name: 'Placements' }).click();
    // These ads are shorter than any feed takes: the place that would refuse them is named before anything is made.
    await dialog.getByRole('checkbox', { name: 'TikTok in-feed ad' }).click();
    const places = dialog.getByRole('region', { name: 'Placements' });
    await places.getByLabel('Breaks a rule').first().waitFor();
    expect(await dialog.getByRole('button', { name: 'Export 23 files' }).isDisabled()).toBe(true);
    expect(await faults('export-placements')).toEqual([]);
    await places
      .getByRole('button', { name: /^Leave out TikTok in-feed ad/ })
      .first()
      .click();
    await until(
      'the placement is left out',
      () => dialog.getByRole('checkbox', { name: 'TikTok in-feed ad' }).isChecked(),
      (isTicked) => !isTicked,
    );
    await dialog.getByRole('tab', { name: 'Hand-over' }).click();
    await dialog.getByRole('checkbox', { name: 'Table for the media buyer' }).click();
    expect(await faults('export-handover')).toEqual([]);
    await dialog.getByRole('button', { name: 'Export 23 files' }).click();
    await page.getByRole('region', { name: 'Batch of Matrix' }).waitFor();
  });

  it('shows in the cells what is being made, and how it came out', async () => {
    const { page } = ui;
    await ui.goTo('Board');
    const underWay = grid.getByRole('gridcell', { name: /Exporting|Waits to be exported/ });
    await underWay.first().waitFor();
    const done = grid.getByRole('gridcell', { name: /Exported as it is now, checked/ });
    await until(
      'eight checked cells in 9:16',
      () => done.count(),
      (count) => count === 8,
      120_000,
    );
    await ui.variants.getByRole('radio', { name: '1:1' }).click();
    await until(
      'seven checked cells in 1:1',
      () => done.count(),
      (count) => count === 7,
      120_000,
    );
    expect(await grid.getByRole('gridcell', { name: /left out in this format/ }).count()).toBe(1);
    await ui.variants.getByRole('radio', { name: '4:5' }).click();
    await until(
      'eight checked cells in 4:5',
      () => done.count(),
      (count) => count === 8,
      120_000,
    );
    expect(readdirSync(outFolder).filter((name) => name.endsWith('.mp4'))).toHaveLength(23);
    expect(await faults('made')).toEqual([]);
    await done
      .first()
      .getByRole('button', { name: /^Play the finished file/ })
      .click();
    const video = page.getByRole('dialog').locator('video');
    await until(
      'the film runs',
      () => video.evaluate((one: HTMLVideoElement) => one.currentTime),
      (at) => at > 0.2,
    );
    await page.keyboard.press('Escape');
  }, 300_000);

  it('says which are no longer as they were made', async () => {
    const { page } = ui;
    await page.keyboard.press('Shift+M');
    await ui.card('CTA 2').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('s');
    await page.locator('[data-clip][data-kind="media"]').nth(1).click();
    await page.keyboard.press('Delete');
    await ui.goTo('Board');
    await page.keyboard.press('Shift+M');
    const changed = grid.getByRole('gridcell', { name: /CTA 2, .*Changed since it was exported/ });
    await until(
      'four changed cells',
      () => changed.count(),
      (count) => count === 4,
    );
    await ui.variants.getByRole('radio', { name: 'Changed' }).click();
    await until(
      'only these are shown',
      () => page.getByTestId('variant-cell').count(),
      (count) => count === 4,
    );
    expect(await faults('changed')).toEqual([]);
    expect(open.studio.pageErrors).toEqual([]);
  });
});
