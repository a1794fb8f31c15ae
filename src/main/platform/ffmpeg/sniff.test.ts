import { describe, expect, it } from 'vitest';
import { sniff } from './sniff.ts';

describe('the first bytes', () => {
  it.each([
    ['#EXTM3U\n#EXTINF:1,\n/etc/passwd', 'M3U playlist'],
    ['\ufeff#EXTM3U\n', 'M3U playlist'],
    ['ffconcat version 1.0\nfile x', 'ffmpeg concat list'],
    ["# list\nfile '/etc/passwd'\n", 'ffmpeg concat list'],
    ['<?xml version="1.0"?>\n<MPD xmlns="x">', 'DASH manifest'],
    [';FFMETADATA1\n', 'ffmpeg metadata file'],
    ['v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n', 'SDP session'],
    ['[playlist]\nFile1=http://x', 'playlist'],
  ])('of a text that leads elsewhere are known: %j', (text, name) => {
    expect(sniff(Buffer.from(text))).toEqual({ kind: 'playlist', name });
  });

  it('tell a playlist in UTF-16', () => {
    expect(sniff(Buffer.from('\ufeff#EXTM3U', 'utf16le'))).toEqual({ kind: 'playlist', name: 'M3U playlist' });
  });

  it('tell pictures by content, not by name', () => {
    expect(sniff(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toEqual({ kind: 'picture', demuxer: 'jpeg_pipe' });
    expect(sniff(Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'))).toEqual({ kind: 'picture', demuxer: 'webp_pipe' });
  });

  it('tell containers', () => {
    expect(sniff(Buffer.from('\0\0\0\x18ftypmp42', 'latin1'))).toEqual({ kind: 'container' });
    expect(sniff(Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'))).toEqual({ kind: 'container' });
  });

  it('do not call captions or prose a playlist', () => {
    expect(sniff(Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nfile this under great\n')).kind).toBe('unknown');
    expect(sniff(Buffer.from('WEBVTT\n\n')).kind).toBe('unknown');
  });
});
