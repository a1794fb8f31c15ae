import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportItem, ImportView } from '#shared/contract/index.ts';
import { ffmpeg, makePicture, makeSound, makeVideo } from '../fixtures/media.ts';
import { type OpenLibrary, openLibrary, temporaryFolder } from './library-kit.ts';

/** Names that break careless programs, each a good clip. */
const strangeNames = [
  `it's "quoted".mp4`,
  'two\nlines.mp4',
  'emoji 🎬🔥.mp4',
  '-leading-dash.mp4',
  '--help.mp4',
  'clip%03d.png',
  '[a-z]*?.png',
  'semi;colon & $(touch x) `y`.mp4',
  ' spaces .mp4',
  `${'n'.repeat(251)}.mp4`,
  'Ünïcödé — 日本.mp4',
  'file:tricky.mp4',
  'pipe:0.mp4',
  'concat:a|b.mp4',
];

let folder: ReturnType<typeof temporaryFolder>;
let opened: OpenLibrary;
let view: ImportView;
let footage: string;
const requests: string[] = [];
const server = createServer((request, response) => {
  requests.push(request.url ?? '');
  response.end('x');
});

beforeAll(async () => {
  folder = temporaryFolder();
  footage = join(folder.path, 'footage');
  await mkdir(footage);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await makeBadFolder(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  opened = openLibrary(join(folder.path, 'library'));
  view = await opened.importPaths([footage]);
  await opened.settle();
}, 120_000);

afterAll(async () => {
  await opened?.close();
  server.close();
  folder?.clean();
});

async function makeBadFolder(address: string): Promise<void> {
  const at = (name: string) => join(footage, name);
  const write = (name: string, text: string | Buffer) => writeFile(at(name), text);
  const good = join(folder.path, 'good.mp4');
  await makeVideo(good, { seconds: 0.5, size: '96x64', tonesHz: [440] });
  for (const [index, name] of strangeNames.entries()) {
    // Each its own content, or they would all be one asset.
    if (name.endsWith('.png')) await makePicture(good.replace('.mp4', '.png'), { size: `${64 + index * 2}x48` });
    else await makeVideo(good, { seconds: 0.2, size: `${96 + index * 2}x64` });
    await copyFile(name.endsWith('.png') ? good.replace('.mp4', '.png') : good, at(name));
  }
  await write('empty.mp4', '');
  await write('text.mp4', 'This is not a video.\n'.repeat(50));
  await write(
    'noise.mp4',
    Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919 + (index >> 3)) % 251)),
  );
  await makeVideo(at('whole.mp4'), { seconds: 2, args: ['-movflags', '+faststart'] });
  await copyFile(at('whole.mp4'), at('cut-at-the-end.mp4'));
  await truncate(at('cut-at-the-end.mp4'), Math.floor((await readFile(at('whole.mp4'))).length * 0.6));
  await makeVideo(at('no-index.mp4'), { seconds: 1, size: '200x100' });
  await truncate(at('no-index.mp4'), 9000);
  await makePicture(at('cut.png'), { size: '200x150' });
  await truncate(at('cut.png'), 300);
  await makePicture(at('cut.jpg'), { size: '400x300' });
  await truncate(at('cut.jpg'), 1500);
  await makeSound(at('cut.wav'));
  await truncate(at('cut.wav'), 30_000);
  await makeVideo(at('cut.mkv'), { seconds: 2, size: '160x100' });
  await truncate(at('cut.mkv'), 8000);
  // Media under a wrong name is media all the same.
  await makePicture(join(folder.path, 'really.png'), { size: '72x40' });
  await copyFile(join(folder.path, 'really.png'), at('wrong-extension.mp4'));
  await makeVideo(join(folder.path, 'really.mp4'), { seconds: 0.4, size: '130x80' });
  await copyFile(join(folder.path, 'really.mp4'), at('no extension'));
  const secret = join(folder.path, 'secret.ts');
  await makeVideo(secret, { seconds: 0.3 });
  await write('list.m3u8', `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${secret}\n#EXT-X-ENDLIST\n`);
  await write('web.mp4', `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${address}/hls.ts\n#EXT-X-ENDLIST\n`);
  await write(
    'hidden.mp3',
    Buffer.concat([
      Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'),
      Buffer.from(`#EXTM3U\n#EXTINF:1,\n${address}/id3.ts\n`),
    ]),
  );
  await write('concat.txt', `ffconcat version 1.0\nfile '${secret}'\n`);
  await write('plain-concat.mp4', `file '${secret}'\n`);
  await write(
    'dash.mpd',
    `<?xml version="1.0"?><MPD><Period><AdaptationSet><BaseURL>${address}/dash</BaseURL></AdaptationSet></Period></MPD>`,
  );
  await write('session.sdp', 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nm=video 5004 RTP/AVP 96\r\n');
  await write('drawing.svg', `<svg xmlns="http://www.w3.org/2000/svg"><image href="${address}/svg.png"/></svg>`);
  await write('drawing.png', `<?xml version="1.0"?><svg><image href="${address}/svg2.png"/></svg>`);
  await writeReferenceMovie(at('reference.mov'), at('whole.mp4'));
  await write('captions.srt', '1\n00:00:00,000 --> 00:00:01,000\nHello\n');
  await write('captions.vtt', 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n');
  await write('captions.ass', '[Script Info]\nScriptType: v4.00+\n');
  await write('notes.txt', 'Shoot the bottle from above.');
  await write('data.json', '{"a": 1}');
  await write('paper.pdf', '%PDF-1.4\n%âãÏÓ\n1 0 obj\n');
  await write('program.exe', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(4000, 7)]));
  await mkdir(at('inner/deeper'), { recursive: true });
  await symlink(footage, at('inner/deeper/loop'));
  await symlink(at('inner/self'), at('inner/self'));
  await symlink('/nowhere/at/all', at('inner/broken.mp4'));
  execFileSync('mkfifo', [at('pipe.mp4')]);
  await mkdir(at('locked'));
  await copyFile(at('whole.mp4'), at('locked/inside.mp4'));
  await ffmpeg('-f', 'lavfi', '-i', 'sine=d=0.2', at('secret-sound.wav'));
  await chmod(at('secret-sound.wav'), 0o000);
  await chmod(at('locked'), 0o000);
}

