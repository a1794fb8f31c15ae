import { describe, expect, it } from 'vitest';
import { isOwnPage } from './trust.ts';

describe('isOwnPage', () => {
  it.each(['spotloom://app', 'spotloom://app/', 'spotloom://app/index.html#x', 'spotloom://app/projects/p-1?tab=1'])(
    'trusts %s',
    (url) => expect(isOwnPage(url, 'spotloom://app')).toBe(true),
  );
  it.each([
    '',
    'about:blank',
    'file:///index.html',
    'https://app/',
    'spotloom://app.evil/',
    'spotloom://app@evil/',
    'spotloom://x@app/',
    'spotloom://other/',
    'spotloom://app:81/',
    'spotloom-media://app/',
    'data:text/html,spotloom://app',
  ])('does not trust “%s”', (url) => expect(isOwnPage(url, 'spotloom://app')).toBe(false));
});
