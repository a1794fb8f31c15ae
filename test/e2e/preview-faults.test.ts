import { renameSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asset, editSchema, type ProjectId } from '#shared/model/index.ts';
import { callEngine } from './support/call-engine.ts';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { type Footage, makeFootage } from './support/footage.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { colourOf, hueOf, lookAt } from './support/pictures.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

/** The red clip plays so often before the green one comes: longer than media are made ready ahead. */
const reds = 2;
const clipFrames = 90;
const lengthFrames = (reds + 1) * clipFrames;

describe('while it plays', () => {
  let open: OpenStudio;
  let ui: StudioPage;
  let footage: Footage;
  /** Where the library reads the green clip from: in a browser, a copy of what was dropped. */
  let greenPath: string;

  beforeAll(async () => {
    open = await openStudio('browser', { viewport: { width: 1440, height: 900 } });
    ui = studioPage(open.studio.page);
    footage = await makeFootage(open.folder);
    await ui.newAd('Faults');
    await open.studio.drop('text=Drop footage here', [footage.red, footage.green]);
    await ui.media(basename(footage.green)).waitFor();
    await openTimeline();
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  /** Red, red, green: one option, opened in the editor. */
  async function openTimeline(): Promise<void> {
    const { page } = ui;
    const { projects } = await callEngine<{ projects: { id: ProjectId }[] }>(page, '/projects/list', {});
    const { assets } = await callEngine<{ assets: Asset[] }>(page, '/library/list', { filter: {} });
    const of = (path: string) => assets.find(({ name }) => name === basename(path));
    greenPath = of(footage.green)?.locations[0]?.path ?? '';
    const clips = [...Array.from({ length: reds }, () => footage.red), footage.green].map((path, at) => ({
      ...{ id: `clip-${at}`, startFrame: at * clipFrames, lengthFrames: clipFrames },
      content: { kind: 'media', media: { assetId: of(path)?.id } },
    }));
    const content = { kind: 'sequence', sequenceId: 'faults' };
    const edit = editSchema.parse({
      ...{ type: 'batch', label: 'Clips' },
      edits: [
        { type: 'sequence.add', sequence: { id: 'faults', tracks: [{ id: 'main', kind: 'visual', clips }] } },
        { type: 'option.add', slotId: 'hook', option: { id: 'hook-1', name: 'Hook 1', content } },
      ],
    });
    await callEngine(page, '/projects/apply', { id: projects[0]?.id, edit });
    await ui.card('Hook 1').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-clip$="/clip-2"]').waitFor();
  }

  const still = () => ui.page.getByTestId('exact-still');
  const stage = () => ui.page.getByTestId('stage').last();
  const position = async () => {
    const code = await ui.page.getByRole('textbox', { name: 'Position' }).last().inputValue();
    const [, minutes = 0, seconds = 0, frames = 0] = code.split(':').map(Number);
    return (minutes * 60 + seconds) * 30 + frames;
  };
  const isPlaying = () => ui.page.getByRole('button', { name: 'Pause' }).last().isVisible();
  const isPast = (frame: number) => until(`frame ${frame} is past`, position, (now) => now > frame, 60_000);
  const isShown = (frame: number) =>
    until(
      `the still of frame ${frame}`,
      () => still().evaluateAll((all) => all.map((one) => one.dataset.frame)),
      (frames) => frames.includes(String(frame)),
      60_000,
    );
  const goTo = async (frame: number) => {
    const field = ui.page.getByRole('textbox', { name: 'Position' }).last();
    await field.fill(String(frame));
    await field.press('Enter');
  };
  const hueAt = async () => hueOf(colourOf(await lookAt(stage())));

  it('survives the loss of the graphics processor', async () => {
    await goTo(5);
    await isShown(5);
    await ui.page.keyboard.press('Space');
    await isPast(12);
    await ui.page.evaluate(() => {
      for (const canvas of document.querySelectorAll<HTMLCanvasElement>('[data-testid="exact-still"]'))
        canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
    });
    await isPast(40);
    expect(await isPlaying()).toBe(true);
    await ui.page.keyboard.press('Space');
    await goTo(61);
    await isShown(61);
    await until('red', hueAt, (hue) => hue === 'red');
  });

  it('survives a crash of the whole graphics process', async () => {
    await goTo(5);
    await isShown(5);
    await ui.page.keyboard.press('Space');
    await isPast(12);
    const session = await ui.page.context().newCDPSession(ui.page);
    await session.send('Browser.crashGpuProcess').catch(() => undefined);
    await isPast(40);
    await ui.page.keyboard.press('Space');
    await goTo(62);
    await isShown(62);
    await until('red', hueAt, (hue) => hue === 'red');
  });

  it('goes on over media that disappeared, says which, and shows them again when they are back', async () => {
    await goTo(5);
    await isShown(5);
    await ui.page.keyboard.press('Space');
    renameSync(greenPath, `${greenPath}.away`);
    try {
      await isPast(reds * clipFrames + 10);
      await until('it has come to the end', isPlaying, (playing) => !playing, 60_000);
      expect(await position()).toBe(lengthFrames - 1);
      await goTo(reds * clipFrames + 30);
      await ui.page
        .getByRole('alert')
        .filter({ hasText: 'green table.mp4 cannot be found' })
        .waitFor({ timeout: 30_000 });
    } finally {
      renameSync(`${greenPath}.away`, greenPath);
    }
    await until(
      'the exact frame of the file that is back',
      async () => {
        await ui.page.evaluate(() => window.dispatchEvent(new Event('focus')));
        return still().evaluateAll((all) => all.map((one) => one.dataset.frame));
      },
      (frames) => frames.includes(String(reds * clipFrames + 30)),
      60_000,
    );
    await until('green', hueAt, (hue) => hue === 'green');
    await goTo(reds * clipFrames - 20);
    await ui.page.keyboard.press('Space');
    await isPast(reds * clipFrames + 20);
    await until('green while it plays', hueAt, (hue) => hue === 'green', 60_000);
  });
});
