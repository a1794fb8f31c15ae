import { describe, expect, it } from 'vitest';
import { pathRefusal } from './media-paths.ts';

describe('a path that may not even be looked at', () => {
  it.each([
    'https://example.com/a.mp4',
    'http:a.mp4',
    'file:///etc/passwd',
    'FILE:a.mp4',
    'concat:a.mp4|b.mp4',
    'data:video/mp4;base64,AAAA',
    '\\\\server\\share\\a.mp4',
    '//server/share/a.mp4',
    '\\/server/a.mp4',
    '\\\\?\\C:\\a.mp4',
    '\\\\.\\COM1',
    '/dev/video0',
    '/proc/self/environ',
    '/sys/kernel',
    'CON',
    'footage/nul.mp4',
    'footage\\COM1',
    'aux. ',
    'lpt¹.txt',
    'a\0.mp4',
    'a\n.mp4',
  ])('%j', (path) => {
    expect(pathRefusal(path)).not.toBeNull();
  });

  it.each([
    'footage/hook.mp4',
    './take:1.mp4',
    'dev/clip.mp4',
    'console.mp4',
    'Ünïcode “take” 🎬.mp4',
    '-dash.mp4',
    '../x.mp4',
    'C:\\x.mp4',
  ])('but %j may', (path) => {
    expect(pathRefusal(path)).toBeNull();
  });
});
