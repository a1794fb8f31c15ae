import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { framesOf, measureVideo, toneLevelDb } from './support/pictures.ts';
import {
  clipsOf,
  expectShots,
  filmsOf,
  isInFilm,
  mainTrack,
  makeShoot,
  readAd,
  type Shoot,
  type Still,
  takeStill,
  tellAsOneStory,
  tones,
} from './support/session.ts';
import { dragBy, type StudioPage, studioPage, until } from './support/studio-page.ts';

/** A loaded machine draws and encodes slowly; nothing here is about speed. */
const patient = 300_000;

describe('an editor’s session with the mouse', { retry: 0 }, () => {
  let open: OpenStudio;
  let ui: StudioPage;
  let shoot: Shoot;
  let outFolder: string;
  /** What was seen on the way: as it was exported, and as it was before the last changes. */
  const stills: Still[] = [];
  const outdated: Still[] = [];

  beforeAll(async () => {
    open = await openStudio('browser', { viewport: { width: 1600, height: 1080 } });
    ui = studioPage(open.studio.page);
    shoot = await makeShoot(open.folder);
    outFolder = join(open.folder, 'delivery');
    mkdirSync(outFolder);
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);
  tellAsOneStory();

  const films = () => ui.page.locator('[data-clip][data-kind="media"]');
  const title = () => ui.page.locator('[data-clip][data-kind="text"]').filter({ hasText: /headline|HALF PRICE/ });
  const tool = (name: RegExp) => ui.page.getByRole('button', { name }).click();
  const button = (name: string) => ui.page.getByRole('button', { name, exact: true });
  const track = (what: string, wanted: string) =>
    until(
      what,
      () => mainTrack(ui.page),
      (now) => now === wanted,
    );
  const boxOf = async (locator: ReturnType<typeof films>) => {
    const box = await locator.boundingBox();
    if (!box) throw new Error('not in view');
    return box;
  };
  /** Drags on the timeline from a point of a clip by pixels. */
  const drag = async (from: { x: number; y: number }, dx: number, dy = 0) => {
    await ui.page.mouse.move(from.x, from.y);
    await ui.page.mouse.down();
    await ui.page.mouse.move(from.x + dx / 2, from.y + dy / 2, { steps: 4 });
    await ui.page.mouse.move(from.x + dx, from.y + dy, { steps: 4 });
    await ui.page.mouse.up();
  };
  /** Pixels of a frame: the first clip is as long as that. */
  const scale = async (frames: number) => ((await boxOf(films().first())).width + 1) / frames;
  /** Clicks into the ruler. */
  const goTo = async (frame: number) => {
    const ruler = await boxOf(ui.page.getByTestId('ruler'));
    const first = await boxOf(films().first());
    await ui.page.mouse.click(first.x + (frame + 0.5) * (await scale(40)), ruler.y + ruler.height / 2);
    const position = ui.page.getByRole('textbox', { name: 'Position', exact: true });
    await until(
      `frame ${frame}`,
      async () => framesOf(await position.inputValue()),
      (now) => Math.abs(now - frame) <= 1,
    );
  };
  const still = async (ratio: Still['ratio'], frame: number, what: string) => {
    await goTo(frame);
    return takeStill(ui.page, ratio, `${ratio}, ${what}`);
  };

  it(
    'starts from nothing with files dropped into the footage',
    async () => {
      await ui.newAd('Spring');
      const files = [shoot.talk, shoot.table, shoot.bed, shoot.captions];
      await open.studio.drop('text=Drop footage here', files);
      for (const file of files) await ui.media(basename(file)).waitFor();
      await ui.media('talk.mp4').dragTo(ui.column('Hook'));
      await ui.card('Hook 1').waitFor();
      await ui.media('bed.wav').dragTo(ui.column('Music'));
      await ui.column('Music').getByText('bed').first().waitFor();
      await ui.page.getByTestId('variant-cell').first().click({ button: 'right' });
      await ui.page.getByRole('menuitem', { name: 'Open timeline' }).click();
      await films().first().waitFor();
    },
    patient,
  );

  it(
    'places, trims, ripples, splits and moves clips',
    async () => {
      const tracks = ui.page.getByTestId('timeline-scroll');
      const { width } = await boxOf(tracks);
      await ui.media('table.mp4').dragTo(tracks, { targetPosition: { x: width - 60, y: 110 } });
      await track('placed behind', 'talk 0-90, table 90-180');
      await button('Zoom to fit').click();
      const perFrame = await scale(90);
      await films().nth(1).hover();
      await dragBy(films().nth(1).locator('[data-edge="start"]'), 30 * perFrame);
      await track('its start trimmed', 'talk 0-90, table 90-150');
      await tool(/^Ripple:/);
      const first = await boxOf(films().first());
      await drag({ x: first.x + first.width - 4, y: first.y + 30 }, -20 * perFrame);
      await track('rippled', 'talk 0-70, table 70-130');
      await tool(/^Razor/);
      await films()
        .first()
        .click({ position: { x: 40 * perFrame, y: 30 } });
      await track('cut', 'talk 0-40, talk 40-70, table 70-130');
      await tool(/^Select and move/);
      const [held, before] = [await boxOf(films().nth(2)), await boxOf(films().nth(1))];
      await drag({ x: held.x + held.width / 2, y: held.y + 30 }, before.x + 3 - held.x - held.width / 2);
      await track('moved between', 'talk 0-40, table 40-100, talk 100-130');
    },
    patient,
  );

  it(
    'sets a title and moves it on the picture',
    async () => {
      await button('Zoom to fit').click();
      await goTo(20);
      await button('Text').click();
      const words = ui.page.getByRole('textbox', { name: 'Words', exact: true });
      await words.fill('HALF PRICE');
      await title().first().waitFor();
      // The film below is selected and fills the frame: what lies on it can be taken hold of all the same.
      await films().first().click();
      const canvas = await boxOf(ui.page.getByTestId('canvas-layer'));
      await drag({ x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height * 0.66 }, 1, -canvas.height * 0.4);
      await until(
        'the title further up, the film where it was',
        async () => clipsOf(await readAd(ui.page)).map(({ content, layout }) => [content.kind, layout.y] as const),
        (all) => all.every(([kind, y]) => (kind === 'text' ? y < -0.1 : y === 0)),
      );
    },
    patient,
  );

  it(
    'captions it from a file, each word in a box as it is said',
    async () => {
      const tracks = ui.page.getByTestId('timeline-scroll');
      outdated.push(await still('9:16', 30, 'no captions yet'));
      await ui.media('words.srt').dragTo(tracks, { targetPosition: { x: 400, y: 150 } });
      await ui.toast('2 captions put on Hook 1').waitFor();
      await button('Show captions').click();
      await button('Word in a box').click();
      await until(
        'a highlight',
        async () => (await readAd(ui.page)).globals.find(({ kind }) => kind === 'caption-style')?.options[0]?.content,
        (content) => content?.kind === 'caption-style' && content.style.highlight === 'box',
      );
      await button('Back to the inspector').click();
    },
    patient,
  );

  it(
    'lets the bed give way to the voice, and a film grow by keyframes',
    async () => {
      await button('Mixer').click();
      await ui.page.getByRole('switch', { name: 'Music gives way to voices' }).click();
      await until(
        'ducking',
        () => readAd(ui.page),
        ({ ducking }) => ducking.isOn,
      );
      await button('Close mixer').click();
      await films().nth(1).click();
      await goTo(42);
      await button('Add keyframe of Scale').click();
      await goTo(90);
      await dragBy(ui.page.getByRole('slider', { name: 'Scale', exact: true }), 12);
      await until(
        'two keyframes, the second larger',
        async () => clipsOf(await readAd(ui.page)).flatMap(({ animation }) => animation.scale ?? []),
        ([first, second]) => first?.value === 1 && (second?.value ?? 0) > 1.3,
      );
    },
    patient,
  );

  it(
    'serves three ratios, one of them with a place of its own for the title, marked as such',
    async () => {
      const { page } = ui;
      const ratio = async (name: string) => {
        await page.getByRole('radio', { name, exact: true }).click();
        await page.getByLabel(`Preview, ${name}`).waitFor();
      };
      for (const [frame, what] of [
        [20, 'title, caption'],
        [80, 'growing film'],
      ] as const) {
        stills.push(await still('9:16', frame, what));
      }
      await ratio('1:1');
      outdated.push(await still('1:1', 20, 'the title where all ratios have it'));
      await title().click({ position: { x: 60, y: 8 } });
      await page.getByRole('radio', { name: 'Only 1:1' }).click();
      await dragBy(page.getByRole('slider', { name: 'Position Y', exact: true }), -8);
      await button('Position Y differs in 1:1').waitFor();
      await title().getByText('1:1', { exact: true }).waitFor();
      for (const [frame, what] of [
        [20, 'title on its own place'],
        [70, 'growing film'],
      ] as const) {
        stills.push(await still('1:1', frame, what));
      }
      await ratio('16:9');
      stills.push(await still('16:9', 52, 'growing film, title, caption'));
    },
    patient,
  );

  it(
    'exports all three',
    async () => {
      const { page } = ui;
      await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
      const dialog = ui.dialog(/^Export Spring/);
      for (const ratio of ['1:1', '16:9']) await dialog.getByRole('checkbox', { name: ratio, exact: true }).click();
      await dialog.getByRole('combobox', { name: 'Quality' }).click();
      await page.getByRole('option', { name: /^Draft/ }).click();
      await open.chooseFolder(outFolder, () => dialog.getByRole('button', { name: 'Choose…' }).click());
      await until(
        'the folder',
        () => dialog.getByRole('textbox', { name: 'Folder' }).inputValue(),
        (text) => text === outFolder,
      );
      await dialog.getByRole('button', { name: 'Export 3 files' }).click();
      const batch = page.getByRole('region', { name: 'Batch of Spring' });
      const finished = batch.getByLabel('Finished', { exact: true });
      const failed = batch.getByLabel('Failed', { exact: true });
      await until(
        'three files',
        async () => (await finished.count()) + (await failed.count()),
        (count) => count === 3,
        patient - 20_000,
      );
      expect(await failed.count()).toBe(0);
    },
    patient,
  );

  it(
    'has in the files what the preview showed, and nothing else would have passed for it',
    async () => {
      const films = await filmsOf(outFolder);
      await expectShots(films, stills);
      for (const taken of outdated) expect([taken.what, await isInFilm(films, taken)]).toEqual([taken.what, false]);
    },
    patient,
  );

  it('has a bed that is quieter while somebody speaks', async () => {
    const path = (await filmsOf(outFolder)).get('9:16') ?? '';
    expect((await measureVideo(path)).frames).toBe(130);
    const under = await toneLevelDb(path, tones.bed, 0.3, 0.6);
    // The voice ends after a second; the bed is back 0.85 s later, and fades out in the last one.
    const alone = await toneLevelDb(path, tones.bed, 2.2, 0.8);
    expect(await toneLevelDb(path, tones.voice, 0.3, 0.6)).toBeGreaterThan(under);
    // The usual depth is 12 dB.
    expect(Math.abs(alone - under - 12)).toBeLessThan(1.5);
    expect(open.studio.pageErrors).toEqual([]);
  }, 60_000);
});
