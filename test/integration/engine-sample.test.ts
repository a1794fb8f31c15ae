import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '#main/engine/types.ts';
import { createEngine } from '#main/engine.ts';
import { createInProcessClient } from '#main/gateway/in-process.ts';
import { createRouter } from '#main/gateway/router.ts';
import { silentLog } from '#main/platform/log/index.ts';
import { resourcesFolder } from '#main/platform/paths/index.ts';
import type { EngineClient } from '#shared/contract/index.ts';
import { listVariants, placementIdSchema, ratios } from '#shared/model/index.ts';
import { makeSound } from '../fixtures/media.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spotloom-sample-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Opened {
  engine: Engine;
  client: EngineClient;
}

async function opened(hasSample: boolean, work: (open: Opened) => Promise<void>): Promise<void> {
  const libraryFolder = join(folder, 'library');
  const resourcesDir = resourcesFolder();
  const engine = await createEngine({ libraryFolder, resourcesDir, face: 'browser', hasSample, log: silentLog() });
  try {
    const handlers = engine.handlersFor({ mediaBase: 'media:' });
    const router = createRouter(handlers, { log: silentLog(), isOutputValidated: true });
    await work({ engine, client: createInProcessClient(router, engine.log) });
  } finally {
    await engine.dispose();
  }
}

const names = async ({ client }: Opened) => (await client.projects.list({})).projects.map((one) => one.name);

describe('the sample ad', () => {
  it('comes to a new library, which says so meanwhile, and never again', async () => {
    await opened(true, async (open) => {
      expect((await open.client.system.info()).isPreparingSample).toBe(true);
      await open.engine.settled;
      expect((await open.client.system.info()).isPreparingSample).toBe(false);
      const [sample] = (await open.client.projects.list({})).projects;
      if (!sample) throw new Error('no sample');
      await open.client.projects.remove({ id: sample.id });
    });
    await opened(true, async (open) => {
      expect((await open.client.system.info()).isPreparingSample).toBe(false);
      await open.engine.settled;
      expect(await names(open)).toEqual([]);
    });
  });

  it('has no words or logos under the interface of any placement', async () => {
    await opened(true, async ({ engine, client }) => {
      await engine.settled;
      const [sample] = (await client.projects.list({})).projects;
      const { project } = await client.projects.get({ id: sample?.id ?? ('' as never) });
      const { findings } = await client.render.preflight({
        ...{ projectId: project.id, variants: listVariants(project), ratios: [...ratios] },
        ...{ presetId: 'standard', placements: placementIdSchema.options },
      });
      const hidden = findings.filter(({ id }) => id === 'safe-zone');
      const said = hidden.map(({ placement, message }) => `${placement}: ${message}`);
      expect(said).toEqual([]);
    });
  });

  it('does not come to a library that has a project', async () => {
    await opened(false, async ({ client }) => void (await client.projects.create({ name: 'Mine' })));
    await opened(true, async (open) => {
      await open.engine.settled;
      expect(await names(open)).toEqual(['Mine']);
    });
  });

  it('does not come to a library that has held media, even when they are gone', async () => {
    const path = join(folder, 'beat.wav');
    await makeSound(path, { seconds: 1 });
    await opened(false, async ({ client }) => {
      const { importId } = await client.library.import({ paths: [path], uploads: [] });
      const { items } = await client.library.waitForImport({ importId });
      await client.library.remove({ ids: items.flatMap((item) => item.assetId ?? []) });
      expect((await client.library.facets()).total).toBe(0);
    });
    await opened(true, async (open) => {
      await open.engine.settled;
      expect(await names(open)).toEqual([]);
    });
  });
});
