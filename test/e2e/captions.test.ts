import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Project } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { callEngine } from './support/call-engine.ts';
import { faces, type OpenStudio, openStudio } from './support/faces.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

const srt = [
  ['1', '00:00:00,000 --> 00:00:01,500', '<i>Stop scrolling</i>'],
  ['2', '00:00:01,500 --> 00:00:03,000', 'This takes ten seconds'],
  ['3', '00:00:09,000 --> 00:00:10,000', 'Never shown'],
]
  .map((cue) => `${cue.join('\r\n')}\r\n`)
  .join('\r\n');

describe.each(faces)('captions (%s face)', (face) => {
  let open: OpenStudio;
  let ui: StudioPage;

  beforeAll(async () => {
    open = await openStudio(face);
    ui = studioPage(open.studio.page);
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  const panel = () => ui.page.getByRole('region', { name: 'Captions', exact: true });
  const boxes = () => panel().getByRole('list', { name: 'Captions' }).getByRole('textbox');
  const words = () => boxes().evaluateAll((all) => all.map((box) => (box as HTMLTextAreaElement).value));
  const show = (...wanted: string[]) =>
    until('the captions', words, (now) => JSON.stringify(now) === JSON.stringify(wanted));
  const press = (key: string) => ui.page.keyboard.press(key);
  const project = async (): Promise<Project> => {
    const { projects } = await callEngine<{ projects: { id: string }[] }>(ui.page, '/projects/list');
    const answer = await callEngine<{ project: Project }>(ui.page, '/projects/get', { id: projects[0]?.id });
    return answer.project;
  };

  it('of a file go onto an option from its menu, and say what did not fit', async () => {
    const video = join(open.folder, 'hook talk.mp4');
    const file = join(open.folder, 'talk.srt');
    await makeVideo(video, { size: '180x320', seconds: 3 });
    writeFileSync(file, srt);
    await ui.newAd('Said');
    await open.studio.drop('text=Drop footage here', [video]);
    await ui.card('Hook 1').waitFor();
    await open.studio.drop('section[aria-label="Footage"]', [file]);
    await ui.media(basename(file)).click({ button: 'right' });
    await ui.page.getByRole('menuitem', { name: 'Put captions on' }).hover();
    await ui.page.getByRole('menuitem', { name: 'Hook 1' }).click();
    await ui.toast('2 captions put on Hook 1').waitFor();
    await ui.toast('1 begins after its end and was left out.').waitFor();
  });

  it('are listed, edited, divided and put together by keyboard', async () => {
    await ui.card('Hook 1').focus();
    await press('Enter');
    await ui.page.getByRole('region', { name: 'Inspector' }).waitFor();
    await press('Shift+C');
    await show('Stop scrolling', 'This takes ten seconds');
    await boxes().nth(1).focus();
    await press('Home');
    for (let step = 0; step < 'This takes'.length; step += 1) await press('ArrowRight');
    await press('Enter');
    await show('Stop scrolling', 'This takes', 'ten seconds');
    await press('Backspace');
    await show('Stop scrolling', 'This takes ten seconds');
    await press('ArrowUp');
    await press('End');
    await ui.page.keyboard.type('!');
    await press('ArrowDown');
    await until(
      'the position',
      () => ui.page.getByRole('textbox', { name: 'Position' }).inputValue(),
      (now) => now.endsWith('01:15'),
    );
    await press('Escape');
    await show('Stop scrolling!', 'This takes ten seconds');
    await press('Control+z');
    await show('Stop scrolling', 'This takes ten seconds');
  });

  it('move together, are found, and get a look that all of them share', async () => {
    await panel().getByRole('textbox', { name: 'Frames to move by' }).fill('15');
    await press('Enter');
    await panel().getByRole('button', { name: 'Move captions later' }).click();
    await panel().getByText('00:00:15 – 00:02:00').waitFor();
    await panel().getByRole('searchbox', { name: 'Find in captions' }).fill('ten');
    await show('This takes ten seconds');
    await panel().getByRole('searchbox', { name: 'Find in captions' }).fill('');
    await panel().getByRole('button', { name: 'Light box' }).click();
    const slot = await until(
      'the caption style',
      async () => (await project()).globals.find(({ kind }) => kind === 'caption-style'),
      (found) => found !== undefined,
    );
    expect(slot?.options.map(({ content }) => content)).toMatchObject([{ style: { boxColour: '#FFFFFF' } }]);
  });

  it('are replaced by a file dragged onto the timeline, and saved as a file', async () => {
    await ui.media('talk.srt').dragTo(ui.page.getByTestId('timeline-scroll'));
    await ui.toast('2 that were there were replaced.').waitFor();
    await show('Stop scrolling', 'This takes ten seconds');
    await ui.page.evaluate(() => {
      const { createObjectURL } = URL;
      URL.createObjectURL = (blob) => {
        Object.assign(window, { saved: (blob as Blob).text() });
        return createObjectURL(blob);
      };
    });
    const saved = ui.page.waitForEvent('download');
    await ui.choose('Save captions as a file', 'WebVTT');
    expect((await saved).suggestedFilename()).toBe('Said Hook 1.vtt');
    const text = await ui.page.evaluate(() => (window as unknown as { saved: Promise<string> }).saved);
    expect(text).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nStop scrolling\n\n00:00:01.500 --> 00:00:03.000\nThis takes ten seconds\n',
    );
    expect(open.studio.pageErrors).toEqual([]);
  });
});
