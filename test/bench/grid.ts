import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { launchBrowserFace } from '../e2e/support/launch.ts';
import type { BenchRow } from '../fixtures/bench-row.ts';
import { fillLibrary, manyAssets } from '../fixtures/many-assets.ts';
import { openLibrary, temporaryFolder } from '../integration/library-kit.ts';

const assetCount = 100_000;
const stops = 24;

/** The library page over 100,000 assets: tiles in the page while it scrolls from end to end, and how soon a search shows. */
export async function run(): Promise<BenchRow[]> {
  const folder = temporaryFolder();
  try {
    const library = openLibrary(folder.path, { isWorking: false });
    fillLibrary(library.db, manyAssets(assetCount));
    await library.close();
    const environment = { SPOTLOOM_SAMPLE: '0', SPOTLOOM_VALIDATE: '0' };
    const studio = await launchBrowserFace({
      library: folder.path,
      viewport: { width: 1920, height: 1080 },
      environment,
    });
    try {
      return await measure(studio.page);
    } finally {
      await studio.close();
    }
  } finally {
    folder.clean();
  }
}

const countTiles = (page: Page) => page.getByTestId('media-tile').count();

async function measure(page: Page): Promise<BenchRow[]> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Library' }).click();
  await page.getByText('100,000 items').waitFor();
  const grid = page.getByRole('listbox', { name: 'Media' });
  let most = await countTiles(page);
  const settleMs: number[] = [];
  for (let stop = 1; stop <= stops; stop += 1) {
    await grid.evaluate((box, part) => box.scrollTo(0, box.scrollHeight * part), stop / stops);
    most = Math.max(most, await countTiles(page));
    settleMs.push(await untilShown(page));
    most = Math.max(most, await countTiles(page));
  }
  const searchMs = await searchFor(page);
  const worst = Math.max(...settleMs);
  return [
    { name: 'tiles in the page, 100,000 assets', value: most, unit: 'tiles', bound: '< 100', holds: most < 100 },
    { name: 'jump anywhere to all tiles named, worst', value: worst, unit: 'ms', bound: '< 3000', holds: worst < 3000 },
    {
      name: 'typed search to its count on the screen',
      value: searchMs,
      unit: 'ms',
      bound: '< 1000',
      holds: searchMs < 1000,
    },
  ];
}

/** Until every tile in the page has been read. */
async function untilShown(page: Page): Promise<number> {
  const startedMs = performance.now();
  await page.waitForFunction(() => {
    const tiles = [...document.querySelectorAll('[data-testid="media-tile"]')];
    return tiles.length > 0 && tiles.every((tile) => tile.hasAttribute('data-asset-id'));
  });
  return performance.now() - startedMs;
}

async function searchFor(page: Page): Promise<number> {
  const startedMs = performance.now();
  await page.getByRole('searchbox').first().fill('hook');
  await page.getByText(/^[\d,]+ found$/).waitFor();
  return performance.now() - startedMs;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await run());
