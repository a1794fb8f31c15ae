import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faces, type OpenStudio, openStudio } from './support/faces.ts';
import { makeNamedCuts } from './support/footage.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

describe.each(faces)('without a mouse (%s face)', (face) => {
  let open: OpenStudio;
  let ui: StudioPage;
  let files: string[];

  beforeAll(async () => {
    open = await openStudio(face);
    ui = studioPage(open.studio.page);
    files = (await makeNamedCuts(open.folder)).paths;
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => ui.page.keyboard.press(key)), Promise.resolve());
  const type = (text: string) => ui.page.keyboard.type(text);
  const path = () => new URL(ui.page.url()).hash.replace(/^#/, '') || '/';
  const goesTo = (place: string) =>
    until(
      `the page ${place}`,
      async () => path(),
      (now) => now === place,
    );
  const focused = () =>
    ui.page.evaluate(() => {
      const element = document.activeElement;
      const style = element ? getComputedStyle(element) : null;
      return {
        name: element?.getAttribute('aria-label') ?? element?.textContent?.trim().slice(0, 40) ?? '',
        isShown:
          style !== null &&
          (style.outlineStyle !== 'none' ||
            style.boxShadow !== 'none' ||
            element?.getAttribute('role') === 'separator'),
      };
    });

  it('makes an ad from the command palette', async () => {
    await ui.page.getByText('Start an ad').waitFor();
    await press('Control+k');
    await type('new ad');
    await press('Enter');
    await ui.dialog('New ad').waitFor();
    await type('By keys');
    await press('Enter');
    await ui.column('Hook').waitFor();
  });

  it('walks through the pages by their keys, not while typing', async () => {
    for (const [key, place] of [
      ['L', '/library'],
      ['P', '/projects'],
      ['X', '/exports'],
      ['R', '/review'],
      ['J', '/jobs'],
      ['B', '/'],
    ] as const) {
      await press(`Shift+${key}`);
      await goesTo(place);
    }
    await press('Control+Comma');
    await goesTo('/settings').catch(() => press('Control+,'));
    await goesTo('/settings');
    await press('Shift+L');
    await goesTo('/library');
    await press('Shift+B');
    await goesTo('/');
    await ui.page.getByRole('searchbox', { name: 'Search footage' }).focus();
    await type('LX');
    expect(path()).toBe('/');
    await press('Escape');
  });

  it('shows where the focus is, all the way round', async () => {
    await ui.page.locator('body').click({ position: { x: 700, y: 4 } });
    const seen: string[] = [];
    for (let step = 0; step < 30; step += 1) {
      await press('Tab');
      const { name, isShown } = await focused();
      expect({ step, name, isShown }).toEqual({ step, name, isShown: true });
      seen.push(name);
    }
    expect(new Set(seen).size).toBeGreaterThan(15);
  });

  it('sends footage to its column, opens, splits, undoes and plays it', async () => {
    await open.studio.drop('text=Drop footage here', files.slice(2, 3));
    await ui.card('Body 1').waitFor();
    const media = ui.media(basename(files[2] ?? ''));
    await media.focus();
    await press('Enter');
    await ui.page.getByTestId('stage').waitFor();
    await press('1');
    await press('Escape');
    const card = ui.card('Hook 1');
    await card.waitFor();
    await card.focus();
    await press('Enter');
    const clips = ui.page.locator('[data-clip]');
    await until(
      'the clip',
      () => clips.count(),
      (count) => count === 1,
    );
    await press('Shift+ArrowRight', 's');
    await until(
      'two clips',
      () => clips.count(),
      (count) => count === 2,
    );
    await press('Control+z');
    await until(
      'one clip',
      () => clips.count(),
      (count) => count === 1,
    );
    const position = ui.page.getByRole('textbox', { name: 'Position' });
    const before = await position.inputValue();
    await press('Space');
    await until(
      'the playhead moves',
      () => position.inputValue(),
      (now) => now !== before,
    );
    await press('Shift+B');
    await goesTo('/');
  });

  it('renames and duplicates an option on its card', async () => {
    const card = ui.card('Hook 1');
    await card.focus();
    await press('F2');
    await ui.page.getByRole('textbox', { name: 'Name of Hook 1' }).waitFor();
    await ui.page.waitForTimeout(150);
    await press('Control+a');
    await type('Question');
    await press('Enter');
    await ui.card('Question').focus();
    await press('Shift+F10');
    await ui.page.getByRole('menuitem', { name: 'Duplicate' }).waitFor();
    const line = () =>
      ui.page.evaluate(() => document.activeElement?.closest('[role="menuitem"], [role="menu"]')?.textContent ?? '');
    await until('the menu has the focus', line, (text) => text !== '');
    for (let step = 0; step < 12 && !(await line()).startsWith('Duplicate'); step += 1) {
      await press('ArrowDown');
      await ui.page.waitForTimeout(60);
    }
    expect(await line()).toMatch(/^Duplicate/);
    await press('Enter');
    await until(
      'two hooks',
      () => ui.column('Hook').getByRole('article').count(),
      (count) => count === 2,
    );
  });

  it('lists its keys, and exports by them', async () => {
    await press('Escape');
    await ui.page.locator('body').click({ position: { x: 700, y: 4 } });
    await press('?');
    const overview = ui.dialog('Keyboard shortcuts');
    for (const label of ['Search commands', 'Undo', 'Export…', 'Go to Library']) {
      await overview.getByText(label, { exact: false }).first().waitFor();
    }
    await press('Escape');
    await press('Control+e');
    await ui.dialog(/^Export By keys/).waitFor();
    await press('Escape');
    await ui.dialog(/^Export By keys/).waitFor({ state: 'hidden' });
    expect(open.studio.pageErrors).toEqual([]);
  });
});
