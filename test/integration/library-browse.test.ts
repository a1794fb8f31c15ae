import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AssetFilterInput } from '#shared/contract/index.ts';
import { assetFilterSchema } from '#shared/contract/index.ts';
import type { AssetId, CollectionId, SubclipId } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { fillLibrary } from '../fixtures/many-assets.ts';
import { type OpenLibrary, openLibrary, temporaryFolder } from './library-kit.ts';

let folder: ReturnType<typeof temporaryFolder>;
let opened: OpenLibrary;
let ids: AssetId[];
const context = { signal: new AbortController().signal };

beforeAll(async () => {
  folder = temporaryFolder();
  opened = openLibrary(join(folder.path, 'library'), { isWorking: false });
  ids = fillLibrary(opened.db, [
    {
      name: 'Hook_one_Über.MOV',
      kind: 'video',
      size: [1080, 1920],
      seconds: 12,
      folder: '/shoot/Anna',
      day: '2026-03-01',
    },
    { name: 'body-two.mp4', kind: 'video', size: [1920, 1080], seconds: 30, folder: '/shoot/Anna', day: '2026-03-02' },
    { name: 'IMG_0421.jpg', kind: 'image', size: [3000, 3000], seconds: null, folder: '/shoot/Ben', day: '2026-03-02' },
    { name: 'music bed.wav', kind: 'audio', size: null, seconds: 60, folder: '/music', day: '2025-01-01' },
    {
      name: 'IMG_0422 "quoted".jpg',
      kind: 'image',
      size: [1080, 1350],
      seconds: null,
      folder: '/shoot/Ben',
      day: '2026-03-03',
    },
  ]);
});

afterAll(async () => {
  await opened?.close();
  folder?.clean();
});

async function names(
  filter: AssetFilterInput,
  sort: 'newest' | 'oldest' | 'name' | 'duration' | 'shoot-day' | 'rating' = 'oldest',
) {
  const answer = await opened.handlers.list(
    { filter: assetFilterSchema.parse(filter), sort, offset: 0, limit: 100 },
    context,
  );
  expect(answer.total).toBe(answer.assets.length);
  return answer.assets.map((asset) => asset.name.slice(0, 8));
}

describe('finding', () => {
  test.each([
    ['hook', ['Hook_one']],
    ['UBER', ['Hook_one']],
    ['img_042', ['IMG_0421', 'IMG_0422']],
    ['img 0421', ['IMG_0421']],
    ['0421 img', ['IMG_0421']],
    ['anna', ['Hook_one', 'body-two']],
    ['anna bod', ['body-two']],
    ['mg_0421', []],
    ['"quoted"', ['IMG_0422']],
    ['quoted" OR name:x', []],
    ['  ', ['Hook_one', 'body-two', 'IMG_0421', 'music be', 'IMG_0422']],
    ['* ( ) - AND', []],
    ['---', ['Hook_one', 'body-two', 'IMG_0421', 'music be', 'IMG_0422']],
  ])('%j', async (search, expected) => {
    expect(await names({ search })).toEqual(expected);
  });

  test('the words spoken in media', async () => {
    const words = ['so', 'this', 'serum', 'changed', 'everything'];
    opened.library.transcripts.set(ids[3] as AssetId, {
      words: words.map((text, index) => ({ text, startMs: index * 1000, endMs: index * 1000 + 900 })),
      language: 'en',
      origin: 'imported',
    });
    expect(await names({ search: 'serum chang' })).toEqual(['music be']);
    expect((await opened.handlers.get({ id: ids[3] as AssetId }, context)).hasTranscript).toBe(true);
  });
});

