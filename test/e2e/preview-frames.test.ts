import { basename } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Asset } from '#shared/model/index.ts';
import { add, divide, multiply, type Rational, rational, toNumber } from '#shared/units/index.ts';
import { momentOnClock, sourceClock } from '../../src/renderer/preview/frames/pick-frame.ts';
import { type ExactFootage, makeExactFootage } from '../fixtures/exact-footage.ts';
import { openPreviewKit, type PreviewKit } from '../fixtures/preview-kit.ts';
import { randomFrom } from '../fixtures/random.ts';
import { openRenderKit, type RenderKit } from '../fixtures/render-kit.ts';

const positions = process.env.SPOTLOOM_LONG === '1' ? 1000 : 40;
const firstSeed = Number(process.env.SPOTLOOM_SEED ?? 1);

let kit: RenderKit;
let footage: ExactFootage;
let preview: PreviewKit;

beforeAll(async () => {
  kit = await openRenderKit();
  footage = await makeExactFootage(kit);
  preview = await openPreviewKit(kit.folder);
}, 120_000);

afterAll(async () => {
  await preview?.close();
  await kit?.dispose();
});

const rates = [rational(24000, 1001), rational(24), rational(25), rational(30), rational(30000, 1001), rational(60)];
const speeds = [rational(1), rational(1), rational(1, 2), rational(137, 100), rational(2), rational(1, 3)];

function urlOf(asset: Asset): string {
  return preview.urlOf(basename(asset.locations[0]?.path ?? ''));
}

/** A moment as a clip asks for it: a frame of an ad at some rate, cut and sped up somehow. */
function randomMoment(seed: number): { asset: Asset; seconds: Rational; told: string } {
  const random = randomFrom(seed);
  const id = random.pick(footage.numbered);
  const asset = footage.assets.find((one) => one.id === id);
  if (!asset) throw new Error(`${id} is not there`);
  const [rate, speed] = [random.pick(rates), random.pick(speeds)];
  const sourceIn = random.chance(50)
    ? divide(rational(random.below(60)), rate)
    : rational(random.below(2_600_000), 1_000_000);
  const frame = random.below(60);
  const seconds = add(sourceIn, multiply(divide(rational(frame), rate), speed));
  return { asset, seconds, told: `seed ${seed}: ${id} at ${toNumber(seconds)} s` };
}

test(`the frame shown at ${positions} moments by lot is the one the export shows`, async () => {
  const missed: string[] = [];
  const seen = new Map<string, number>();
  for (let seed = firstSeed; seed < firstSeed + positions; seed += 1) {
    const { asset, seconds, told } = randomMoment(seed);
    const wish = {
      kind: 'frame' as const,
      url: urlOf(asset),
      moment: momentOnClock(sourceClock(asset.probe), seconds),
    };
    const found = await preview.page.evaluate((one) => window.preview.frame(one), wish);
    const number = typeof found === 'string' ? found : found.number;
    const expected = footage.shown(asset.id, toNumber(seconds));
    seen.set(asset.id, (seen.get(asset.id) ?? 0) + 1);
    if (number !== expected) missed.push(`${told}: frame ${number} instead of ${expected}`);
  }
  console.log(JSON.stringify({ positions, missed: missed.length, ...Object.fromEntries(seen) }));
  expect(missed).toEqual([]);
}, 600_000);
