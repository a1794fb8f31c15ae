import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listVariants, type Project, type Seam, type TrackTransition } from '#shared/model/index.ts';
import { makeVideo } from '../fixtures/media.ts';
import { callEngine } from './support/call-engine.ts';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { accessFaults, layoutFaults } from './support/faults-of-page.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { colourOf, lookAt } from './support/pictures.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

const run = promisify(execFile);
const pictures = join(import.meta.dirname, '../../test-results/transitions');
/** Two seconds dark, two seconds bright. */
const halves = "format=yuv420p,geq=lum='if(lt(T,2),40,220)':cb=128:cr=128";

describe('transitions', () => {
  let open: OpenStudio;
  let ui: StudioPage;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    open = await openStudio('browser', { viewport: { width: 1440, height: 900 } });
    ui = studioPage(open.studio.page);
    await ui.newAd('Fades');
    const files = ['hook.mp4', 'body.mp4'].map((name) => join(open.folder, name));
    // Of different lengths: the same bytes twice would be one file.
    for (const [n, file] of files.entries()) await makeVideo(file, { size: '180x320', seconds: 4 - n, filter: halves });
    await open.studio.drop('text=Drop footage here', files);
    await ui.card('Hook 1').waitFor();
    await ui.column('Body').getByRole('article').first().waitFor();
    await layOut();
    await ui.card('Hook 1').focus();
    await ui.page.keyboard.press('Enter');
    await ui.page.locator('[data-clip$="/two"]').waitFor();
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  const press = (key: string) => ui.page.keyboard.press(key);
  const mark = () => ui.page.getByRole('button', { name: /^Transition / });
  const project = async (): Promise<Project> => {
    const { projects } = await callEngine<{ projects: { id: string }[] }>(ui.page, '/projects/list');
    return (await callEngine<{ project: Project }>(ui.page, '/projects/get', { id: projects[0]?.id })).project;
  };
  const hookTrack = (of: Project) => {
    const content = of.slots[0]?.options[0]?.content;
    const sequence = of.sequences.find(({ id }) => content?.kind === 'sequence' && id === content.sequenceId);
    const track = sequence?.tracks[0];
    if (!sequence || !track) throw new Error('the hook has no timeline');
    return { sequence, track };
  };
  const transitionIs = (what: string, isGood: (all: readonly TrackTransition[]) => boolean) =>
    until(what, async () => hookTrack(await project()).track.transitions, isGood);

  /** The hook: a dark second, then a bright one, each with half a second of footage beyond the cut. */
  async function layOut(): Promise<void> {
    const before = await project();
    const { sequence, track } = hookTrack(before);
    const content = track.clips[0]?.content;
    const piece = (id: string, startFrame: number, num: number) => ({
      type: 'clip.add',
      ...{ sequenceId: sequence.id, trackId: track.id },
      clip: { id, startFrame, lengthFrames: 30, content: { ...content, sourceInSeconds: { num, den: 2 } } },
    });
    const edits = [
      { type: 'clip.remove', sequenceId: sequence.id, clipIds: track.clips.map(({ id }) => id) },
      piece('one', 0, 1),
      piece('two', 30, 5),
    ];
    await callEngine(ui.page, '/projects/apply', { id: before.id, edit: { type: 'batch', label: 'Lay out', edits } });
  }

  /** Mean brightness of the picture, 0 to 255. */
  const light = async () => colourOf(await lookAt(ui.page.getByTestId('stage').last()))[1];
  const stillIs = (frame: number) =>
    until(
      `the still of frame ${frame}`,
      () => ui.page.getByTestId('exact-still').last().getAttribute('data-frame'),
      (shown) => shown === String(frame),
    );

  it('a crossfade comes with one key at the cut, and the still shows both clips in its middle', async () => {
    await press('Home');
    await stillIs(0);
    const dark = await light();
    await press('End');
    const bright = await until('the bright end', light, (now) => now > dark + 80);
    await press('ArrowUp');
    await stillIs(30);
    await press('Shift+D');
    await mark().waitFor();
    expect(await mark().getAttribute('aria-pressed')).toBe('true');
    await transitionIs('a crossfade', ([one]) => one?.kind === 'crossfade' && one.lengthFrames === 15);
    const middle = (dark + bright) / 2;
    await until('the middle of both', light, (now) => Math.abs(now - middle) < (bright - dark) * 0.15);
    await ui.page.getByRole('region', { name: 'Transition', exact: true }).waitFor();
    await transitionIs('sound that crosses over', ([one]) => one?.sound === 'crossfade');
    const sound = ui.page.getByRole('radiogroup', { name: 'Sound of the transition' });
    await sound.getByText('Cut').click();
    await transitionIs('sound that is cut', ([one]) => one?.sound === 'cut');
    await ui.page.screenshot({ path: join(pictures, 'crossfade.png') });
    expect(await accessFaults(ui.page)).toEqual([]);
    expect(await layoutFaults(ui.page)).toEqual([]);
  });

  it('the export has as many frames as before, and the same middle', async () => {
    const of = await project();
    const request = { projectId: of.id, variants: listVariants(of).slice(0, 1), ratios: ['9:16'], presetId: 'draft' };
    const { batchId } = await callEngine<{ batchId: string }>(ui.page, '/render/start', request);
    const { exports } = await callEngine<{ exports: { path: string; error: unknown }[] }>(
      ui.page,
      '/render/waitForBatch',
      { batchId },
    );
    expect(exports[0]?.error).toBeNull();
    const args = ['-v', 'error', '-i', exports[0]?.path ?? '', '-vf', 'scale=1:1:flags=area,format=gray'];
    const { stdout } = await run('ffmpeg', [...args, '-f', 'rawvideo', '-'], { encoding: 'buffer' });
    expect(stdout.length).toBe(60 + 90);
    const at = (frame: number) => stdout[frame] ?? 0;
    const [dark, bright] = [at(0), at(59)];
    expect(bright - dark).toBeGreaterThan(100);
    expect(Math.abs(at(30) - (dark + bright) / 2)).toBeLessThan(6);
    expect(Math.abs(at(22) - dark)).toBeLessThan(4);
    expect(Math.abs(at(38) - bright)).toBeLessThan(4);
  });

  it('an edge dragged changes the length, Delete removes it, and undo brings it back', async () => {
    const { page } = ui;
    const box = await mark().boundingBox();
    if (!box) throw new Error('the transition is not in view');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width - 2, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width + box.width / 4, y, { steps: 4 });
    await page.mouse.up();
    await transitionIs('a longer one', ([one]) => (one?.lengthFrames ?? 0) > 17);
    await press('Delete');
    await transitionIs('none', (all) => all.length === 0);
    await press('Control+z');
    await transitionIs('it again', (all) => all.length === 1);
    await press('Control+z');
    await transitionIs('as it was', ([one]) => one?.lengthFrames === 15);
  });

  it('is copied, cut and pasted by keys like a clip, and warns where there is no footage for it', async () => {
    const { page } = ui;
    await mark().click();
    await press('Control+x');
    await transitionIs('none', (all) => all.length === 0);
    await press('Control+v');
    await transitionIs('it again', ([one]) => one?.kind === 'crossfade' && one.lengthFrames === 15);
    expect(await mark().getAttribute('aria-pressed')).toBe('true');
    // The first clip has 75 frames of footage after its end: 45 of them are enough for a while.
    expect(await page.getByTestId('no-footage').count()).toBe(0);
    const { sequence } = hookTrack(await project());
    const slipped = { type: 'clip.set', sequenceId: sequence.id, clipId: 'one' };
    const { content } = hookTrack(await project()).track.clips[0] ?? {};
    const late = { ...content, sourceInSeconds: { num: 3, den: 1 } };
    await callEngine(page, '/projects/apply', {
      id: (await project()).id,
      edit: { ...slipped, patch: { content: late } },
    });
    const inspector = page.getByRole('region', { name: 'Transition', exact: true });
    await inspector
      .getByText(/^There is no more footage after this cut: the last frame of .* is held for 8 frames\.$/)
      .waitFor();
    await page.getByTestId('no-footage').waitFor();
    await page.screenshot({ path: join(pictures, 'no-footage.png') });
    expect(await accessFaults(page)).toEqual([]);
    await callEngine(page, '/projects/apply', { id: (await project()).id, edit: { ...slipped, patch: { content } } });
    await page.getByTestId('no-footage').waitFor({ state: 'detached' });
  });

  it('a freeze frame stops the picture at the playhead; the transition goes on with the rest of the clip', async () => {
    await press('Home');
    for (let step = 0; step < 10; step += 1) await press('ArrowRight');
    await stillIs(10);
    await press('Shift+F');
    const { clips } = await until(
      'two clips more',
      async () => hookTrack(await project()).track,
      (track) => track.clips.length === 4,
    );
    const placesOf = clips.map(({ startFrame, lengthFrames }) => `${startFrame}+${lengthFrames}`);
    expect(placesOf.join(' ')).toBe('0+10 10+60 70+20 90+30');
    expect(clips[1]?.content).toMatchObject({ isFrozen: true, sourceInSeconds: { num: 5, den: 6 } });
    await transitionIs('at its cut', ([one]) => one?.fromClipId === clips[2]?.id && one?.toClipId === 'two');
    await ui.page.getByLabel('Freeze frame').waitFor();
    await ui.page.screenshot({ path: join(pictures, 'freeze.png') });
    await press('Control+z');
    await transitionIs('as before', ([one]) => one?.fromClipId === 'one');
  });

  it('parts of the ad get one between their columns, for all pairs or for one', async () => {
    await ui.goTo('Board');
    const button = ui.page.getByRole('button', { name: /^Hook → Body: / });
    await button.click();
    const kind = ui.page.getByRole('combobox', { name: 'Kind of transition' });
    await kind.click();
    await ui.page.getByRole('option', { name: 'Push' }).click();
    const seamIs = (what: string, isGood: (seams: readonly Seam[]) => boolean) =>
      until(what, async () => (await project()).seams, isGood);
    await seamIs('a push', ([seam]) => seam?.transition.kind === 'push' && seam.pair === null);
    await ui.page.screenshot({ path: join(pictures, 'seam.png') });
    await press('Escape');
    await ui.page.getByRole('button', { name: 'Hook → Body: Push 0.5 s' }).waitFor();
    // In the timeline of the variant it has a mark of its own, and this pair can have its own transition.
    await ui.variants.getByRole('gridcell').first().click({ button: 'right' });
    await ui.page.getByRole('menuitem', { name: 'Open timeline' }).click();
    const seam = ui.page.locator('[data-seam]');
    await seam.click();
    const inspector = ui.page.getByRole('region', { name: 'Transition between parts' });
    await inspector.getByText('This pair').click();
    await seamIs('one of the pair as well', (seams) => seams.some(({ pair }) => pair !== null));
    await ui.page.screenshot({ path: join(pictures, 'variant.png') });
    await press('Delete');
    await seamIs('a cut of the pair', (seams) =>
      seams.some((one) => one.pair !== null && one.transition.kind === 'cut'),
    );
  });
});