describe('filters and orders', () => {
  test.each<[string, AssetFilterInput, string[]]>([
    ['kind', { kinds: ['image'] }, ['IMG_0421', 'IMG_0422']],
    ['kinds', { kinds: ['image', 'audio'] }, ['IMG_0421', 'music be', 'IMG_0422']],
    ['no kind named is no narrowing', { kinds: [] }, ['Hook_one', 'body-two', 'IMG_0421', 'music be', 'IMG_0422']],
    ['ratio', { ratios: ['1:1', '4:5'] }, ['IMG_0421', 'IMG_0422']],
    ['folder', { sourceFolder: '/shoot/Anna' }, ['Hook_one', 'body-two']],
    ['day', { shootDay: '2026-03-02' }, ['body-two', 'IMG_0421']],
    ['several', { kinds: ['video'], shootDay: '2026-03-02', search: 'anna' }, ['body-two']],
  ])('%s', async (_label, filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  test('what can be heard', async () => {
    expect(await names({ hasSound: true })).toEqual(['music be']);
    expect(await names({ kinds: ['video'], hasSound: true })).toEqual([]);
    const heard = {
      ...{ streamIndex: 1, codec: 'aac', sampleRateHz: 48_000, channels: 2, language: null, isDefault: true },
      ...{ startSeconds: rational(0), durationSeconds: null },
    };
    const set = `UPDATE asset_probes SET probe = json_set(probe, '$.audio', json(?)) WHERE asset_seq = (SELECT seq FROM assets WHERE id = ?)`;
    const setAudio = (json: string) => {
      opened.db.raw.prepare(set).run(json, ids[1] as AssetId);
      opened.library.announce([ids[1] as AssetId]);
    };
    setAudio(JSON.stringify([heard]));
    expect(await names({ hasSound: true, kinds: ['video', 'audio'] })).toEqual(['body-two', 'music be']);
    expect(await names({ hasSound: false })).toEqual(['Hook_one', 'IMG_0421', 'IMG_0422']);
    setAudio('[]');
  });

  test('every order', async () => {
    expect(await names({}, 'newest')).toEqual(['IMG_0422', 'music be', 'IMG_0421', 'body-two', 'Hook_one']);
    expect(await names({}, 'name')).toEqual(['body-two', 'Hook_one', 'IMG_0421', 'IMG_0422', 'music be']);
    expect(await names({}, 'duration')).toEqual(['music be', 'body-two', 'Hook_one', 'IMG_0422', 'IMG_0421']);
    expect(await names({}, 'shoot-day')).toEqual(['IMG_0422', 'IMG_0421', 'body-two', 'Hook_one', 'music be']);
    expect(await names({ search: 'img' }, 'newest')).toEqual(['IMG_0422', 'IMG_0421']);
  });

  test('pages join without gap or overlap', async () => {
    const seen: string[] = [];
    for (let offset = 0; offset < 6; offset += 2) {
      const filter = assetFilterSchema.parse({});
      const { assets, total } = await opened.handlers.list({ filter, sort: 'name', offset, limit: 2 }, context);
      expect(total).toBe(5);
      seen.push(...assets.map((asset) => asset.id));
    }
    expect(new Set(seen)).toEqual(new Set(ids));
  });

  test('another process’s change shows in the next listing', async () => {
    const other = openLibrary(opened.root, { isWorking: false });
    try {
      await names({ kinds: ['audio'] });
      await other.handlers.update({ ids: [ids[3] as AssetId], patch: { isRejected: true } }, context);
      expect(await names({ kinds: ['audio'] })).toEqual([]);
      await other.handlers.update({ ids: [ids[3] as AssetId], patch: { isRejected: false } }, context);
    } finally {
      await other.close();
    }
  });
});

describe('keeping order', () => {
  test('tags, ratings and rejects can be set on many, filtered by and counted', async () => {
    const [first, second, third] = ids as [AssetId, AssetId, AssetId];
    await opened.handlers.update(
      { ids: [first, second], patch: { addTags: [' summer  sale ', 'ugc'], rating: 4 } },
      context,
    );
    await opened.handlers.update({ ids: [third], patch: { addTags: ['ugc'], isRejected: true } }, context);
    expect(await names({ tags: ['ugc'] })).toEqual(['Hook_one', 'body-two']);
    expect(await names({ tags: ['ugc'], rejected: 'only' })).toEqual(['IMG_0421']);
    expect(await names({ tags: ['ugc', 'summer sale'], rejected: 'show' })).toEqual(['Hook_one', 'body-two']);
    expect(await names({ search: 'summ', minRating: 4 })).toEqual(['Hook_one', 'body-two']);
    expect(await opened.handlers.facets(undefined, context)).toMatchObject({
      tags: [
        { value: 'summer sale', count: 2 },
        { value: 'ugc', count: 2 },
      ],
      total: 4,
      rejected: 1,
    });
    await opened.handlers.update(
      { ids: [first, second, third], patch: { removeTags: ['ugc', 'summer sale'], isRejected: false, rating: 0 } },
      context,
    );
    const facets = await opened.handlers.facets(undefined, context);
    expect(facets).toMatchObject({ tags: [], total: 5, rejected: 0 });
    expect(facets.kinds).toEqual([
      { value: 'audio', count: 1 },
      { value: 'image', count: 2 },
      { value: 'video', count: 2 },
    ]);
    expect(facets.shootDays[0]).toEqual({ value: '2026-03-03', count: 1 });
  });

  test('a renamed asset is found by its new name only', async () => {
    const id = ids[3] as AssetId;
    await opened.handlers.update({ ids: [id], patch: { name: 'Drums loop' } }, context);
    expect(await names({ search: 'drums' })).toEqual(['Drums lo']);
    expect(await names({ search: 'bed' })).toEqual([]);
    await opened.handlers.update({ ids: [id], patch: { name: 'music bed.wav' } }, context);
  });

  test('rights are kept and can be taken away', async () => {
    const id = ids[0] as AssetId;
    const rights = { owner: 'Anna', expiresAtMs: 1_800_000_000_000, note: 'paid social only' };
    await opened.handlers.update({ ids: [id], patch: { rights } }, context);
    expect((await opened.handlers.get({ id }, context)).rights).toEqual(rights);
    await opened.handlers.update({ ids: [id], patch: { rights: null } }, context);
    expect((await opened.handlers.get({ id }, context)).rights).toBeNull();
  });

  test('collections hold media without owning it', async () => {
    const id = (await opened.handlers.addCollection({ name: 'Best' }, context)).id as CollectionId;
    await opened.handlers.changeCollection(
      { id, add: [ids[0] as AssetId, ids[2] as AssetId, 'asset-unknown' as AssetId], remove: [] },
      context,
    );
    expect(await names({ collectionId: id })).toEqual(['Hook_one', 'IMG_0421']);
    expect((await opened.handlers.get({ id: ids[0] as AssetId }, context)).collectionIds).toEqual([id]);
    await opened.handlers.renameCollection({ id, name: 'Very best' }, context);
    expect((await opened.handlers.listCollections(undefined, context)).collections).toEqual([
      { id, name: 'Very best', count: 2 },
    ]);
    await opened.handlers.removeCollection({ id }, context);
    await expect(async () => opened.handlers.renameCollection({ id, name: 'x' }, context)).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await names({})).toHaveLength(5);
  });

  test('subclips are ranges inside their media', async () => {
    const assetId = ids[0] as AssetId;
    const range = { inSeconds: rational(1001, 30000), outSeconds: rational(5) };
    const clip = await opened.handlers.addSubclip({ assetId, name: 'smile', ...range }, context);
    expect((await opened.handlers.listSubclips({ assetIds: [assetId] }, context)).subclips).toEqual([clip]);
    const changed = await opened.handlers.updateSubclip({ id: clip.id as SubclipId, outSeconds: rational(6) }, context);
    expect(changed).toMatchObject({ name: 'smile', inSeconds: range.inSeconds, outSeconds: rational(6) });
    const bad = [
      { inSeconds: rational(7), outSeconds: rational(6) },
      { inSeconds: rational(13), outSeconds: rational(14) },
      { inSeconds: rational(-1), outSeconds: rational(1) },
    ];
    for (const wrong of bad) {
      await expect(async () =>
        opened.handlers.addSubclip({ assetId, name: 'x', ...wrong }, context),
      ).rejects.toMatchObject({ code: 'invalid-input' });
    }
    await opened.handlers.removeSubclip({ id: clip.id as SubclipId }, context);
    expect((await opened.handlers.listSubclips({ assetIds: [assetId] }, context)).subclips).toEqual([]);
  });

  test('what is not there is said so', async () => {
    await expect(async () => opened.handlers.get({ id: 'asset-none' as AssetId }, context)).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(
      (await opened.handlers.getMany({ ids: ['asset-none' as AssetId, ids[1] as AssetId] }, context)).assets.map(
        (one) => one.id,
      ),
    ).toEqual([ids[1]]);
    await expect(async () => opened.handlers.getImport({ importId: 'import-none' }, context)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(async () => opened.handlers.import({ paths: [], uploads: [] }, context)).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});
