import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach } from 'vitest';
import type { OpenStudio } from './faces.ts';

const folder = join(import.meta.dirname, '../../../test-results/failures');

/** Keeps a picture of the page as it was when a test failed. */
export function keepPictureOfFailures(studio: () => OpenStudio | undefined): void {
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(async () => {
      mkdirSync(folder, { recursive: true });
      const name = `${task.suite?.name ?? ''} ${task.name}`.replaceAll(/[^\w]+/g, '-').slice(0, 120);
      await studio()
        ?.studio.page.screenshot({ path: join(folder, `${name}.png`), timeout: 5_000 })
        .catch(() => undefined);
    });
  });
}