/** An MP4 whose data reference says its samples are in another file. */
async function writeReferenceMovie(path: string, from: string): Promise<void> {
  const file = await readFile(from);
  const at = file.indexOf('url ', file.indexOf('dref', 0, 'latin1'), 'latin1');
  const name = Buffer.from('file:///etc/hostname\0', 'latin1');
  // The entry grows: its own size, the sizes of all boxes around it, and the flag that said "in this file" goes.
  const grown = Buffer.concat([file.subarray(0, at + 8), name, file.subarray(at + 8)]);
  grown.writeUInt32BE(grown.readUInt32BE(at - 4) + name.length, at - 4);
  grown.writeUInt32BE(0, at + 4);
  for (const type of ['dref', 'dinf', 'minf', 'mdia', 'trak', 'moov']) {
    const start = grown.lastIndexOf(type, at, 'latin1') - 4;
    grown.writeUInt32BE(grown.readUInt32BE(start) + name.length, start);
  }
  await writeFile(path, grown);
}

function item(name: string): ImportItem {
  const found = view.items.find((one) => one.path === join(footage, name));
  if (found === undefined) throw new Error(`${name} is not in the list`);
  return found;
}

const isRoot = process.getuid?.() === 0;

test.each([
  ['empty.mp4', 'file-empty'],
  ['text.mp4', 'unsupported-media'],
  ['noise.mp4', 'unsupported-media'],
  ['program.exe', 'unsupported-media'],
  ['cut-at-the-end.mp4', 'media-damaged'],
  ['no-index.mp4', 'media-damaged'],
  ['cut.png', 'media-damaged'],
  ['cut.jpg', 'media-damaged'],
  ['cut.wav', 'media-damaged'],
  ['cut.mkv', 'media-damaged'],
  ['list.m3u8', 'external-reference'],
  ['web.mp4', 'external-reference'],
  ['hidden.mp3', 'external-reference'],
  ['concat.txt', 'external-reference'],
  ['plain-concat.mp4', 'external-reference'],
  ['dash.mpd', 'external-reference'],
  ['session.sdp', 'external-reference'],
  ['reference.mov', 'external-reference'],
  ['drawing.svg', 'unsupported-media'],
  ['drawing.png', 'unsupported-media'],
])('%s is refused as %s with a sentence for people', (name, code) => {
  const { outcome, error, assetId } = item(name);
  expect({ outcome, code: error?.code, assetId }).toEqual({ outcome: 'refused', code, assetId: null });
  expect(error?.userMessage).toMatch(/^\S.{20,}[.!]$/s);
  expect(error?.userMessage).toContain(name);
});

test.each(strangeNames)('a good clip named %j is imported with its thumbnail', (name) => {
  expect(item(name).error).toBeNull();
  expect(item(name).outcome).toBe('imported');
  const asset = opened.byName(name);
  expect(asset.renditions.find((one) => one.kind === 'thumbnail')?.state).toBe('ready');
});

test('media under a wrong name is taken for what it is', () => {
  expect(opened.byName('wrong-extension.mp4').kind).toBe('image');
  expect(opened.byName('no extension').kind).toBe('video');
});

test.each([
  ['captions.srt', 'caption'],
  ['captions.vtt', 'caption'],
  ['captions.ass', 'caption'],
  ['notes.txt', 'document'],
  ['data.json', 'document'],
  ['paper.pdf', 'document'],
])('%s is kept as a %s', (name, kind) => {
  expect(opened.byName(name).kind).toBe(kind);
});

test('loops, broken links and pipes neither hang the import nor show up twice', () => {
  expect(view.state).toBe('finished');
  expect(view.items.filter((one) => one.path.includes('loop'))).toEqual([]);
  expect(view.found).toBe(view.imported + view.duplicates + view.refused);
  expect(view.items.some((one) => one.path.endsWith('pipe.mp4'))).toBe(false);
});

test.skipIf(isRoot)('files and folders without permission are listed with that reason', () => {
  expect(item('secret-sound.wav').error?.code).toBe('file-unreadable');
  expect(item('locked').error?.code).toBe('file-unreadable');
});

test('a chosen pipe is refused, not read', async () => {
  const answer = await opened.importPaths([join(footage, 'pipe.mp4'), join(footage, 'gone.mp4')]);
  expect(answer.items.map((one) => one.error?.code)).toEqual(['unsupported-media', 'file-not-found']);
});

test('no address was called and no other file was opened', () => {
  expect(requests).toEqual([]);
});

test('no rendition of a good file failed', () => {
  const failed = opened.jobs.list({ states: ['failed'] }).jobs;
  expect(failed.map((job) => `${job.title}: ${job.error?.message}`)).toEqual([]);
});
