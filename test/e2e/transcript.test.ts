import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Project, sequenceLength } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { callEngine } from './support/call-engine.ts';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { accessFaults, layoutFaults } from './support/faults-of-page.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

const pictures = join(import.meta.dirname, '../../test-results/transcript');
const fake = join(import.meta.dirname, '../fixtures/fake-whisper.mjs');
/** Half a second each, from the start. */
const said = 'So um like we made a srum'.split(' ').map((word, at) => ({ word, start: at / 2, end: at / 2 + 0.4 }));

describe('what is said', () => {
  let open: OpenStudio;
  let ui: StudioPage;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    open = await openStudio('browser', { viewport: { width: 1440, height: 900 } });
    ui = studioPage(open.studio.page);
    const video = join(open.folder, 'hook talk.mp4');
    const quiet = ['-af', "volume=0:enable='between(t,3.4,4.6)'"];
    await makeVideo(video, { size: '180x320', seconds: 5, tonesHz: [300], args: quiet });
    await ui.newAd('Spoken');
    await open.studio.drop('text=Drop footage here', [video]);
    await ui.card('Hook 1').waitFor();
    await addSecondOption();
    await ui.card('Hook 2').waitFor();
    // Whatever is installed on this machine.
    await callEngine(ui.page, '/settings/update', { whisperPath: join(open.folder, 'nothing here') });
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  const picture = (name: string) => ui.page.screenshot({ path: join(pictures, `${name}.png`) });
  const press = (key: string) => ui.page.keyboard.press(key);
  const panel = () => ui.page.getByRole('region', { name: 'Transcript', exact: true });
  const words = () => panel().getByRole('listbox', { name: 'Words' }).getByRole('option');
  const word = (text: string) => panel().getByRole('option', { name: text, exact: true });
  const project = async (): Promise<Project> => {
    const { projects } = await callEngine<{ projects: { id: string }[] }>(ui.page, '/projects/list');
    return (await callEngine<{ project: Project }>(ui.page, '/projects/get', { id: projects[0]?.id })).project;
  };
  /** The same footage in an option with a timeline of its own. */
  async function addSecondOption() {
    const { id, slots } = await project();
    const optionId = slots[0]?.options[0]?.id;
    const more = { newOptionId: 'hook-two', name: 'Hook 2' };
    await callEngine(ui.page, '/projects/apply', { id, edit: { type: 'option.duplicate', optionId, ...more } });
    const detach = { type: 'option.detach', optionId: 'hook-two', newSequenceId: 'own-cut' };
    await callEngine(ui.page, '/projects/apply', { id, edit: detach });
  }
  /** The captions of each option, and how long each plays. */
  const options = async () =>
    (await project()).sequences.map((sequence) => ({
      frames: sequenceLength(sequence),
      captions: sequence.tracks
        .flatMap(({ clips }) => clips)
        .flatMap(({ content }) => (content.kind === 'text' && content.role === 'caption' ? [content.text] : []))
        .join(' | '),
    }));
  const optionsAre = (what: string, ...wanted: [frames: number, captions: string][]) =>
    until(
      what,
      options,
      (now) => JSON.stringify(now.map((one) => [one.frames, one.captions])) === JSON.stringify(wanted),
    );

  it('is offered where it is not known, and comes from a file', async () => {
    await ui.card('Hook 1').focus();
    await press('Enter');
    await ui.page.getByRole('region', { name: 'Inspector' }).waitFor();
    await press('Alt+t');
    await panel().getByText('What is said here is not known yet.').waitFor();
    await panel()
      .getByRole('region', { name: 'Making transcripts' })
      .getByText('is not there or may not be run')
      .waitFor();
    await picture('offer');
    const broken = join(open.folder, 'broken.json');
    writeFileSync(broken, '{ "words": [{ "word": "Hi", "start": 2, "end": 1 }] }');
    await importWords(broken);
    await ui.toast('At words[0]: the word ends before it begins').waitFor();
    const file = join(open.folder, 'talk.json');
    writeFileSync(file, JSON.stringify({ language: 'en', words: said }));
    await importWords(file);
    await ui.toast('7 words for “hook talk.mp4”.').waitFor();
    expect(await words().allTextContents()).toEqual(said.map((one) => one.word));
  });

  async function importWords(path: string) {
    const chooser = ui.page.waitForEvent('filechooser');
    await panel().getByRole('button', { name: 'Import words…' }).click();
    await (await chooser).setFiles(path);
  }

  it('becomes captions of every option, and a correction made once shows in all of them', async () => {
    await press('Alt+c');
    await ui.page.getByRole('button', { name: 'For all options of the ad' }).waitFor();
    await picture('captions');
    await ui.page.getByRole('button', { name: 'For all options of the ad' }).click();
    await ui.toast('2 captions made on 2 timelines.').waitFor();
    await optionsAre('captions', [150, 'So um like we made a srum'], [150, 'So um like we made a srum']);
    await word('srum').dblclick();
    await ui.page.getByRole('textbox', { name: 'Correct “srum”' }).fill('serum');
    await press('Enter');
    await ui.toast('“srum” is now “serum”.').waitFor();
    await optionsAre('the correction', [150, 'So um like we made a serum'], [150, 'So um like we made a serum']);
    await picture('words');
    expect(await layoutFaults(ui.page)).toEqual([]);
    expect(await accessFaults(ui.page)).toEqual([]);
  });

  it('is followed by the playhead, and cut by its words, which closes up and is undone in one step', async () => {
    await word('um').click();
    await until(
      'the position',
      () => ui.page.getByRole('textbox', { name: 'Position' }).inputValue(),
      (now) => now.endsWith('00:15'),
    );
    await until(
      'the lit word',
      () => panel().locator('[data-now]').allTextContents(),
      (lit) => lit.join() === 'um',
    );
    await press('Shift+ArrowRight');
    await press('Shift+ArrowRight');
    await picture('chosen');
    await press('Delete');
    await optionsAre('the cut', [105, 'So made a serum'], [150, 'So um like we made a serum']);
    expect(await words().allTextContents()).toEqual(['So', 'made', 'a', 'serum']);
    await press('Control+z');
    await optionsAre('the undo', [150, 'So um like we made a serum'], [150, 'So um like we made a serum']);
  });

  it('is searched, and freed of pauses and filler words', async () => {
    await panel().getByRole('searchbox', { name: 'Find in the transcript' }).fill('made a');
    await press('Enter');
    await until(
      'the words found',
      () => panel().locator('[aria-selected=true]').allTextContents(),
      (found) => found.join(' ') === 'made a',
    );
    await panel().getByRole('radio', { name: 'Pauses' }).click();
    await panel()
      .getByText(/^1 pause, /)
      .waitFor({ timeout: 20_000 });
    await picture('pauses');
    await panel().getByRole('button', { name: 'Cut all' }).click();
    const [first] = await until('the pause', options, ([now]) => (now?.frames ?? 150) < 130);
    expect(first?.frames).toBeGreaterThan(110);
    await press('Control+z');
    await optionsAre('the undo', [150, 'So um like we made a serum'], [150, 'So um like we made a serum']);
    await panel().getByRole('radio', { name: 'Fillers' }).click();
    await panel().getByText('1 found').waitFor();
    await picture('fillers');
    await panel()
      .getByRole('button', { name: /^Cut “um”/ })
      .click();
    await optionsAre('the filler', [135, 'So like we made a serum'], [150, 'So um like we made a serum']);
    await press('Control+z');
    await optionsAre('the last undo', [150, 'So um like we made a serum'], [150, 'So um like we made a serum']);
  });

  it('is marked where a caption was edited by hand, and can follow again', async () => {
    await press('Shift+c');
    const box = ui.page.getByRole('list', { name: 'Captions' }).getByRole('textbox').first();
    await box.fill('My own words');
    await box.blur();
    await ui.page.getByText('edited by hand', { exact: true }).waitFor();
    await press('Alt+t');
    await panel().getByText('1 caption was edited by hand.').waitFor();
    await picture('by-hand');
    await panel().getByRole('radio', { name: 'Words' }).click();
    await word('like').click();
    await press('Enter');
    await ui.page.getByRole('textbox', { name: 'Correct “like”' }).fill('yes');
    await press('Enter');
    await optionsAre('the second correction', [150, 'My own words'], [150, 'So um yes we made a serum']);
    await panel().getByRole('button', { name: 'What to do…' }).click();
    await ui.page.getByRole('menuitem', { name: 'Take the words of the transcript' }).click();
    await optionsAre('all follow', [150, 'So um yes we made a serum'], [150, 'So um yes we made a serum']);
  });

  it('is heard by whisper.cpp where there is one', async () => {
    const tools = join(open.folder, 'tools');
    mkdirSync(join(tools, 'models'), { recursive: true });
    copyFileSync(fake, join(tools, 'whisper-cli'));
    writeFileSync(join(tools, 'models', 'ggml-base.bin'), 'lmgg and the rest');
    await callEngine(ui.page, '/settings/update', { whisperPath: join(tools, 'whisper-cli') });
    await ui.choose('Transcripts of the media', 'Make the transcript again…');
    await ui.page.getByRole('button', { name: 'Make again' }).click();
    await until(
      'the words heard',
      () => words().allTextContents(),
      (now) => now.join(' ') === 'Hello from Spotloom.',
    );
    await ui.goTo('Settings');
    await ui.page.getByRole('heading', { name: 'Transcripts' }).scrollIntoViewIfNeeded();
    await ui.page.getByText(join(tools, 'whisper-cli')).waitFor();
    await picture('settings');
    expect(open.studio.pageErrors).toEqual([]);
  });
});
