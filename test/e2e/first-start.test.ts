import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faces, type OpenStudio, openStudio } from './support/faces.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { difference, lookAt } from './support/pictures.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

describe.each(faces)('the first start (%s face)', (face) => {
  let open: OpenStudio;
  let ui: StudioPage;

  beforeAll(async () => {
    open = await openStudio(face, { hasSample: true });
    ui = studioPage(open.studio.page);
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  it('opens the finished sample ad on the board', async () => {
    await ui.page
      .getByRole('heading', { name: /sample/ })
      .first()
      .waitFor();
    const counts: number[] = [];
    for (const name of ['Hook', 'Body', 'CTA']) counts.push(await ui.column(name).getByRole('article').count());
    expect(counts).toEqual([3, 1, 2]);
    expect(await ui.page.getByTestId('variant-cell').count()).toBe(6);
  });

  it('plays a card in its place', async () => {
    const card = ui.column('Hook').getByRole('article').first();
    const play = card.getByRole('button', { name: /^Play/ });
    await until(
      'the picture moves',
      async () => {
        // A hook is over in three seconds: on a slow machine before it has been looked at twice.
        if (await play.isVisible()) await play.click();
        const before = await lookAt(card);
        return difference(before, await lookAt(card));
      },
      (part) => part > 0.01,
      50_000,
    );
    await card.getByRole('button', { name: /^(Play|Stop)/ }).waitFor();
  });

  it('ticks each hook once, in 9:16, for the first export', async () => {
    await ui.page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
    const dialog = ui.dialog(/^Export/);
    const isTicked = async (name: string) => dialog.getByRole('checkbox', { name, exact: true }).isChecked();
    const ratios = await Promise.all(['9:16', '4:5', '1:1', '16:9'].map(isTicked));
    expect(ratios).toEqual([true, false, false, false]);
    const ticked = dialog.getByRole('list', { name: 'Variants' }).getByRole('checkbox', { checked: true });
    const names = await ticked.evaluateAll((boxes) =>
      boxes.map((box) => box.getAttribute('aria-label') ?? box.parentElement?.textContent ?? ''),
    );
    expect(new Set(names.map((name) => name.split(' · ')[0])).size).toBe(3);
    expect(names).toHaveLength(3);
    await dialog.getByRole('button', { name: 'Export 3 files' }).waitFor();
    await dialog.getByRole('region', { name: 'Estimate' }).waitFor();
    expect(open.studio.pageErrors).toEqual([]);
  });
});
