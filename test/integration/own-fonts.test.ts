import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOwnFonts, type OwnFonts } from '#main/fonts/index.ts';
import { silentLog } from '#main/platform/log/index.ts';
import { loadFonts, shippedFaces, withOwnFonts } from '#main/render/sources/fonts.ts';
import { assDocument, editSchema, pickFace, readFont, stillMoment, textStyleSchema } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { shippedFontsDir } from '../fixtures/font-metrics.ts';
import { renamedFont } from '../fixtures/renamed-font.ts';
import { openEngine } from './faults-kit.ts';

let folder: string;
let fonts: OwnFonts;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spotloom-fonts-'));
  fonts = createOwnFonts({
    ...{ folder: join(folder, 'fonts'), shipped: () => shippedFaces(shippedFontsDir), log: silentLog() },
  });
});
afterAll(async () => {
  fonts.dispose();
  await rm(folder, { recursive: true, force: true });
});

const shipped = (file: string) => readFile(join(shippedFontsDir, file));
const put = async (name: string, bytes: Uint8Array) => {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
};
const refusal = async (name: string, bytes: Uint8Array) => {
  const path = await put(name, bytes);
  return fonts.add(path).then(
    () => 'added',
    (error: { userMessage?: string }) => error.userMessage ?? String(error),
  );
};

/** Where a table of a font begins, and where that is written. */
function table(font: Buffer, tag: string): { at: number; record: number } {
  for (let record = 12; record < 12 + font.readUInt16BE(4) * 16; record += 16)
    if (font.toString('latin1', record, record + 4) === tag) return { at: font.readUInt32BE(record + 8), record };
  throw new Error(`no ${tag}`);
}

it('says what is wrong with a file, by its name', async () => {
  const inter = await shipped('Inter_400Regular.ttf');
  const changed = (change: (font: Buffer) => void) => {
    const font = Buffer.from(inter);
    change(font);
    return font;
  };
  expect(await refusal('notes.ttf', Buffer.from('only some words, and more'))).toContain(
    '“notes.ttf” was not added. This is not a font',
  );
  expect(await refusal('web.woff2', Buffer.concat([Buffer.from('wOF2'), inter]))).toContain('WOFF2');
  expect(await refusal('many.ttc', Buffer.concat([Buffer.from('ttcf'), inter]))).toContain('collection');
  expect(await refusal('cut.ttf', inter.subarray(0, 400))).toContain('damaged');
  const variable = changed((font) => font.write('fvar', table(font, 'name').record, 'latin1'));
  expect(await refusal('variable.ttf', variable)).toContain('variable font');
  const forbidden = changed((font) => font.writeUInt16BE(2, table(font, 'OS/2').at + 8));
  expect(await refusal('forbidden.ttf', forbidden)).toContain('forbid');
  const nameless = changed((font) => font.writeUInt16BE(0, table(font, 'name').at + 2));
  expect(await refusal('nameless.ttf', nameless)).toContain('name of its family');
  expect(await refusal('again.ttf', inter)).toContain('“Inter Regular” is there already');
  expect(await fonts.list()).toEqual([]);
});

it('keeps a font under its own names, once, until it is removed', async () => {
  const bytes = await renamedFont();
  const read = readFont(bytes);
  expect(read).toMatchObject({ names: { family: 'Outer', style: 'Regular', weight: 400, isItalic: false } });
  const added = await fonts.add(await put('outer.ttf', bytes));
  expect(await fonts.list()).toEqual([added]);
  expect(await readFile(added.path)).toEqual(bytes);
  expect(await fonts.mediaFile(added.file.slice(0, 24))).toEqual({ path: added.path, mime: 'font/ttf' });
  expect(await fonts.mediaFile('../library.sqlite')).toBeNull();
  await expect(fonts.add(await put('outer.ttf', bytes))).rejects.toMatchObject({ code: 'conflict' });
});

it('joins the set of exports; only texts set in it name its file', async () => {
  const set = await loadFonts(shippedFontsDir);
  const own = await withOwnFonts(set, await fonts.list());
  expect(own.hash).toBe(set.hash);
  expect(pickFace(own.faces, { family: 'Outer', weight: 400, isItalic: false })?.metrics).toBeDefined();
  const script = (fontFamily: string) => {
    const layer = {
      ...{ kind: 'text' as const, instance: 'x', text: 'Hi', opacity: 1, wrapScale: null, moment: stillMoment },
      ...{ style: textStyleSchema.parse({ fontFamily }), anchor: { x: 50, y: 50 }, pixelScale: 1 },
    };
    const events = [{ layer, startFrame: 0, endFrame: 1 }];
    return assDocument({ events, output: { width: 100, height: 100 }, rate: rational(30), faces: own.faces });
  };
  const [font] = await fonts.list();
  expect(script('Outer')).toContain(`; font ${font?.hash}`);
  expect(script('Inter')).not.toContain('; font');
  await fonts.remove(font?.file ?? '');
  expect(await fonts.list()).toEqual([]);
});

it('goes along in the file of a project whose texts are set in it, and in no other', async () => {
  const [here, there] = await Promise.all(['here', 'there'].map((name) => openEngine(join(folder, name))));
  if (!here || !there) throw new Error('no engines');
  try {
    await here.client.fonts.add({ path: await put('outer.ttf', await renamedFont()) });
    await here.client.fonts.add({ path: await put('other.ttf', await renamedFont('Other')) });
    const { project } = await here.client.projects.create({ name: 'Set', template: 'single' });
    const style = textStyleSchema.parse({ fontFamily: 'outer' });
    const option = { id: 'o', name: 'Captions', content: { kind: 'caption-style' as const, style } };
    const slot = { id: 'g', name: 'Look', kind: 'caption-style' as const, options: [option] };
    await here.client.projects.apply({
      id: project.id,
      edit: editSchema.parse({ type: 'global.add', slot }),
      baseSeq: null,
    });
    const { path } = await here.client.projects.exportFile({
      id: project.id,
      path: join(folder, 'set'),
      isOverwriting: false,
    });
    await there.client.projects.importFile({ path });
    expect((await there.client.fonts.list()).fonts.map((font) => font.family)).toEqual(['Outer']);
    expect(await there.client.fonts.list()).toMatchObject({
      fonts: (await here.client.fonts.list()).fonts.filter(({ family }) => family === 'Outer'),
    });
    // Once more, it is there already.
    await there.client.projects.importFile({ path });
    expect((await there.client.fonts.list()).fonts).toHaveLength(1);
  } finally {
    await here.close();
    await there.close();
  }
});
