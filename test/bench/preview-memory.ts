import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { systemClock } from '#main/platform/clock/index.ts';
import { createProjects, libraryAssets } from '#main/projects/index.ts';
import type { ProjectId } from '#shared/model/index.ts';
import { launchBrowserFace } from '../e2e/support/launch.ts';
import { until } from '../e2e/support/studio-page.ts';
import { benchScale } from '../fixtures/bench-kit.ts';
import type { BenchRow } from '../fixtures/bench-row.ts';
import { hourLong } from '../fixtures/hour-long.ts';
import { makePicture, makeSound, makeVideo } from '../fixtures/media.ts';
import { descendantsOf, memoryOf } from '../fixtures/process-memory.ts';
import { openLibrary, quietLog, temporaryFolder } from '../integration/library-kit.ts';

const { isTrial } = benchScale();
const videoCount = isTrial ? 4 : 12;
/** Stills looked at in the first minute: more than the preview keeps, so that what is bounded is full. */
const firstStills = isTrial ? 30 : 80;
const stillsPerMinute = 3;
const playedFrames = 45;
/** Every so many minutes the memory is looked at. */
const lookEvery = 10;
const step = isTrial ? 10 : 1;
const projectId = 'bench-hour' as ProjectId;
const mostMs = 180_000;

/** What one look at the browser's memory found, bytes. */
interface Look {
  minute: number;
  renderer: number;
  gpu: number;
  privateBytes: number;
  heap: number;
}

/**
 * An hour-long ad in the built studio: it is played and scrubbed in every minute from the first to the last, and the
 * memory of the page's and the graphics processes after a garbage collection is compared between minute 1 and minute 60.
 * Linux only: the kernel's own figures of each process.
 */
export async function run(): Promise<BenchRow[]> {
  const folder = temporaryFolder();
  try {
    const library = join(folder.path, 'library');
    await prepare(library, folder.path);
    const environment = { SPOTLOOM_SAMPLE: '0', SPOTLOOM_VALIDATE: '0' };
    const chromiumArgs = ['--js-flags=--expose-gc', '--mute-audio'];
    const studio = await launchBrowserFace({
      library,
      viewport: { width: 1480, height: 920 },
      environment,
      chromiumArgs,
    });
    try {
      return rowsOf(await measure(studio.page));
    } finally {
      await studio.close();
    }
  } finally {
    folder.clean();
  }
}

/** A library with the media and the project of an hour. */
async function prepare(root: string, folder: string): Promise<void> {
  const library = openLibrary(root);
  const videos = Array.from({ length: videoCount }, (_, at) => join(folder, `talk ${at}.mp4`));
  const [still, music] = [join(folder, 'product.png'), join(folder, 'music.wav')];
  for (const [at, path] of videos.entries())
    await makeVideo(path, {
      ...{ size: '720x1280', seconds: 8, tonesHz: [200 + at * 20] },
      filter: `hue=h=${at * 25}`,
    });
  await makePicture(still, { size: '720x720' });
  await makeSound(music, { seconds: 60, hz: 440 });
  await library.importPaths([...videos, still, music]);
  await library.settle();
  const parts = { db: library.db, clock: systemClock(), log: quietLog, assets: libraryAssets(library.library) };
  const projects = createProjects(parts);
  const id = (path: string) => library.byName(path.slice(folder.length + 1)).id;
  projects.add(hourLong(projectId, 'Hour', { videos: videos.map(id), still: id(still), music: id(music) }));
  projects.dispose();
  await library.close();
}

async function measure(page: Page): Promise<Look[]> {
  page.setDefaultTimeout(mostMs);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Projects' }).click();
  await page.getByRole('button', { name: /Hour/ }).first().click();
  await page.getByRole('article', { name: 'Hour' }).waitFor();
  await page.evaluate(() => {
    location.hash = '#/edit/option/hour-option';
  });
  await page.waitForFunction(() => document.querySelectorAll('[data-clip]').length > 5);
  const looks: Look[] = [];
  for (let minute = 1; minute <= 60; minute += minute === 1 && step > 1 ? step - 1 : step) {
    await playAbout(page, minute, minute === 1 ? firstStills : stillsPerMinute);
    if (minute === 1 || minute % lookEvery === 0) looks.push(await look(page, minute));
  }
  return looks;
}

