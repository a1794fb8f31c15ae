import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const isLong = process.env.SPOTLOOM_LONG === '1';

/** Everything all test projects share. Real processes and real encodes need patience; a hang must still end. */
const common = {
  environment: 'node',
  testTimeout: isLong ? 900_000 : 60_000,
  hookTimeout: isLong ? 300_000 : 120_000,
  teardownTimeout: 20_000,
} as const;

/** Tests with outside processes: two more tries, which `npm test` lists with what went wrong at first. */
const outside = { retry: isLong ? 0 : 2 } as const;

/**
 * The four kinds of tests, cheapest first:
 *  unit         beside the code, no outside process
 *  integration  real SQLite, real ffmpeg, every transport
 *  e2e          the built app as a person uses it
 *  packaging    what the repository and the packed app contain
 */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        plugins: [react()],
        test: { ...common, name: 'unit', include: ['src/**/*.test.{ts,tsx}', 'test/unit/**/*.test.ts'] },
      },
      {
        extends: true,
        // Two at once: each file has folders of its own and waits for what it waits for, not for a time.
        test: { ...common, ...outside, name: 'integration', include: ['test/integration/**/*.test.ts'], maxWorkers: 2 },
      },
      {
        extends: true,
        // Each file has a library, an engine and a browser of its own, and waits for them: two at once, also on two processors.
        test: { ...common, ...outside, name: 'e2e', include: ['test/e2e/**/*.test.ts'], maxWorkers: 2 },
      },
      {
        extends: true,
        test: { ...common, name: 'packaging', include: ['test/packaging/**/*.test.ts'], fileParallelism: false },
      },
    ],
  },
});
