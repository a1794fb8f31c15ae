import { describe, expect, it } from 'vitest';
import { redact, redactText } from './redact.ts';

describe('the log masks', () => {
  it('fields that are named like secrets, at any depth, and leaves counts', () => {
    const masked = redact({
      accessToken: 'a',
      api_key: 'b',
      nested: { 'set-cookie': 'c', Authorization: 'd' },
      tokens: 12,
    });
    expect(masked).toEqual({
      accessToken: '***',
      api_key: '***',
      nested: { 'set-cookie': '***', Authorization: '***' },
      tokens: 12,
    });
  });

  it.each([
    'Authorization: Bearer abcdefgh12345678',
    'https://x.example/cb?access_token=hunter2hunter2&state=1',
    'key sk-proj_ABCDEFGHIJKLMNOP1234',
    'jwt eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl',
    'postgres://user:hunter2hunter2@db/x',
  ])('secrets inside texts: %s', (text) => {
    const clean = redactText(text);
    expect(clean).toContain('***');
    expect(clean).not.toMatch(/hunter2|abcdefgh1234|ABCDEFGHIJ|c2lnbmF0/);
  });

  it('nothing else', () => {
    const line = 'file:/media/token of love.mp4: 12 frames, key=value pairs';
    expect(redactText(line)).toBe(line);
    expect(redact({ keyframe: 'I', path: '/a' })).toEqual({ keyframe: 'I', path: '/a' });
  });

  it('errors with code and cause, and ends on cycles and huge values', () => {
    const error = Object.assign(new Error('Bearer abcdefgh12345678'), { code: 'X', cause: new Error('inner') });
    expect(redact(error)).toMatchObject({ message: 'Bearer ***', code: 'X', cause: { message: 'inner' } });
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(JSON.stringify(redact({ loop, bytes: new Uint8Array(9), long: 'x'.repeat(1e6) })).length).toBeLessThan(
      10_000,
    );
  });
});
