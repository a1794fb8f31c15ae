import { describe, expect, it } from 'vitest';
import { concatLine, inputArgs, isPatternName, mediaDemuxers } from './input.ts';

describe('input arguments', () => {
  it('open the path as a file, whatever it looks like', () => {
    for (const path of ['-i.mp4', 'http://x/y.mp4', 'concat:a|b', "it's\n😀.mov", 'pipe:0']) {
      expect(inputArgs(path).slice(-2)).toEqual(['-i', `file:${path}`]);
    }
  });

  it('allow no network and no demuxer that opens other files', () => {
    const args = inputArgs('/a.mp4');
    expect(args[args.indexOf('-protocol_whitelist') + 1]).toBe('file,pipe');
    const formats = args[args.indexOf('-format_whitelist') + 1]?.split(',') ?? [];
    expect(formats).toContain('mov');
    for (const bad of ['hls', 'dash', 'concat', 'lavfi', 'imf', 'sdp', 'tty', 'ffmetadata', 'vobsub', 'svg_pipe']) {
      expect(formats).not.toContain(bad);
    }
  });

  it('never read a name as a picture sequence', () => {
    for (const name of ['100%d.png', 'shot%03d.JPG', 'a*.png', 'a?.webp', 'x{1,2}.tiff', 'a[1].jpg']) {
      expect(isPatternName(name), name).toBe(true);
      expect(inputArgs(name)).toEqual(expect.arrayContaining(['-f', 'image2', '-pattern_type', 'none']));
    }
    expect(isPatternName('100%.mp4')).toBe(false);
    expect(inputArgs('100%.mp4')).not.toContain('-f');
  });

  it('name the probed demuxer', () => {
    expect(inputArgs('a.mov', { demuxer: 'mov,mp4,m4a,3gp,3g2,mj2' })).toEqual(expect.arrayContaining(['-f', 'mov']));
    expect(inputArgs('a.jpg', { demuxer: 'image2' })).toEqual(expect.arrayContaining(['-pattern_type', 'none']));
    expect(inputArgs('a.pcm', { demuxer: 's16le' })).toEqual(
      expect.arrayContaining(['-protocol_whitelist', 'file,pipe', '-f', 's16le']),
    );
  });

  it('list every demuxer once', () => {
    expect(new Set(mediaDemuxers).size).toBe(mediaDemuxers.length);
  });

  it('quote lines of a concat list', () => {
    expect(concatLine("/a/it's.mp4")).toBe("file 'file:/a/it'\\''s.mp4'");
  });
});
