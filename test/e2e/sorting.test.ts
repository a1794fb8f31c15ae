import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faces, type OpenStudio, openStudio } from './support/faces.ts';
import { makeNamedCuts } from './support/footage.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { type StudioPage, studioPage } from './support/studio-page.ts';

describe.each(faces)('cuts made elsewhere, dropped together (%s face)', (face) => {
  let open: OpenStudio;
  let ui: StudioPage;

  beforeAll(async () => {
    open = await openStudio(face);
    ui = studioPage(open.studio.page);
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  it('go into the columns their names say, and combine', async () => {
    const { paths } = await makeNamedCuts(open.folder);
    await ui.newAd('Sorted');
    await open.studio.drop('text=Drop footage here', paths);
    await ui.toast('2 → Hook').waitFor();
    const counts: Record<string, number> = {};
    for (const name of ['Hook', 'Body', 'CTA']) counts[name] = await ui.column(name).getByRole('article').count();
    expect(counts).toEqual({ Hook: 2, Body: 1, CTA: 1 });
    expect(await ui.page.getByTestId('variant-cell').count()).toBe(2);
  });

  it('go into the one column they are dropped on, whatever they are called', async () => {
    const { paths } = await makeNamedCuts(await open.folderFor('again'));
    await open.studio.drop('section[aria-label="CTA"]', paths.slice(0, 1));
    await ui.column('CTA').getByRole('article').nth(1).waitFor();
    expect(await ui.column('Hook').getByRole('article').count()).toBe(2);
    expect(open.studio.pageErrors).toEqual([]);
  });
});
