#!/usr/bin/env node
// Draws resources/icons/spotloom.svg as PNG, ICO (Windows) and ICNS (macOS). Run by hand after changing the mark:
// `node scripts/make-icons.mjs` (needs Chromium).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './lib/chromium.mjs';
import { root } from './lib/paths.mjs';

const { chromium } = await import('playwright-core');
const folder = join(root, 'resources', 'icons');
const svg = readFileSync(join(folder, 'spotloom.svg'), 'utf8');
const sizes = [16, 32, 48, 64, 128, 256, 512, 1024];

const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: ['--no-sandbox'] });
const page = await browser.newPage();
const pngs = new Map();
for (const size of sizes) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  pngs.set(size, await page.screenshot({ omitBackground: true }));
}
await browser.close();

/** ICO: a directory of PNGs; a size of 256 is written as 0. https://learn.microsoft.com/previous-versions/ms997538 */
function makeIco(list) {
  const header = Buffer.alloc(6 + 16 * list.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(list.length, 4);
  let offset = header.length;
  for (const [index, size] of list.entries()) {
    const png = pngs.get(size);
    const entry = 6 + 16 * index;
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...list.map((size) => pngs.get(size))]);
}

/** ICNS: blocks of a four-letter type, a length and a PNG. */
function makeIcns(types) {
  const blocks = Object.entries(types).map(([type, size]) => block(type, pngs.get(size)));
  return block('icns', Buffer.concat(blocks));
}

function block(type, data) {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(data.length + 8, 4);
  return Buffer.concat([header, data]);
}

mkdirSync(join(root, 'build'), { recursive: true });
writeFileSync(join(folder, 'spotloom-512.png'), pngs.get(512));
writeFileSync(join(root, 'build', 'icon.png'), pngs.get(1024));
writeFileSync(join(root, 'build', 'icon.ico'), makeIco([16, 32, 48, 64, 128, 256]));
writeFileSync(
  join(root, 'build', 'icon.icns'),
  makeIcns({ ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 }),
);
