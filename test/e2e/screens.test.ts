import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { accessFaults, layoutFaults, reachFaults } from './support/faults-of-page.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

const folder = join(import.meta.dirname, '../../test-results/screens');
const sizes = [
  { name: '1440', width: 1440, height: 900 },
  { name: '1280', width: 1280, height: 720 },
  // A 1440 × 900 screen at 200 % zoom.
  { name: 'zoom', width: 720, height: 450 },
] as const;

/** A 1280 × 800 screen at 200 % zoom, in which every control of the main pages can be brought into view. */
const smallest = { width: 640, height: 400 };
const mainScreens = new Set([
  ...['board', 'option timeline', 'export', 'library', 'projects', 'exports, empty', 'review, empty', 'settings'],
  ...['command palette', 'shortcuts'],
]);

/** The last one is left on. */
const themes = ['light', 'dark'] as const;

/** Runs in the page: another theme, and the end of every change of colour that it begins. */
async function showTheme(theme: string): Promise<void> {
  document.documentElement.dataset.theme = theme;
  const endless = (one: Animation) => one.effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY;
  await Promise.allSettled(
    document
      .getAnimations()
      .filter((one) => !endless(one))
      .map(({ finished }) => finished),
  );
}

/** A page or state of the studio: how a person gets there, and away again. */
interface Screen {
  name: string;
  open: (ui: StudioPage) => Promise<unknown>;
  close?: (ui: StudioPage) => Promise<unknown>;
}

const leave = (ui: StudioPage) => ui.page.keyboard.press('Escape');
const board = (ui: StudioPage) => ui.goTo('Board');

const screens: Screen[] = [
  { name: 'board', open: board },
  {
    name: 'text of an option',
    open: async (ui) => {
      await ui.column('Hook').getByRole('article').first().hover();
      await ui
        .column('Hook')
        .getByRole('button', { name: /^More for (?!Hook$)/ })
        .first()
        .click();
      await ui.page.getByRole('menuitem', { name: 'Change text…' }).click();
    },
    close: leave,
  },
  {
    name: 'variant player',
    open: async (ui) => {
      await ui.page.getByTestId('variant-cell').first().hover();
      await ui.page
        .getByRole('button', { name: /^Open .* large$/ })
        .first()
        .click();
      await ui.page.getByRole('dialog').getByTestId('stage').waitFor();
      await ui.page.waitForTimeout(600);
      await ui.page.keyboard.press('k');
    },
    close: leave,
  },
  {
    name: 'source viewer',
    open: async (ui) => {
      await ui.footage.getByRole('button').nth(3).dblclick();
      await ui.page.getByRole('dialog').getByTestId('stage').waitFor();
    },
    close: leave,
  },
  {
    name: 'option timeline',
    open: async (ui) => {
      const card = ui.column('Hook').getByRole('article').first();
      await card.focus();
      await ui.page.keyboard.press('Enter');
      await ui.page.locator('[data-clip]').first().waitFor();
    },
  },
  {
    name: 'option timeline, text selected',
    open: (ui) =>
      ui.page
        .locator('[data-clip][data-kind="text"]')
        .first()
        .click({ position: { x: 40, y: 8 } }),
    close: board,
  },
  {
    name: 'variant timeline',
    open: async (ui) => {
      await ui.page.getByTestId('variant-cell').first().click({ button: 'right' });
      await ui.page.getByRole('menuitem', { name: 'Open timeline' }).click();
      await ui.page.locator('[data-clip]').first().waitFor();
    },
    close: board,
  },
  {
    name: 'export',
    open: async (ui) => {
      await ui.page.keyboard.press('Control+e');
      await ui.page.getByRole('region', { name: 'Estimate' }).waitFor();
    },
    close: leave,
  },
  { name: 'new ad', open: async (ui) => ui.choose('Ads', 'New ad…'), close: leave },
  { name: 'history', open: async (ui) => ui.choose('Ads', 'History'), close: (ui) => ui.page.keyboard.press('Alt+h') },
  {
    name: 'music picker',
    open: async (ui) => ui.column('Voice-over').getByRole('button', { name: 'Drop sound here' }).click(),
    close: leave,
  },
  { name: 'library', open: (ui) => ui.goTo('Library') },
  {
    name: 'library, one selected',
    open: (ui) => ui.page.getByTestId('media-tile').first().click(),
    close: (ui) => ui.page.keyboard.press('Escape'),
  },
  { name: 'projects', open: (ui) => ui.goTo('Projects') },
  { name: 'exports, empty', open: (ui) => ui.goTo('Exports') },
  { name: 'review, empty', open: (ui) => ui.goTo('Review') },
  { name: 'jobs', open: (ui) => ui.goTo('Jobs') },
  { name: 'settings', open: (ui) => ui.goTo('Settings') },
  { name: 'command palette', open: (ui) => ui.page.keyboard.press('Control+k'), close: leave },
  { name: 'shortcuts', open: (ui) => ui.page.keyboard.press('?'), close: leave },
];

describe('every page and state', () => {
  let open: OpenStudio;
  let ui: StudioPage;

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    open = await openStudio('browser', { hasSample: true, viewport: sizes[0] });
    ui = studioPage(open.studio.page);
    await ui.page
      .getByRole('heading', { name: /sample/ })
      .first()
      .waitFor();
    await until(
      'all previews',
      () => ui.page.getByRole('button', { name: 'No jobs' }).count(),
      (count) => count > 0,
      90_000,
    );
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  it.each(screens)('$name: fits, and can be used by everyone', async ({ name, open: show, close }) => {
    const { page } = ui;
    await show(ui);
    const faults: string[] = [];
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.waitForTimeout(200);
      await page.screenshot({ path: join(folder, `${name.replaceAll(/\W+/g, '-')}-${size.name}.png`) });
      faults.push(...(await layoutFaults(page)).map((fault) => `${size.name}: ${fault}`));
    }
    if (mainScreens.has(name)) {
      await page.setViewportSize(smallest);
      await page.waitForTimeout(200);
      faults.push(...(await layoutFaults(page)), ...(await reachFaults(page)));
    }
    await page.setViewportSize(sizes[0]);
    for (const theme of themes) {
      await page.evaluate(showTheme, theme);
      if (theme === 'light') await page.screenshot({ path: join(folder, `${name.replaceAll(/\W+/g, '-')}-light.png`) });
      faults.push(...(await accessFaults(page)).map((fault) => `${theme}: ${fault}`));
    }
    await close?.(ui);
    expect(faults).toEqual([]);
  });

  it('moves nothing for those who asked for less motion', async () => {
    const { page } = ui;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('What do you want to do?').waitFor();
    const longest = await page.evaluate(() =>
      Math.max(
        0,
        ...[...document.querySelectorAll('*')].flatMap((one) => {
          const { animationName, animationDuration, transitionDuration } = getComputedStyle(one);
          const seconds = (text: string) => Math.max(...text.split(',').map((part) => Number.parseFloat(part) || 0));
          return [animationName === 'none' ? 0 : seconds(animationDuration), seconds(transitionDuration)];
        }),
      ),
    );
    expect(longest).toBeLessThanOrEqual(0.01);
    await page.keyboard.press('Escape');
    await page.emulateMedia({ reducedMotion: null });
  });

  it('logged no error and broke no rule of the page', () => {
    expect(open.studio.pageErrors).toEqual([]);
  });
});
