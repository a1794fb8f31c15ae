import { describe, expect, it } from 'vitest';
import { explainFailure, isWriteError } from './failure.ts';

function codeOf(line: string, end: { code: number | null; signal: NodeJS.Signals | null } = { code: 1, signal: null }) {
  const args = ['-i', 'file:/media/in.mp4', '-y', '/out/part.mp4'];
  const error = explainFailure({ end, logTail: ['some warning', line], args });
  return { code: error.code, retry: error.retry, path: error.details?.['path'] };
}

describe('a failed run is explained', () => {
  it.each([
    ['av_interleaved_write_frame(): No space left on device', 'disk-full'],
    ['av_interleaved_write_frame(): File too large', 'disk-full'],
    ['file:/media/in.mp4: No such file or directory', 'file-not-found'],
    ['file:/media/in.mp4: Permission denied', 'file-unreadable'],
    ['file:/media/in.mp4: Invalid data found when processing input', 'media-damaged'],
    ['/out/part.mp4: No such file or directory', 'folder-unwritable'],
    ['/out/part.mp4: Permission denied', 'folder-unwritable'],
    ['[out#0/mp4 @ 0x5] Error opening output /out/part.mp4: Permission denied', 'folder-unwritable'],
    ["[hls @ 0x1] Format not on whitelist 'mov'", 'external-reference'],
    ["Protocol 'https' not on whitelist 'file,pipe'!", 'external-reference'],
    ["Unknown encoder 'libfoo'", 'capability-missing'],
    ["[AVFilterGraph @ 0x1] No such filter: 'xfade'", 'capability-missing'],
    ['Conversion failed!', 'ffmpeg-failed'],
  ])('%s → %s', (line, code) => {
    expect(codeOf(line).code).toBe(code);
  });

  it('calls death by a signal or a Windows exception a crash, whatever the log says', () => {
    expect(codeOf('No space left on device', { code: null, signal: 'SIGSEGV' }).code).toBe('ffmpeg-crashed');
    expect(codeOf('x', { code: 0xc0000005, signal: null }).code).toBe('ffmpeg-crashed');
  });

  it.each([
    ['Error writing trailer of /out/a.mp4: No space left on device', true],
    ['Error closing file /out/a.mp4: Input/output error', true],
    ['av_interleaved_write_frame(): No space left on device', true],
    ['[out#0/mp4 @ 0x55] Error writing trailer: No space left on device', true],
    ['[tee @ 0x56167e9a0680] Slave muxer #0 failed: No space left on device, continuing with 1/2 slaves.', true],
    ['av_interleaved_write_frame(): Broken pipe', false],
    ['    title           : No space left on device', false],
    ['[mp4 @ 0x1] Non-monotonous DTS in output stream', false],
  ])('%s: could not write = %s', (line, expected) => {
    expect(isWriteError(line)).toBe(expected);
  });

  it('names the file and what to do', () => {
    expect(codeOf('file:/media/in.mp4: No such file or directory')).toMatchObject({
      path: '/media/in.mp4',
      retry: 'relink',
    });
  });
});
