import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Project, ProjectId } from '#shared/model/index.ts';
import { callEngine } from './support/call-engine.ts';
import { type OpenStudio, openStudio } from './support/faces.ts';
import { keepPictureOfFailures } from './support/on-failure.ts';
import { until } from './support/studio-page.ts';
import { openTextTimeline } from './support/text-timeline.ts';

const presses = 15;

describe('one ad in two tabs', () => {
  let open: OpenStudio;
  let first: Page;
  let second: Page;
  let projectId: ProjectId;

  beforeAll(async () => {
    open = await openStudio('browser', { viewport: { width: 1440, height: 900 } });
    first = open.studio.page;
    projectId = await openTextTimeline(first, 'Shared');
    // "Duplicate tab": the browser takes the tab's key along.
    const opened = open.studio.context.waitForEvent('page');
    await first.evaluate(() => void window.open(location.href));
    second = await opened;
    await clip(second, 'one').waitFor();
  });
  afterAll(() => open?.close());
  keepPictureOfFailures(() => open);

  const clip = (page: Page, id: string) => page.locator(`[data-clip$="/${id}"]`);
  const project = async () =>
    (await callEngine<{ project: Project }>(first, '/projects/get', { id: projectId })).project;
  const steps = async () =>
    (await callEngine<{ entries: unknown[] }>(first, '/projects/historyPath', { id: projectId })).entries.length;
  /** First frames of the two clips. */
  const starts = async () =>
    (await project()).sequences
      .flatMap(({ tracks }) => tracks.flatMap(({ clips }) => clips))
      .map(({ id, startFrame }) => `${id} ${startFrame}`)
      .join(', ');

  const isSelected = (page: Page, id: string) => clip(page, id).getAttribute('aria-pressed');

  it('loses and doubles nothing when both edit at once', async () => {
    await clip(first, 'one').click();
    await clip(second, 'two').click();
    const before = await steps();
    const nudge = async (page: Page) => {
      for (let press = 0; press < presses; press += 1) await page.keyboard.press('.');
    };
    await Promise.all([nudge(first), nudge(second)]);
    await until('every step of both', starts, (now) => now === `one ${10 + presses}, two ${10 + presses}`);
    expect(await steps()).toBe(before + 2 * presses);
  });

  it('shows both the same, each with a selection of its own', async () => {
    const places = (page: Page) =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('[data-clip]')].map(({ style }) => style.left).join(),
      );
    await until(
      'the same picture',
      async () => [await places(first), await places(second)],
      ([a, b]) => a === b && a !== '',
    );
    expect([await isSelected(first, 'one'), await isSelected(first, 'two')]).toEqual(['true', 'false']);
    expect([await isSelected(second, 'one'), await isSelected(second, 'two')]).toEqual(['false', 'true']);
  });

  it('says what no longer fits, and keeps the rest', async () => {
    await clip(second, 'one').click();
    const nudge = async () => {
      for (let press = 0; press < 5; press += 1) await second.keyboard.press('.');
    };
    await Promise.all([first.keyboard.press('Delete'), nudge()]);
    await until('the clip is gone', starts, (now) => now === `two ${10 + presses}`);
    await clip(second, 'one').waitFor({ state: 'detached' });
    await clip(second, 'two').click();
    await second.keyboard.press('.');
    await until('editing goes on', starts, (now) => now === `two ${11 + presses}`);
  });
});
