import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Project, ProjectId } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { callEngine } from './support/call-engine.ts';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

/** More than fit on the screen with what is kept around it, far fewer than there are. */
const mostMounted = 180;

describe('a matrix of a thousand variants', () => {
  let open: OpenStudio;
  let ui: StudioPage;

  beforeAll(async () => {
    open = await openStudio('browser', { viewport: { width: 1440, height: 900 } });
    ui = studioPage(open.studio.page);
    await ui.newAd('Thousand');
    const folder = await open.folderFor('cuts');
    const cuts = { 'hook.mp4': 'red', 'body.mp4': 'green', 'cta.mp4': 'blue' };
    for (const [name, colour] of Object.entries(cuts))
      await makeVideo(join(folder, name), { size: '180x320', seconds: 0.4, source: `color=c=${colour}` });
    const paths = Object.keys(cuts).map((name) => join(folder, name));
    await open.studio.drop('text=Drop footage here', paths);
    await ui.card('CTA 1').waitFor();
    await grow();
    await ui.page.keyboard.press('Shift+M');
    await until(
      'a thousand variants',
      () => ui.variants.locator('footer').innerText(),
      (text) => text.includes('of 1,000'),
    );
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  const cells = () => ui.page.getByTestId('variant-cell').or(ui.page.getByTestId('blocked-cell'));
  const grid = () => ui.page.getByRole('grid', { name: 'Matrix of variants' });

  /** Ten options in each part. */
  async function grow(): Promise<void> {
    const { projects } = await callEngine<{ projects: { id: ProjectId }[] }>(ui.page, '/projects/list', {
      isRemoved: false,
    });
    const id = projects[0]?.id;
    const { project } = await callEngine<{ project: Project }>(ui.page, '/projects/get', { id });
    const edits = project.slots.flatMap(({ id: slotId, name, options: [first] }) =>
      Array.from({ length: 9 }, (_, n) => ({
        type: 'option.add',
        slotId,
        option: { id: `${slotId}-${n}`, name: `${name} ${n + 2}`, content: first?.content },
      })),
    );
    await callEngine(ui.page, '/projects/apply', { id, edit: { type: 'batch', label: 'Grow', edits } });
  }

  it('draws what is in view, wherever that is', async () => {
    expect(Number(await grid().getAttribute('aria-colcount'))).toBe(101);
    expect(await cells().count()).toBeLessThan(mostMounted);
    await cells().first().focus();
    await ui.page.keyboard.press('Control+End');
    const last = grid().getByRole('gridcell', { name: /^Hook 10 · Body 10 · CTA 10,/ });
    await until(
      'the last one has the focus',
      () => last.evaluateAll(([one]) => one !== undefined && one === document.activeElement),
      Boolean,
    );
    expect(await cells().count()).toBeLessThan(mostMounted);
  });

  it('ticks one, and forbids ten at once', async () => {
    const footer = ui.variants.locator('footer');
    const ticked = async () => Number(/^\d+/.exec(await footer.innerText())?.[0]);
    const before = await ticked();
    await ui.page.keyboard.press('Space');
    await until('one more', ticked, (count) => count === before + 1);
    await ui.page.keyboard.press('Shift+F10');
    await ui.page.getByRole('menuitem', { name: 'Never combine' }).focus();
    await ui.page.keyboard.press('ArrowRight');
    await ui.page.getByRole('menuitem', { name: 'Hook 10 with CTA 10' }).press('Enter');
    await until(
      'ten fewer',
      () => footer.innerText(),
      (text) => text.includes('of 990'),
    );
    expect(await cells().count()).toBeLessThan(mostMounted);
  });
});
