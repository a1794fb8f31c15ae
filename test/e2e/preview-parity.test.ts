import { expect, test } from 'vitest';
import { compareGoldens, parityTable } from '../parity/compare-goldens.ts';
import { goldens } from '../parity/golden.ts';

const isLong = process.env.SPOTLOOM_LONG === '1';
/** Part of names, to look at some only. */
const wanted = process.env.SPOTLOOM_PARITY ?? '';
/** Every run looks at the first few; `npm run parity` and the long tests at all. */
const chosen = (isLong || wanted !== '' ? goldens : goldens.slice(0, 11)).filter(({ name }) => name.includes(wanted));

test(`${chosen.length} compositions: a still of the preview is the frame of the export`, async () => {
  const rows = await compareGoldens(chosen);
  console.log(parityTable(rows));
  expect(rows.filter(({ holds }) => !holds).map(({ name }) => name)).toEqual([]);
  expect(rows).toHaveLength(chosen.length);
}, 600_000);
