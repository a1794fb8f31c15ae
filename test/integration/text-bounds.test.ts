import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assDocument, readFontMetrics, stillMoment, textBounds, textStyleSchema } from '#shared/model/index.ts';
import { rational } from '#shared/units/index.ts';
import { shippedFaces, shippedFontsDir, shippedMetrics } from '../fixtures/font-metrics.ts';
import { openRenderKit, type RenderKit } from '../fixtures/render-kit.ts';

const run = promisify(execFile);
const output = { width: 540, height: 960 };
let kit: RenderKit;
let folder: string;

beforeAll(async () => {
  kit = await openRenderKit();
  folder = await mkdtemp(join(tmpdir(), 'spotloom-bounds-'));
});
afterAll(async () => {
  await kit.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** Edges of what is dark in a grey frame. */
function darkBounds(frame: Buffer) {
  const bounds = { left: output.width, right: 0, top: output.height, bottom: 0 };
  for (let y = 0; y < output.height; y += 1)
    for (let x = 0; x < output.width; x += 1) {
      if ((frame[y * output.width + x] ?? 255) > 140) continue;
      bounds.left = Math.min(bounds.left, x);
      bounds.right = Math.max(bounds.right, x + 1);
      bounds.top = Math.min(bounds.top, y);
      bounds.bottom = Math.max(bounds.bottom, y + 1);
    }
  return bounds;
}

async function drawn(text: string, style: object) {
  const whole = textStyleSchema.parse({
    ...{ outlinePx: 0, boxColour: '#000000', fill: '#000000', outlineColour: '#000000', shadowColour: '#000000' },
    ...style,
  });
  const x = { left: 60, centre: 270, right: 480 }[whole.align];
  const layer = {
    ...{
      kind: 'text' as const,
      instance: 'x',
      text,
      style: whole,
      pixelScale: 0.5,
      opacity: 1,
      wrapScale: null,
      moment: stillMoment,
    },
    anchor: { x, y: 480 },
  };
  const events = [{ layer, startFrame: 0, endFrame: 30 }];
  await writeFile(join(folder, 'x.ass'), assDocument({ events, output, rate: rational(30), faces: shippedFaces }));
  const { ffmpeg } = await kit.ffmpeg.tools();
  const { stdout } = await run(
    ffmpeg.path,
    [
      ...['-v', 'error', '-f', 'lavfi', '-i', `color=white:s=${output.width}x${output.height}:r=30:d=0.04`],
      ...['-vf', `ass=x.ass:fontsdir=${shippedFontsDir},format=gray`, '-frames:v', '1', '-f', 'rawvideo', '-'],
    ],
    { cwd: folder, encoding: 'buffer', maxBuffer: 1e7 },
  );
  return { real: darkBounds(stdout), bounds: textBounds(layer, output, shippedMetrics) };
}

describe('bounds of texts', () => {
  it.each([
    ['one line', 'Grüße €5 – “ja” office', {}],
    ['kerning pairs and an outline', 'AVAVA To', { outlinePx: 12 }],
    ['lines that libass breaks evenly', 'These are several words that must wrap over lines in here, and then some', {}],
    ['lines at the left', 'Left one two three four five six seven eight', { align: 'left', fontFamily: 'Poppins' }],
    ['an empty line, at the right', 'A\n\nB and C', { align: 'right', fontFamily: 'Montserrat', maxWidth: 0.5 }],
    ['spaces at both ends', '  spaced  ', { fontFamily: 'Bebas Neue', boxPaddingPx: 40 }],
    ['emoji among words', 'Hot deal 🔥🔥 now', { fontFamily: 'Anton' }],
  ])('are where libass draws: %s', async (_, text, style) => {
    const { real, bounds } = await drawn(text, style);
    if (!bounds) throw new Error('no bounds');
    const estimate = [bounds.x, bounds.x + bounds.width, bounds.y, bounds.y + bounds.height];
    const found = [real.left, real.right, real.top, real.bottom];
    for (const [side, value] of estimate.entries()) expect(Math.abs(value - (found[side] ?? 0))).toBeLessThanOrEqual(3);
  });

  it('are not known without a font, nor of blank words', async () => {
    const layer = {
      ...{
        kind: 'text' as const,
        instance: 'x',
        text: ' \n ',
        pixelScale: 1,
        opacity: 1,
        anchor: { x: 0, y: 0 },
        wrapScale: null,
        moment: stillMoment,
      },
      style: textStyleSchema.parse({}),
    };
    expect(textBounds(layer, output, shippedMetrics)).toBeNull();
    expect(textBounds({ ...layer, text: 'a' }, output, () => null)).toBeNull();
    expect(readFontMetrics(new Uint8Array([0, 1, 0, 0, 0, 9, 1]))).toBeNull();
  });
});
