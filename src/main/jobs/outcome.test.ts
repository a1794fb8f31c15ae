import { describe, expect, it } from 'vitest';
import { AppError, cancelledError } from '#shared/errors/index.ts';
import { backoffDelayMs, defaultBackoff, judgeFailure } from './outcome.ts';

const job = { attempt: 1, maxAttempts: 3, backoff: defaultBackoff, random: 0.5 };

describe('what a thrown error means', () => {
  it('is another try for what may go away', () => {
    expect(judgeFailure(new AppError('ffmpeg-crashed', 'x'), null, job)).toMatchObject({
      kind: 'retry',
      delayMs: 1000,
    });
    expect(judgeFailure(new TypeError('bug'), null, job)).toMatchObject({ kind: 'retry', error: { code: 'internal' } });
  });

  it('is the end for what needs a person, and after the last attempt', () => {
    for (const code of ['unsupported-media', 'invalid-input', 'media-damaged', 'disk-full', 'ffmpeg-failed'] as const) {
      expect(judgeFailure(new AppError(code, 'x'), null, job)).toMatchObject({ kind: 'failed', error: { code } });
    }
    expect(judgeFailure(new TypeError('bug'), null, { ...job, attempt: 3 }).kind).toBe('failed');
  });

  it('follows the reason it was stopped for, whatever it throws', () => {
    const thrown = new AppError('unsupported-media', 'x');
    expect(judgeFailure(thrown, 'cancel', job).kind).toBe('cancelled');
    expect(judgeFailure(thrown, 'shutdown', job).kind).toBe('released');
    expect(judgeFailure(thrown, 'lost', job).kind).toBe('lost');
    expect(judgeFailure(cancelledError(), null, job).kind).toBe('cancelled');
  });
});

it('pauses grow, have a ceiling and vary', () => {
  expect([1, 2, 3, 9].map((attempt) => backoffDelayMs(defaultBackoff, attempt, 0.5))).toEqual([
    1000, 4000, 16_000, 60_000,
  ]);
  expect(backoffDelayMs(defaultBackoff, 1, 0)).toBe(800);
  expect(backoffDelayMs(defaultBackoff, 1, 1)).toBe(1200);
});
