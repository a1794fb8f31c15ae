import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clip, Project, ProjectId, Sequence } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { callEngine } from './support/call-engine.ts';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { accessFaults, layoutFaults } from './support/faults-of-page.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

const pictures = join(import.meta.dirname, '../../test-results/editor');

describe('cutting on the timeline', () => {
  let open: OpenStudio;
  let ui: StudioPage;
  let projectId: ProjectId;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    open = await openStudio('browser', { viewport: { width: 1440, height: 900 } });
    ui = studioPage(open.studio.page);
    await ui.newAd('Cuts');
    const folder = await open.folderFor('shoot');
    const file = join(folder, 'hook.mp4');
    await makeVideo(file, { size: '180x320', seconds: 4, tonesHz: [300] });
    await open.studio.drop('text=Drop footage here', [file]);
    await ui.card('Hook 1').waitFor();
    await layOut();
    await ui.card('Hook 1').focus();
    await ui.page.keyboard.press('Enter');
    await clip('one').waitFor();
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  const clip = (id: string) => ui.page.locator(`[data-clip$="/${id}"]`);
  const picture = (name: string) => ui.page.screenshot({ path: join(pictures, `${name}.png`) });
  const project = async () =>
    (await callEngine<{ project: Project }>(ui.page, '/projects/get', { id: projectId })).project;
  const sequence = async (): Promise<Sequence> => {
    const all = await project();
    const content = all.slots[0]?.options[0]?.content;
    const found = all.sequences.find(
      (candidate) => content?.kind === 'sequence' && candidate.id === content.sequenceId,
    );
    if (!found) throw new Error('no sequence');
    return found;
  };
  /** "one 0-60, two 60-90": the clips of a track. */
  const places = async (track = 0) =>
    (await sequence()).tracks[track]?.clips
      .map(({ id, startFrame, lengthFrames }) => `${id} ${startFrame}-${startFrame + lengthFrames}`)
      .join(', ');
  const findClip = async (id: string): Promise<Clip | undefined> =>
    (await sequence()).tracks.flatMap((track) => track.clips).find((candidate) => candidate.id === id);
  const placesAre = (what: string, expected: string, track = 0) =>
    until(
      what,
      () => places(track),
      (now) => now === expected,
    );
  const start = 'one 0-60, two 60-90, three 90-150';
  const undoTo = async (expected: string) => {
    await ui.page.keyboard.press('Control+z');
    await placesAre('undone', expected);
  };

  /** Three clips of the hook, each beginning a second into its source of four. */
  async function layOut(): Promise<void> {
    const { projects } = await callEngine<{ projects: { id: ProjectId }[] }>(ui.page, '/projects/list', {
      isRemoved: false,
    });
    const id = projects[0]?.id;
    if (!id) throw new Error('no project');
    projectId = id;
    const before = await sequence();
    const [track] = before.tracks;
    const [first] = track?.clips ?? [];
    if (!track || first?.content.kind !== 'media') throw new Error('nothing was sorted into the hook');
    const { content } = first;
    const piece = (clipId: string, startFrame: number, lengthFrames: number) => ({
      type: 'clip.add',
      ...{ sequenceId: before.id, trackId: track.id },
      clip: { id: clipId, startFrame, lengthFrames, content: { ...content, sourceInSeconds: { num: 1, den: 1 } } },
    });
    const edits = [
      { type: 'clip.remove', sequenceId: before.id, clipIds: track.clips.map((one) => one.id) },
      piece('one', 0, 60),
      piece('two', 60, 30),
      piece('three', 90, 60),
    ];
    await callEngine(ui.page, '/projects/apply', { id, edit: { type: 'batch', label: 'Lay out', edits } });
  }

  /** Pixels of one frame. */
  async function scale(): Promise<number> {
    const box = await clip('three').boundingBox();
    if (!box) throw new Error('the clip is not in view');
    return (box.width + 1) / 60;
  }

  /** Drags a clip by frames from a part of its width. */
  async function drag(id: string, part: number, frames: number, keys: string[] = []): Promise<void> {
    const { page } = ui;
    const box = await clip(id).boundingBox();
    if (!box) throw new Error(`${id} is not in view`);
    const x = box.x + (part === 1 ? box.width - 4 : part === 0 ? 4 : box.width * part);
    const y = box.y + box.height * 0.7;
    const dx = frames * (await scale());
    for (const key of keys) await page.keyboard.down(key);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + dx / 2, y, { steps: 3 });
    await page.mouse.move(x + dx, y, { steps: 3 });
    await page.mouse.up();
    for (const key of keys) await page.keyboard.up(key);
  }

  const isTool = (name: RegExp) =>
    until(
      `the tool ${name}`,
      () => ui.page.getByRole('button', { name }).getAttribute('aria-pressed'),
      (pressed) => pressed === 'true',
    );

  it('rolls, slips, slides and cuts with tools chosen by key, and Escape goes back to selecting', async () => {
    const { page } = ui;
    // Nothing near to snap to is in the way of exact frames.
    await page.keyboard.press('Shift+N');
    await placesAre('as laid out', start);
    await page.keyboard.press('n');
    await isTool(/^Roll/);
    await drag('one', 1, 12);
    await placesAre('rolled', 'one 0-72, two 72-90, three 90-150');
    await picture('rolled');
    await undoTo(start);

    // The end of the last clip is no cut.
    await drag('three', 1, -12);
    expect(await places()).toBe(start);

    await page.keyboard.press('u');
    await drag('two', 0.5, 15);
    await placesAre('slid', 'one 0-75, two 75-105, three 105-150');
    await undoTo(start);

    await page.keyboard.press('y');
    await drag('two', 0.5, 30);
    await until(
      'slipped to the beginning of its source',
      () => findClip('two'),
      (two) => two?.content.kind === 'media' && two.content.sourceInSeconds.num === 0,
    );
    expect(await places()).toBe(start);
    await page.keyboard.press('Control+z');

    await page.keyboard.press('b');
    await drag('one', 1, -10);
    await placesAre('rippled', 'one 0-50, two 50-80, three 80-140');
    await undoTo(start);

    await page.keyboard.press('c');
    await clip('three').click({ position: { x: (await scale()) * 30, y: 30 } });
    await until('cut in two', places, (now) => (now ?? '').startsWith(`${start.replace('90-150', '90-120')}, `));
    await picture('cut');
    expect(await layoutFaults(page)).toEqual([]);
    expect(await accessFaults(page)).toEqual([]);
    await undoTo(start);
    await page.keyboard.press('Escape');
    await isTool(/^Select and move/);
  });

  it('moves the edit at the playhead by keys', async () => {
    const { page } = ui;
    await page.keyboard.press('Escape');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+ArrowRight');
    await placesAre('one frame later', 'one 0-61, two 61-91, three 91-151');
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await placesAre('five earlier', 'one 0-56, two 56-86, three 86-146');
    await page.keyboard.press('Control+z');
    await undoTo(start);
  });

  it('detaches sound, keeps it beside its picture, and lets Alt part them', async () => {
    const { page } = ui;
    await clip('one').click();
    await page.keyboard.press('Control+Shift+D');
    const sound = await until(
      'sound on a track of its own',
      async () => (await sequence()).tracks.find((track) => track.kind === 'audio')?.clips[0],
      (found) => found !== undefined,
    );
    if (!sound) throw new Error('no sound');
    expect((await findClip('one'))?.audio.isMuted).toBe(true);
    expect((await findClip('one'))?.linkId).toBe(sound.linkId);
    await picture('detached');

    await drag('one', 1, -20);
    await placesAre('the picture', 'one 0-40, two 40-70, three 70-130');
    expect(await findClip(sound.id)).toMatchObject({ startFrame: 0, lengthFrames: 40 });
    await undoTo(start);

    await drag('one', 1, -20, ['Alt']);
    await placesAre('the picture alone', 'one 0-40, two 60-90, three 90-150');
    expect(await findClip(sound.id)).toMatchObject({ startFrame: 0, lengthFrames: 60 });
    await undoTo(start);

    await clip('two').click();
    await clip('one').click();
    await page.keyboard.press('Control+Shift+L');
    await until(
      'unlinked',
      () => findClip('one'),
      (one) => one?.linkId === null,
    );
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await until(
      'attached again',
      () => findClip('one'),
      (one) => one?.audio.isMuted === false,
    );
  });

  it('sets, notes, goes to and moves markers', async () => {
    const { page } = ui;
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('m');
    const flags = page.locator('[data-marker]');
    await flags.first().waitFor();
    await page.keyboard.press('m');
    const dialog = ui.dialog(/^Marker at/);
    await dialog.getByRole('textbox', { name: 'Note' }).fill('Product comes in');
    await dialog.getByRole('radio', { name: 'orange' }).click();
    await picture('marker');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /^Marker at .*: Product comes in$/ }).waitFor();
    expect((await sequence()).markers).toMatchObject([{ frame: 10, colour: 'orange', note: 'Product comes in' }]);

    const box = await flags.first().boundingBox();
    if (!box) throw new Error('no flag');
    await page.mouse.move(box.x + box.width / 2, box.y + 5);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 40 * (await scale()), box.y + 5, { steps: 5 });
    await page.mouse.up();
    await until('moved', sequence, ({ markers }) => markers[0]?.frame === 50);
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+M');
    await page.keyboard.press('m');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await until('no marker', sequence, ({ markers }) => markers.length === 0);
  });

  it('hears one track alone, and keeps the height of a track', async () => {
    const { page } = ui;
    await page.getByRole('button', { name: 'Solo Video' }).click();
    await until('solo', sequence, ({ tracks }) => tracks[0]?.isSolo === true);
    await page.getByRole('button', { name: 'End solo of Video' }).click();
    const handle = page.getByRole('separator', { name: 'Height of track Video' });
    const before = Number(await handle.getAttribute('aria-valuenow'));
    await handle.focus();
    await page.keyboard.press('ArrowDown');
    await until(
      'taller',
      async () => Number(await handle.getAttribute('aria-valuenow')),
      (now) => now === before + 8,
    );
    await page.reload();
    await clip('one').waitFor();
    expect(Number(await handle.getAttribute('aria-valuenow'))).toBe(before + 8);
    await handle.dblclick();
  });

  it('finds and replaces words over all options', async () => {
    const { page } = ui;
    await clip('one').click();
    await page.keyboard.press('Home');
    await page.keyboard.press('t');
    await page.locator('[data-clip][data-kind="text"]').first().waitFor();
    await page.keyboard.press('Control+Alt+F');
    const dialog = ui.dialog('Find and replace text');
    await dialog.getByRole('textbox', { name: 'Find' }).fill('headline');
    await dialog.getByRole('textbox', { name: 'Replace with' }).fill('offer');
    await dialog.getByRole('list', { name: 'Found' }).waitFor();
    await picture('find');
    await dialog.getByRole('button', { name: 'Replace' }).click();
    await until(
      'replaced',
      async () => JSON.stringify(await project()),
      (text) => text.includes('Your offer') && !text.includes('Your headline'),
    );
  });
});
