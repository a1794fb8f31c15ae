import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { type HeadlessEngine, startHeadless } from './support/launch.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

describe('an engine that dies under the open page', () => {
  let open: OpenStudio;
  let ui: StudioPage;
  let second: HeadlessEngine | undefined;

  beforeAll(async () => {
    open = await openStudio('browser');
    ui = studioPage(open.studio.page);
  });
  afterAll(async () => {
    await second?.stop();
    await open?.close();
  });
  keepPictureOfFailures(() => open);

  it('is said so over the page, with what happens next', async () => {
    await ui.newAd('Survivor');
    await ui.choose('More for Hook', 'Rename');
    await ui.page.getByRole('textbox', { name: 'Name of Hook' }).fill('Opening');
    await ui.page.keyboard.press('Enter');
    await ui.column('Opening').waitFor();
    await ui.page.getByRole('button', { name: 'Add a part' }).click();
    await ui.column('Part').waitFor();
    // What was drawn is sent at once; the last second may be lost in a crash, not more.
    await ui.page.waitForTimeout(1000);
    await open.studio.kill();
    const notice = ui.page.getByRole('alertdialog');
    await notice.getByText('Connection lost').waitFor();
    expect(await notice.innerText()).toMatch(/saved/);
    await notice.getByRole('button', { name: 'Try now' }).waitFor();
  });

  it('tells the old page what to do once a new engine is there', async () => {
    const { port } = new URL(open.studio.url);
    second = await startHeadless(
      { library: join(open.folder, 'library'), environment: { SPOTLOOM_SAMPLE: '0' } },
      Number(port),
    );
    const notice = ui.page.getByRole('alertdialog');
    await notice.getByRole('button', { name: 'Try now' }).click();
    await until(
      'the notice says what to do',
      () => notice.innerText(),
      (text) => /link/.test(text) && /terminal/.test(text),
      20_000,
    );
  });

  it('has lost nothing when the new link is opened', async () => {
    // Into the same tab, as people do: it differs from the old address only behind the #.
    await ui.page.goto(second?.url ?? '');
    await ui.page.getByRole('alertdialog').waitFor({ state: 'detached' });
    for (const name of ['Opening', 'Body', 'CTA', 'Part']) await ui.column(name).waitFor();
    await ui.page.keyboard.press('Control+z');
    await ui.column('Part').waitFor({ state: 'detached' });
    await ui.column('Opening').waitFor();
  });
});
