import { describe, expect, it } from 'vitest';
import { createProgressParser, type FfmpegProgress, isProgressLine } from './progress.ts';

/** As ffmpeg 5.1 writes it. */
const report = (frame: number, outTimeUs: number | 'N/A', end = false) =>
  `frame=${frame}\nfps=24.97\nstream_0_0_q=28.0\nbitrate= 512.0kbits/s\ntotal_size=65536\nout_time_us=${outTimeUs}\nout_time_ms=${outTimeUs}\nout_time=00:00:01.000000\ndup_frames=0\ndrop_frames=0\nspeed=0.998x\nprogress=${end ? 'end' : 'continue'}`;

function parse(text: string, target: Parameters<typeof createProgressParser>[0], elapsedMs = 1000): FfmpegProgress[] {
  const parser = createProgressParser(target);
  return text.split('\n').flatMap((line) => parser.line(line, elapsedMs) ?? []);
}

describe('the progress parser', () => {
  it('reads one report per progress= line', () => {
    const [first, ...rest] = parse(report(30, 1_000_000), { expectedFrames: 120 });
    expect(rest).toEqual([]);
    expect(first).toEqual({
      frame: 30,
      outTimeMs: 1000,
      fps: 24.97,
      speed: 0.998,
      sizeBytes: 65536,
      fraction: 0.25,
      etaMs: 3000,
      isLast: false,
    });
  });

  it('takes the length when frames are not known, and neither when neither is', () => {
    expect(parse(report(0, 500_000), { durationMs: 2000 })[0]?.fraction).toBe(0.25);
    const [unknown] = parse(report(30, 500_000), {});
    expect(unknown?.fraction).toBeNull();
    expect(unknown?.etaMs).toBeNull();
  });

  it('reads old builds, whose out_time_ms is microseconds', () => {
    const old = report(30, 1_000_000).replace(/out_time_us=.*\n/, '');
    expect(parse(old, { durationMs: 4000 })[0]).toMatchObject({ outTimeMs: 1000, fraction: 0.25 });
  });

  it('never steps back and never exceeds 1', () => {
    const fractions = parse([report(60, 1), report(40, 1), report(500, 1)].join('\n'), { expectedFrames: 120 });
    expect(fractions.map(({ fraction }) => fraction)).toEqual([0.5, 0.5, 1]);
  });

  it('ends at 1 even when fewer frames came', () => {
    const reports = parse(`${report(60, 1)}\n${report(119, 1, true)}`, { expectedFrames: 120 });
    expect(reports.at(-1)).toMatchObject({ fraction: 1, isLast: true, etaMs: 0 });
  });

  it('treats N/A and negative times as nothing yet', () => {
    expect(parse(report(0, 'N/A'), { durationMs: 1000 })[0]).toMatchObject({ outTimeMs: 0, fraction: 0, etaMs: null });
    expect(parse(report(0, -92_000_000_000), { durationMs: 1000 })[0]?.outTimeMs).toBe(0);
  });

  it('tells its lines from the log', () => {
    expect(isProgressLine('out_time=00:00:00.03')).toBe(true);
    expect(isProgressLine('bitrate=N/A')).toBe(true);
    expect(isProgressLine('title=My ad')).toBe(false);
    expect(isProgressLine('[libx264 @ 0x1] frame=  12 QP')).toBe(false);
  });
});
