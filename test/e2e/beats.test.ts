import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ffmpeg, makeVideo } from '../fixtures/media.ts';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { mainTrack, readAd, tellAsOneStory } from './support/session.ts';
import { type StudioPage, studioPage, until } from './support/studio-page.ts';

/** Frames between two beats: 120 a minute at 30 frames per second. */
const beatLength = 15;

describe('music that cuts go along with, and voices of one loudness', { retry: 0 }, () => {
  let open: OpenStudio;
  let ui: StudioPage;

  beforeAll(async () => {
    open = await openStudio('browser', { viewport: { width: 1440, height: 900 } });
    ui = studioPage(open.studio.page);
    const folder = await open.folderFor('shoot');
    const files = { loud: join(folder, 'loud.mp4'), quiet: join(folder, 'quiet.mp4'), bed: join(folder, 'bed.wav') };
    await makeVideo(files.loud, { size: '180x320', seconds: 4, tonesHz: [300] });
    await makeVideo(files.quiet, { size: '180x320', seconds: 2, tonesHz: [300], args: ['-af', 'volume=-12dB'] });
    const drum = "aevalsrc='0.8*sin(2*PI*880*t)*exp(-30*mod(t,0.5))':d=16:s=48000";
    await ffmpeg('-f', 'lavfi', '-i', drum, files.bed);
    await ui.newAd('Beats');
    await open.studio.drop('text=Drop footage here', Object.values(files));
    for (const file of Object.values(files)) await ui.media(basename(file)).waitFor();
    await ui.media('loud.mp4').dragTo(ui.column('Hook'));
    await ui.media('bed.wav').dragTo(ui.column('Music'));
    await ui.column('Music').getByText('bed').first().waitFor();
    await ui.page.getByTestId('variant-cell').first().click({ button: 'right' });
    await ui.page.getByRole('menuitem', { name: 'Open timeline' }).click();
    await clips().first().waitFor();
  }, 180_000);
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);
  tellAsOneStory();

  const clips = () => ui.page.locator('[data-clip][data-kind="media"]');
  const press = (key: string) => ui.page.keyboard.press(key);
  const track = (what: string, isRight: (now: string) => boolean) => until(what, () => mainTrack(ui.page), isRight);
  /** Where the clips of the main track end. */
  const endsOf = (places: string) => [...places.matchAll(/-(\d+)/g)].map(([, end]) => Number(end));
  const isOnBeat = (frame: number) => Math.abs(frame - Math.round(frame / beatLength) * beatLength) <= 1;

  it('finds the beats and shows them', async () => {
    await press('Alt+b');
    await ui.page.getByText(/^1(19|20)(\.\d)? BPM$/).waitFor();
    await until(
      'ticks in the ruler',
      () => ui.page.getByTestId('beats').locator('span').count(),
      (count) => count >= 6,
    );
  }, 90_000);

  it('cuts a clip at every beat, in one step', async () => {
    await press('Home');
    await press('d');
    await press('Alt+Shift+b');
    const cut = await track('cuts', (now) => endsOf(now).length >= 6);
    // The last one ends where the footage does.
    expect(
      endsOf(cut)
        .slice(0, -1)
        .filter((end) => !isOnBeat(end)),
    ).toEqual([]);
    await press('Control+z');
    await track('as it was', (now) => now === 'loud 0-120');
  }, 90_000);

  it('lets a clip end on the last beat it reaches', async () => {
    await press('Home');
    for (let tens = 0; tens < 10; tens += 1) await press('Shift+ArrowRight');
    await press('w');
    await track('trimmed off the beat', (now) => now === 'loud 0-101');
    await clips().first().click();
    await press('Alt+Shift+c');
    const cut = await track('cut to beat', (now) => now !== 'loud 0-101');
    expect(Math.abs((endsOf(cut)[0] ?? 0) - 6 * beatLength)).toBeLessThanOrEqual(1);
  }, 90_000);

  it('brings two voices to one loudness', async () => {
    await ui.media('quiet.mp4').dragTo(ui.page.getByTestId('timeline-scroll'), { targetPosition: { x: 1000, y: 110 } });
    await until(
      'two clips',
      () => clips().count(),
      (count) => count === 2,
    );
    await press('Control+a');
    await press('Alt+n');
    const gains = await until(
      'gains',
      async () => (await readAd(ui.page)).sequences[0]?.tracks[0]?.clips.map(({ audio }) => audio.gainDb) ?? [],
      (all) => all.some((gain) => gain !== 0),
      60_000,
    );
    const [loud = 0, quiet = 0] = gains;
    expect(loud).toBeLessThan(0);
    expect(Math.abs(quiet - loud - 12)).toBeLessThan(0.5);
    expect(open.studio.pageErrors).toEqual([]);
  }, 120_000);
});
