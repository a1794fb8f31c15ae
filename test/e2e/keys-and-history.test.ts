import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Project, ProjectId } from '#shared/model/index.ts';
import { callEngine } from './support/call-engine.ts';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';
import { openTextTimeline } from './support/text-timeline.ts';

describe('keys of one’s own, history, in and out', () => {
  let open: OpenStudio;
  let ui: StudioPage;
  let projectId: ProjectId;
  let editor: string;

  beforeAll(async () => {
    open = await openStudio('browser', { viewport: { width: 1440, height: 900 } });
    ui = studioPage(open.studio.page);
    projectId = await openTextTimeline(ui.page, 'Mine');
    editor = new URL(ui.page.url()).hash;
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  const clips = async () => {
    const { project } = await callEngine<{ project: Project }>(ui.page, '/projects/get', { id: projectId });
    return project.sequences[0]?.tracks.flatMap((track) => track.clips) ?? [];
  };
  const countIs = (count: number) =>
    until(
      `${count} clips`,
      async () => (await clips()).length,
      (now) => now === count,
    );
  const row = (command: string) => ui.page.getByRole('group', { name: command, exact: true });
  const keysOf = (command: string) => row(command).locator('kbd').allInnerTexts();
  const change = async (command: string, key: string) => {
    await row(command)
      .getByRole('button', { name: /^(Change|Set)$/ })
      .click();
    await ui.page.keyboard.press(key);
  };
  const toEditor = async () => {
    await ui.page.evaluate((hash) => {
      location.hash = hash;
    }, editor);
    await ui.page.locator('[data-clip$="/one"]').waitFor();
  };

  it('are pressed to be chosen, and told where they belong to another command', async () => {
    await ui.goTo('Settings');
    await ui.page.getByRole('searchbox', { name: 'Search commands and keys' }).fill('timeline');
    await change('Split at the playhead', 'F4');
    await until(
      'the new key',
      () => keysOf('Split at the playhead'),
      (keys) => keys.join() === 'F4',
    );
    await change('Turn snapping on or off', 'F4');
    const conflict = row('Turn snapping on or off').getByRole('alert');
    expect(await conflict.innerText()).toContain('“Split at the playhead”');
    await conflict.getByRole('button', { name: 'Use it here instead' }).click();
    await until(
      'taken from the other',
      () => keysOf('Split at the playhead'),
      (keys) => keys.length === 0,
    );
    await row('Turn snapping on or off')
      .getByRole('button', { name: /^Reset/ })
      .click();
    await change('Split at the playhead', 'F4');
    await until(
      'given back',
      () => keysOf('Split at the playhead'),
      (keys) => keys.join() === 'F4',
    );
  });

  it('work in the editor and are shown there, after a reload too', async () => {
    await ui.page.reload();
    await toEditor();
    await ui.page.getByRole('button', { name: 'Split', exact: true }).hover();
    await ui.page.getByRole('tooltip').filter({ hasText: 'F4' }).waitFor();
    await ui.page.keyboard.press('Home');
    await ui.page.keyboard.press('ArrowDown');
    await ui.page.keyboard.press('Shift+ArrowRight');
    await ui.page.locator('[data-clip$="/one"]').click();
    await ui.page.keyboard.press('s');
    await ui.page.keyboard.press('F4');
    await countIs(3);
  });

  it('a step of the history is gone to, left for another, and brought back as a new one', async () => {
    await ui.page.keyboard.press('Alt+h');
    const history = ui.page.getByRole('region', { name: 'History' });
    const steps = history.getByRole('listitem');
    await steps.filter({ hasText: 'Texts' }).getByRole('button').first().click();
    await countIs(2);
    await steps.filter({ hasText: 'Split clip' }).filter({ hasText: 'undone' }).getByRole('button').first().click();
    await countIs(3);
    const before = steps.filter({ hasText: 'Texts' });
    await before.hover();
    await before.getByRole('button', { name: 'Restore “Texts” as a new step' }).click();
    await countIs(2);
    await ui.page.keyboard.press('Control+z');
    await countIs(3);
    await ui.page.keyboard.press('Alt+h');
    await history.waitFor({ state: 'detached' });
  });

  it('a stretch between in and out is cut out of all tracks', async () => {
    const length = async () => Math.max(...(await clips()).map((clip) => clip.startFrame + clip.lengthFrames));
    const before = await length();
    await ui.page.keyboard.press('Home');
    for (let step = 0; step < 2; step += 1) await ui.page.keyboard.press('Shift+ArrowRight');
    await ui.page.keyboard.press('i');
    await ui.page.keyboard.press('Shift+ArrowRight');
    await ui.page.keyboard.press('o');
    await ui.page.getByTestId('range-band').waitFor();
    await ui.page.keyboard.press("'");
    await until('eleven frames less', length, (now) => now === before - 11);
    await ui.page.getByTestId('range-band').waitFor({ state: 'detached' });
  });
});
