import { expect, it } from 'vitest';
import { preflightFixSchema } from './preflight.ts';

it('a fix changes what it names and leaves the rest of the request alone', () => {
  const fix = { kind: 'request', label: 'Leave it out', change: { placements: [] } };
  expect(preflightFixSchema.parse(fix)).toEqual(fix);
});
