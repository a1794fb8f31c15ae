import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Project, TextContent } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { renamedFont } from '../fixtures/renamed-font.ts';
import { callEngine } from './support/call-engine.ts';
import { faces, type OpenStudio, openStudio } from './support/faces.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

const spoken = {
  segments: [
    {
      ...{ start: 0, end: 1.5, text: 'Stop scrolling now' },
      words: [
        { word: 'Stop', start: 0, end: 0.3 },
        { word: 'scrolling', start: 0.5, end: 1 },
        { word: 'now', start: 1.1, end: 1.4 },
      ],
    },
  ],
};

describe.each(faces)('looks of text (%s face)', (face) => {
  let open: OpenStudio;
  let ui: StudioPage;

  beforeAll(async () => {
    open = await openStudio(face);
    ui = studioPage(open.studio.page);
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  const panel = () => ui.page.getByRole('region', { name: 'Captions', exact: true });
  const inspector = () => ui.page.getByRole('region', { name: 'Inspector' });
  const press = (key: string) => ui.page.keyboard.press(key);
  const project = async (): Promise<Project> => {
    const { projects } = await callEngine<{ projects: { id: string }[] }>(ui.page, '/projects/list');
    const answer = await callEngine<{ project: Project }>(ui.page, '/projects/get', { id: projects[0]?.id });
    return answer.project;
  };
  const texts = async (role: TextContent['role']): Promise<TextContent[]> =>
    (await project()).sequences
      .flatMap(({ tracks }) => tracks.flatMap(({ clips }) => clips))
      .flatMap(({ content }) => (content.kind === 'text' && content.role === role ? [content] : []));
  const captionStyle = async () =>
    (await project()).globals
      .flatMap(({ options }) => options)
      .flatMap(({ content }) => (content.kind === 'caption-style' ? [content.style] : []))[0];

  it('captions know when each word is said, and follow the voice in the look chosen', async () => {
    const video = join(open.folder, 'hook talk.mp4');
    const file = join(open.folder, 'talk.json');
    await makeVideo(video, { size: '180x320', seconds: 3 });
    writeFileSync(file, JSON.stringify(spoken));
    await ui.newAd('Said');
    await open.studio.drop('text=Drop footage here', [video]);
    await ui.card('Hook 1').waitFor();
    await open.studio.drop('section[aria-label="Footage"]', [file]);
    await ui.media('talk.json').click({ button: 'right' });
    await ui.page.getByRole('menuitem', { name: 'Put captions on' }).hover();
    await ui.page.getByRole('menuitem', { name: 'Hook 1' }).click();
    await ui.toast('1 caption put on Hook 1').waitFor();
    await ui.card('Hook 1').focus();
    await press('Enter');
    await inspector().waitFor();
    await press('Shift+C');
    await panel().getByRole('button', { name: 'Word in colour' }).click();
    const style = await until('the look', captionStyle, (found) => found?.highlight === 'fill');
    expect(style).toMatchObject({ wordsPerLine: 3, maxLines: 2 });
    expect((await texts('caption'))[0]?.words.map(({ startFrame }) => startFrame)).toEqual([0, 15, 33]);
  });

  it('a word of a caption is gone to, and begins earlier', async () => {
    const words = panel().getByRole('region', { name: 'Words of the caption on screen' });
    await words.getByRole('button', { name: /^scrolling/ }).click();
    await until(
      'the position',
      () => ui.page.getByRole('textbox', { name: 'Position' }).inputValue(),
      (now) => now.endsWith('00:15'),
    );
    await words.getByRole('button', { name: /^scrolling/ }).focus();
    await press('Alt+ArrowLeft');
    await until(
      'the word',
      async () => (await texts('caption'))[0]?.words[1]?.startFrame,
      (frame) => frame === 14,
    );
    expect(await words.locator('[aria-current="true"]').innerText()).toBe('scrolling');
  });

  it('a title gets a look, an animation, and its look is kept for other projects', async () => {
    await panel().getByRole('button', { name: 'Back to the inspector' }).click();
    await ui.page.locator('[data-clip][data-kind="media"]').first().click();
    await press('Home');
    await press('t');
    const looks = inspector().getByRole('group', { name: 'Looks' });
    await looks.getByRole('button', { name: 'Offer' }).click();
    await until(
      'the look',
      async () => (await texts('title'))[0]?.style,
      (style) => style?.boxColour === '#E11D48' && style.entrance === 'pop',
    );
    await inspector().getByRole('combobox', { name: 'How it goes out' }).click();
    await ui.page.getByRole('option', { name: 'Fade' }).click();
    await until(
      'the animation',
      async () => (await texts('title'))[0]?.style.exit,
      (exit) => exit === 'fade',
    );
    await inspector().getByRole('button', { name: 'Keep this look' }).click();
    await ui.page.getByRole('textbox', { name: 'Name of the look' }).fill('Our offer');
    await press('Enter');
    const own = inspector().getByRole('group', { name: 'Your looks' });
    await own.getByRole('button', { name: 'Our offer' }).waitFor();
    const { textLooks } = await callEngine<{ textLooks: { name: string; style: object }[] }>(ui.page, '/settings/get');
    expect(textLooks).toMatchObject([{ name: 'Our offer', style: { exit: 'fade', boxColour: '#E11D48' } }]);
  });

  it('a font that was added can be chosen, and letters that a font does not have are named', async () => {
    const path = join(open.folder, 'outer.ttf');
    writeFileSync(path, await renamedFont());
    await callEngine(ui.page, '/fonts/add', { path });
    const font = inspector().getByRole('combobox', { name: 'Font' });
    await until(
      'the font is on offer',
      async () => {
        await font.click();
        const found = ui.page.getByRole('option', { name: 'Outer' });
        const isThere = await found.isVisible();
        if (isThere) await found.click();
        else await press('Escape');
        return isThere;
      },
      (isThere) => isThere,
    );
    await until(
      'the font',
      async () => (await texts('title'))[0]?.style.fontFamily,
      (family) => family === 'Outer',
    );
    const words = inspector().getByRole('textbox', { name: 'Words', exact: true });
    await words.fill('Sale 你好');
    await inspector()
      .getByText('“Outer” has no 你 好. None of the fonts here has Chinese or Japanese letters.')
      .waitFor();
    expect(open.studio.pageErrors).toEqual([]);
  });
});