/** Plays a little of a minute, and looks at single frames all over it. */
async function playAbout(page: Page, minute: number, stills: number): Promise<void> {
  const first = (minute - 1) * 60 * 30;
  await goTo(page, first + 20);
  await page.keyboard.press('Space');
  await until(
    'it plays',
    () => frameNow(page),
    (frame) => frame >= first + 20 + playedFrames,
    mostMs,
  );
  await page.keyboard.press('Space');
  for (let n = 0; n < stills; n += 1) await goTo(page, first + Math.floor(((n + 0.5) / stills) * 1790));
}

/** Goes to a frame by typing its timecode, and waits until exactly that frame is on the page. */
async function goTo(page: Page, frame: number): Promise<void> {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const code = [frame / 108_000, (frame / 1800) % 60, (frame / 30) % 60, frame % 30].map(two).join(':');
  const field = page.getByRole('textbox', { name: 'Position' }).last();
  await field.fill(code);
  await field.press('Enter');
  const shown = () => page.getByTestId('exact-still').evaluateAll((all) => all.map((one) => one.dataset.frame));
  await until(`the still of frame ${frame}`, shown, (frames) => frames.includes(String(frame)), mostMs);
}

async function frameNow(page: Page): Promise<number> {
  const code = await page.getByRole('textbox', { name: 'Position' }).last().inputValue();
  const [hours = 0, minutes = 0, seconds = 0, frames = 0] = code.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 30 + frames;
}

/** The memory of the page's and the graphics processes, once nothing is left to be collected: the least of several looks. */
async function look(page: Page, minute: number): Promise<Look> {
  const session = await page.context().newCDPSession(page);
  let least: Look | null = null;
  for (let round = 0; round < 5; round += 1) {
    await session.send('HeapProfiler.collectGarbage');
    for (const worker of page.workers()) await worker.evaluate(() => (globalThis as { gc?: () => void }).gc?.());
    // Decoders that rest are let go after a while; what was freed goes back to the system a little later.
    await page.waitForTimeout(round === 0 ? 6000 : 1500);
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const now = summed(minute, usedSize);
    if (!least || now.renderer + now.gpu < least.renderer + least.gpu) least = now;
  }
  await session.detach();
  if (!least) throw new Error('nothing was looked at');
  console.log(JSON.stringify(least));
  return least;
}

function summed(minute: number, heap: number): Look {
  const all = descendantsOf(process.pid).map(memoryOf);
  const of = (type: string) => all.filter((one) => one.type === type);
  const pss = (type: string) => of(type).reduce((sum, { pssBytes }) => sum + pssBytes, 0);
  const [renderer, gpu] = [pss('renderer'), pss('gpu-process')];
  if (renderer === 0 || gpu === 0) throw new Error('the memory of the browser cannot be read here');
  const own = [...of('renderer'), ...of('gpu-process')].reduce((sum, { privateBytes }) => sum + privateBytes, 0);
  return { minute, renderer, gpu, privateBytes: own, heap };
}

function rowsOf(looks: readonly Look[]): BenchRow[] {
  const [first, last] = [looks[0], looks.at(-1)];
  if (!first || !last) return [];
  const whole = (one: Look) => one.renderer + one.gpu;
  const change = (whole(last) / whole(first) - 1) * 100;
  const mb = (bytes: number) => (bytes / 1e6).toFixed(0);
  const note = looks
    .map(
      (one) => `minute ${one.minute}: ${mb(one.renderer)} + ${mb(one.gpu)} MB, of them private ${mb(one.privateBytes)}`,
    )
    .join('; ');
  const name = 'memory of the preview, minute 60 against minute 1 of an hour';
  const heapNote = looks.map(({ heap }) => mb(heap)).join(', ');
  return [
    {
      ...{ name, value: change, unit: '%', note: `page + graphics process: ${note}` },
      ...(isTrial ? {} : { bound: '± 10', holds: Math.abs(change) <= 10 }),
    },
    { name: 'of it, the page’s script, last', value: last.heap / 1e6, unit: 'MB', note: `${heapNote} on the way` },
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.table(await run());
  process.exit(0);
}
