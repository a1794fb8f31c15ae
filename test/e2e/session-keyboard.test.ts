import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byKeys } from './support/by-keys.ts';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { framesOf } from './support/pictures.ts';
import {
  clipsOf,
  expectShots,
  filmsOf,
  mainTrack,
  makeShoot,
  readAd,
  type Shoot,
  type Still,
  takeStill,
  tellAsOneStory,
} from './support/session.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

/** A loaded machine draws and encodes slowly; nothing here is about speed. */
const patient = 300_000;

describe('an editor’s session without a mouse', { retry: 0 }, () => {
  let open: OpenStudio;
  let ui: StudioPage;
  let keys: ReturnType<typeof byKeys>;
  let pointed: () => Promise<string[]>;
  let shoot: Shoot;
  let outFolder: string;
  const stills: Still[] = [];

  beforeAll(async () => {
    open = await openStudio('browser', { viewport: { width: 1600, height: 1080 } });
    ui = studioPage(open.studio.page);
    keys = byKeys(ui.page);
    shoot = await makeShoot(open.folder);
    outFolder = join(open.folder, 'delivery');
    mkdirSync(outFolder);
    pointed = await keys.watchPointer();
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);
  tellAsOneStory();

  const command = async (words: string) => {
    await keys.press('Control+k');
    await ui.page.getByPlaceholder('What do you want to do?').waitFor();
    await keys.type(words);
    await keys.press('Enter');
  };
  const track = (what: string, wanted: string) =>
    until(
      what,
      () => mainTrack(ui.page),
      (now) => now === wanted,
    );
  /** Types a timecode: 30 frames are a second. */
  const goTo = async (frame: number) => {
    const two = (value: number) => String(value).padStart(2, '0');
    await keys.area('Player');
    await keys.tabTo(/^Position$/);
    await keys.press('Control+a');
    await keys.type(`00:00:${two(Math.floor(frame / 30))}:${two(frame % 30)}`);
    await keys.press('Enter');
    const position = ui.page.getByRole('textbox', { name: 'Position', exact: true });
    await until(
      `frame ${frame}`,
      async () => framesOf(await position.inputValue()),
      (now) => now === frame,
    );
    await keys.area('Tracks');
  };
  /** Selects what is at the playhead, topmost first, until the page says that it is this. */
  const select = async (name: RegExp) => {
    const said = () => ui.page.getByRole('status').filter({ hasText: 'Selected: ' }).allInnerTexts();
    for (let step = 0; step < 6; step += 1) {
      const before = (await said()).join();
      await keys.press('d');
      const now = await until('another selection', said, (words) => words.join() !== before);
      if (name.test(now.join())) return;
    }
    throw new Error(`${name} is not at the playhead`);
  };
  /** Types into a field of the inspector. */
  const write = async (field: RegExp, text: string) => {
    await keys.area('Inspector');
    await keys.tabTo(field);
    await keys.press('Control+a');
    await keys.type(text);
  };
  const pick = async (name: RegExp) => {
    await ui.page.getByRole('dialog').waitFor();
    await keys.tabTo(name);
    await keys.press('Enter');
    await keys.tabTo(/^Use/);
    await keys.press('Enter');
    await ui.page.getByRole('dialog').waitFor({ state: 'hidden' });
  };

  it(
    'starts from nothing, imports, and puts media into their parts',
    async () => {
      await ui.page.getByText('Start an ad').waitFor();
      await command('new ad');
      await ui.dialog('New ad').waitFor();
      await keys.type('Spring');
      await keys.press('Enter');
      await ui.column('Hook').waitFor();
      // Keys belong to the dialog, and to the field in it, until it has gone and has given the focus back.
      await ui.dialog('New ad').waitFor({ state: 'hidden' });
      await until('the focus outside of a field', keys.focused, ({ role }) => role !== 'input');
      const chooser = ui.page.waitForEvent('filechooser');
      await keys.press('Control+i');
      const files = [shoot.talk, shoot.table, shoot.bed, shoot.captions];
      await (await chooser).setFiles(files);
      for (const file of files) await ui.media(basename(file)).waitFor();
      // Until all is known of the files, their order may change.
      for (const film of [shoot.talk, shoot.table])
        await ui.footage
          .getByRole('listitem')
          .filter({ hasText: basename(film) })
          .locator('img')
          .waitFor();
      await ui.page.getByRole('button', { name: 'No jobs' }).waitFor();
      for (const [file, place] of [
        [/^talk/, /^Hook/],
        [/^bed/, /^Music/],
      ] as const) {
        await keys.area('Footage');
        await keys.tabTo(file);
        await keys.press('Shift+F10');
        await keys.choose(/^Add to the ad/);
        await keys.openLines();
        await keys.choose(place);
        await keys.press('Enter');
      }
      await ui.card('Hook 1').waitFor();
      await ui.column('Music').getByText('bed').first().waitFor();
    },
    patient,
  );

  it(
    'gets the focus back where it was when it closes what it has opened',
    async () => {
      await keys.area('Footage');
      const { name } = await keys.tabTo(/^table/);
      const isBack = (what: string) =>
        until(
          `back from ${what}`,
          async () => (await keys.focused()).name,
          (now) => now === name,
        );
      for (const opens of ['Control+k', 'Shift+F10', 'Control+e', '?', 'Enter']) {
        await keys.press(opens);
        await ui.page.locator('[role="dialog"], [role="menu"]').first().waitFor();
        await keys.press('Escape');
        await ui.page.locator('[role="dialog"], [role="menu"]').first().waitFor({ state: 'detached' });
        await isBack(opens);
      }
    },
    patient,
  );

  it(
    'places, trims, ripples, splits and moves clips',
    async () => {
      await keys.area('Variants');
      await keys.tabTo(/Hook 1/);
      await keys.press('Shift+F10');
      await keys.choose(/^Open timeline/);
      await keys.press('Enter');
      await ui.page.locator('[data-clip]').first().waitFor();
      await command('append media');
      await pick(/^table/);
      await track('placed behind', 'talk 0-90, table 90-180');
      await goTo(120);
      await keys.press('q');
      await track('its start trimmed', 'talk 0-90, table 90-150');
      await goTo(69);
      await keys.press('w');
      await track('rippled', 'talk 0-70, table 70-130');
      await goTo(40);
      await keys.press('s');
      await track('cut', 'talk 0-40, talk 40-70, table 70-130');
      await goTo(80);
      await select(/table/);
      await keys.press('Control+x');
      await track('taken out', 'talk 0-40, talk 40-70');
      await goTo(40);
      await keys.press('Control+v');
      await track('put between', 'talk 0-40, table 40-100, talk 100-130');
    },
    patient,
  );

  it(
    'sets a title and captions with a look',
    async () => {
      await goTo(20);
      await keys.press('t');
      await ui.page.locator('[data-clip][data-kind="text"]').first().waitFor();
      await write(/^Words$/, 'HALF PRICE');
      await keys.press('Escape');
      await write(/^Position Y, per cent$/, '-24');
      await keys.press('Enter');
      await until(
        'the title further up',
        async () => clipsOf(await readAd(ui.page)).find(({ content }) => content.kind === 'text'),
        (clip) => clip?.content.kind === 'text' && clip.content.text === 'HALF PRICE' && clip.layout.y === -0.24,
      );
      await keys.area('Tracks');
      await keys.press('Shift+c');
      await keys.tabTo(/^Add captions from the library$/);
      await keys.press('Enter');
      await pick(/^words/);
      await ui.toast('2 captions put on Hook 1').waitFor();
      await keys.tabTo(/^Word in a box$/);
      await keys.press('Enter');
      await until(
        'a highlight',
        async () => (await readAd(ui.page)).globals.find(({ kind }) => kind === 'caption-style')?.options[0]?.content,
        (content) => content?.kind === 'caption-style' && content.style.highlight === 'box',
      );
      await keys.press('Shift+c');
      await until('the focus back on the tracks', keys.focused, ({ name }) => name === 'Tracks');
    },
    patient,
  );

  it(
    'lets the bed give way to the voice, and a film grow by keyframes',
    async () => {
      await keys.press('Shift+a');
      await keys.area('Mixer');
      await keys.tabTo(/^Music gives way to voices$/);
      await keys.press('Space');
      await until(
        'ducking',
        () => readAd(ui.page),
        ({ ducking }) => ducking.isOn,
      );
      await keys.press('Shift+a');
      await goTo(42);
      await select(/table/);
      await keys.press('Shift+k');
      await goTo(90);
      await write(/^Scale, per cent$/, '160');
      await keys.press('Enter');
      await until(
        'two keyframes, the second larger',
        async () => clipsOf(await readAd(ui.page)).flatMap(({ animation }) => animation.scale ?? []),
        ([first, second]) => first?.value === 1 && second?.value === 1.6,
      );
    },
    patient,
  );

  it(
    'serves three ratios, one of them with a place of its own for the title, marked as such',
    async () => {
      await goTo(20);
      stills.push(await takeStill(ui.page, '9:16', 'title, caption'));
      await keys.press('Alt+3');
      await select(/HALF PRICE/);
      await keys.press('Alt+o');
      await write(/^Position Y, per cent$/, '-36');
      await keys.press('Enter');
      await ui.page.getByRole('button', { name: 'Position Y differs in 1:1' }).waitFor();
      stills.push(await takeStill(ui.page, '1:1', 'title on its own place'));
      await keys.area('Tracks');
      await keys.press('Alt+4');
      await goTo(52);
      stills.push(await takeStill(ui.page, '16:9', 'growing film, title, caption'));
    },
    patient,
  );

  it(
    'exports all three, which have what the preview showed',
    async () => {
      await keys.press('Control+e');
      const dialog = ui.dialog(/^Export Spring/);
      await dialog.waitFor();
      for (const ratio of [/^1:1$/, /^16:9$/]) {
        await keys.tabTo(ratio);
        await keys.press('Space');
      }
      await keys.tabTo(/^Quality$/);
      await keys.press('Enter');
      await ui.page.getByRole('option', { name: /^Draft/ }).waitFor();
      await keys.type('Draft');
      await keys.press('Enter');
      await ui.page.getByRole('option', { name: /^Draft/ }).waitFor({ state: 'hidden' });
      await keys.tabTo(/^Choose…/);
      await keys.press('Enter');
      const box = ui.page.getByRole('dialog').last().getByRole('textbox', { name: 'Folder' });
      await until('the box for the folder', keys.focused, ({ name }) => name === 'Folder');
      await keys.press('Control+a');
      await keys.type(outFolder);
      await keys.press('Enter');
      const use = ui.page.getByRole('button', { name: 'Use this folder' });
      await until(
        'the folder is read',
        async () => (await ui.page.getByText('No folders in here').count()) > 0 && (await use.isEnabled()),
        (isRead) => isRead,
      );
      await keys.tabTo(/^Use this folder$/);
      await keys.press('Enter');
      await until(
        'the folder',
        () => box.inputValue(),
        (text) => text === outFolder,
      );
      await until('the focus back on the button', keys.focused, ({ name }) => name.startsWith('Choose…'));
      await keys.tabTo(/^Export 3 files$/);
      await keys.press('Enter');
      const batch = ui.page.getByRole('region', { name: 'Batch of Spring' });
      await until(
        'three files',
        async () => [
          await batch.getByLabel('Finished', { exact: true }).count(),
          await batch.getByLabel('Failed', { exact: true }).count(),
        ],
        ([good = 0, bad = 0]) => good + bad === 3,
        patient - 60_000,
      );
      await expectShots(await filmsOf(outFolder), stills);
      expect(await pointed()).toEqual([]);
      expect(open.studio.pageErrors).toEqual([]);
    },
    patient,
  );
});
