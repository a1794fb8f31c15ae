import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProjectState } from '#shared/contract/index.ts';
import { projectSchema } from '#shared/model/index.ts';
import { callEngine } from './support/call-engine.ts';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { accessFaults } from './support/faults-of-page.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

const pictures = join(import.meta.dirname, '../../test-results/safe-zones');

describe('safe zones and layouts per ratio', () => {
  let open: OpenStudio;
  let ui: StudioPage;
  let projectId: string;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    open = await openStudio('browser');
    ui = studioPage(open.studio.page);
    await ui.newAd('Zones');
    const { projects } = await callEngine<{ projects: { id: string; name: string }[] }>(ui.page, '/projects/list', {});
    projectId = projects.find(({ name }) => name === 'Zones')?.id ?? '';
    await callEngine(ui.page, '/projects/apply', {
      id: projectId,
      edit: { type: 'project.replace', project: adWithWords(projectId) },
    });
    const card = ui.card('Hook 1');
    await card.waitFor();
    await card.focus();
    await ui.page.keyboard.press('Enter');
    await ui.page.locator('[data-clip]').first().waitFor();
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  const overlay = () => ui.page.getByTestId('interface-overlay');
  const state = () => callEngine<ProjectState>(ui.page, '/projects/get', { id: projectId });
  const clip = async (id: string) => {
    const { project } = await state();
    return project.sequences.flatMap(({ tracks }) => tracks.flatMap(({ clips }) => clips)).find((one) => one.id === id);
  };
  const selected = () => ui.page.locator('[data-clip][aria-pressed="true"]');
  const position = () => ui.page.getByRole('textbox', { name: 'Position', exact: true }).inputValue();

  it('draws the interface of the placement chosen, without moving anything, and remembers it', async () => {
    const stage = ui.page.getByTestId('stage');
    const before = await stage.boundingBox();
    await ui.page.keyboard.press('Shift+S');
    await overlay().waitFor();
    expect(await overlay().getAttribute('data-placement')).toBe('tiktok-in-feed');
    for (const name of ['Instagram Reel', 'Instagram Story', 'YouTube Short', 'All placements', 'TikTok in-feed ad']) {
      await ui.page.getByRole('button', { name: 'Choose whose safe zones' }).click();
      await ui.page.getByRole('menuitemcheckbox', { name }).click();
      await ui.page.getByTestId('safe-box').getByText(name).waitFor();
      await stage.screenshot({ path: join(pictures, `${name}.png`) });
      expect(await stage.boundingBox()).toEqual(before);
    }
    for (const [key, name] of [
      ['2', 'Meta feed ad 4:5'],
      ['3', 'Meta feed ad 1:1'],
      ['4', 'Landscape 16:9'],
    ] as const) {
      await ui.page.keyboard.press(`Alt+${key}`);
      await ui.page.getByTestId('safe-box').getByText(name).waitFor();
      await stage.screenshot({ path: join(pictures, `${name.replace(':', 'x')}.png`) });
    }
    await ui.page.keyboard.press('Alt+1');
    await ui.page.keyboard.press('Alt+Shift+S');
    await ui.page.getByTestId('safe-box').getByText('Instagram Reel').waitFor();
    await ui.page.reload();
    await overlay().waitFor();
    expect(await overlay().getAttribute('data-placement')).toBe('instagram-reels');
    await ui.page.keyboard.press('Shift+S');
    await overlay().waitFor({ state: 'detached' });
  });

  it('names words under the interface, goes there, and moves them in one step that undo takes back', async () => {
    const button = ui.page.getByRole('button', { name: '1 text is covered or cut off' });
    await button.waitFor();
    await ui.page.keyboard.press('Alt+Z');
    const list = ui.page.getByRole('list', { name: 'Findings' });
    const row = list.getByRole('button', { name: /^Under the caption/ });
    await row.waitFor();
    expect(await row.textContent()).toContain(
      'Covered by the caption and call to action in TikTok in-feed ad, Instagram Reel and Instagram Story',
    );
    await ui.page.screenshot({ path: join(pictures, 'list.png') });
    expect(await accessFaults(ui.page)).toEqual([]);
    await row.click();
    await until('the playhead is there', position, (at) => at.includes('02'));
    expect(await selected().count()).toBe(1);
    await ui.page.getByRole('button', { name: 'Move “Under the caption” into the safe zone' }).click();
    await list.getByText('Words and logos are clear of the interface.').waitFor();
    await ui.page.keyboard.press('Escape');
    await ui.page.getByRole('button', { name: 'Words and logos are clear' }).waitFor();
    expect(await clip('cl_low')).toMatchObject({ layout: { y: 0.3 }, overrides: { '9:16': { x: 0 } } });
    expect((await state()).undoLabel).toBe('Move into the safe zone');
    await ui.page.keyboard.press('Control+z');
    await button.waitFor();
    expect((await clip('cl_low'))?.overrides).toEqual({});
  });

  it('moves and scales on the picture, drawn to the middle, and gives up with Escape', async () => {
    const layer = ui.page.getByTestId('canvas-layer');
    const box = await layer.boundingBox();
    if (!box) throw new Error('no picture');
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await ui.page.keyboard.press('Home');
    await ui.page.mouse.click(middle.x, middle.y);
    const frame = ui.page.getByTestId('canvas-box');
    await frame.waitFor();
    await ui.page.mouse.move(middle.x, middle.y);
    await ui.page.mouse.down();
    await ui.page.mouse.move(middle.x + 2, middle.y - box.height * 0.1, { steps: 5 });
    await ui.page.getByTestId('guide').first().waitFor();
    await ui.page.screenshot({ path: join(pictures, 'guides.png') });
    await ui.page.mouse.up();
    const moved = await until(
      'the words are higher',
      () => clip('cl_top'),
      (now) => (now?.layout.y ?? 0) < -0.05,
    );
    // Two pixels off the middle are drawn back to it.
    expect(moved?.layout.x).toBe(0);
    const corner = await frame.locator('[data-corner]').last().boundingBox();
    if (!corner) throw new Error('no corner');
    await ui.page.mouse.move(corner.x + 4, corner.y + 4);
    await ui.page.mouse.down();
    await ui.page.mouse.move(corner.x + 24, corner.y + 12, { steps: 4 });
    await ui.page.keyboard.press('Escape');
    await ui.page.mouse.up();
    expect((await clip('cl_top'))?.layout.scale).toBe(1);
    await ui.page.keyboard.press('Control+z');
    await until(
      'it is back',
      () => clip('cl_top'),
      (now) => now?.layout.y === 0,
    );
  });

  it('gives one ratio a value of its own, marks it, and takes it back', async () => {
    await ui.page
      .locator('[data-clip][data-kind="text"]')
      .first()
      .click({ position: { x: 20, y: 8 } });
    const before = await position();
    await ui.page.keyboard.press('Alt+3');
    await ui.page.getByLabel('Preview, 1:1').waitFor();
    expect([await position(), await selected().count()]).toEqual([before, 1]);
    await ui.page.getByRole('radio', { name: 'Only 1:1' }).click();
    const y = ui.page.getByRole('textbox', { name: 'Position Y, per cent' });
    await y.fill('20');
    await y.press('Enter');
    const mark = ui.page.getByRole('button', { name: 'Position Y differs in 1:1' });
    await mark.waitFor();
    await ui.page.screenshot({ path: join(pictures, 'override.png') });
    expect((await clip('cl_top'))?.overrides).toEqual({ '1:1': { y: 0.2 } });
    await y.blur();
    await ui.page.keyboard.press('Alt+1');
    await ui.page.getByRole('img', { name: 'Position Y differs in 1:1' }).waitFor();
    expect(await y.inputValue()).toBe('0');
    await ui.page.keyboard.press('Alt+3');
    await mark.click();
    await ui.page.getByRole('menuitem', { name: 'Apply to all ratios' }).click();
    await mark.waitFor({ state: 'detached' });
    expect(await clip('cl_top')).toMatchObject({ layout: { y: 0.2 }, overrides: {} });
  });

  it('keeps the buttons under the picture apart at every size', async () => {
    for (const [width, height] of [
      [1480, 920],
      [1280, 720],
      [720, 450],
    ] as const) {
      await ui.page.setViewportSize({ width, height });
      await ui.page.waitForTimeout(150);
      await ui.page.screenshot({ path: join(pictures, `bar ${width}.png`) });
      const overlaps = await ui.page.getByRole('toolbar', { name: 'Player', exact: true }).evaluate((bar) => {
        const seen = [...bar.querySelectorAll('button')].filter((button) => button.checkVisibility());
        const boxes = seen.map((button) => ({
          name: button.ariaLabel ?? button.innerText,
          box: button.getBoundingClientRect(),
        }));
        return boxes.flatMap((one, index) =>
          boxes
            .slice(index + 1)
            .filter(({ box }) => box.left < one.box.right - 0.5 && one.box.left < box.right - 0.5)
            .map((other) => `${one.name} and ${other.name}`),
        );
      });
      expect([width, overlaps]).toEqual([width, []]);
    }
    expect(open.studio.pageErrors).toEqual([]);
  });
});

/** One hook: a colour for four seconds, words in the middle, then words low in the frame. */
function adWithWords(id: string) {
  const words = (clipId: string, startFrame: number, text: string, layout: object) => ({
    ...{ id: clipId, startFrame, lengthFrames: 60, layout },
    content: { kind: 'text', text, style: { sizePx: 90 } },
  });
  const ground = { id: 'cl_ground', startFrame: 0, lengthFrames: 120, content: { kind: 'colour', colour: '#3B5B7A' } };
  const low = words('cl_low', 60, 'Under the caption', { y: 0.3 });
  return projectSchema.parse({
    ...{ id, name: 'Zones' },
    sequences: [
      {
        id: 'sq_1',
        tracks: [
          { id: 'tr_1', kind: 'visual', clips: [ground] },
          { id: 'tr_2', kind: 'visual', clips: [words('cl_top', 0, 'In the middle', {}), low] },
        ],
      },
    ],
    slots: [
      {
        ...{ id: 'sl_1', name: 'Hook', role: 'hook' },
        options: [{ id: 'op_1', name: 'Hook 1', content: { kind: 'sequence', sequenceId: 'sq_1' } }],
      },
    ],
  });
}
