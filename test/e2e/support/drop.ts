import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';

/** A file as the double's `webUtils.getPathForFile` knows it; size −1 fits any (folders have none). */
interface KnownFile {
  name: string;
  size: number;
  path: string;
}

function knownFiles(paths: readonly string[]): KnownFile[] {
  return paths.flatMap((path) => {
    const facts = statSync(path);
    if (!facts.isDirectory()) return [{ name: basename(path), size: facts.size, path }];
    const inside = readdirSync(path).map((name) => join(path, name));
    return [{ name: basename(path), size: -1, path }, ...knownFiles(inside)];
  });
}

/**
 * Drags files or folders from disk over the middle of an element and drops them: real, trusted events with real File
 * objects, through the browser's own input pipeline. The double is told which path each belongs to.
 */
export async function dropFiles(page: Page, selector: string, paths: readonly string[]): Promise<void> {
  const files = knownFiles(paths);
  await page.evaluate((list) => {
    const double = (window as unknown as { __electronDouble?: { registerFiles(files: KnownFile[]): void } })
      .__electronDouble;
    double?.registerFiles(list);
  }, files);
  const target = page.locator(selector).first();
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error(`nothing to drop on: ${selector}`);
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await session.detach();
}
