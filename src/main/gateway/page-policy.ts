/** Where a page may get what from. */
export interface PolicySources {
  /** Media: images, video, sound and fetched bytes. Sources beside the page's own. */
  media: readonly string[];
  /** Calls beside the page's own origin. */
  connect: readonly string[];
}

/**
 * The page's Content-Security-Policy. Scripts are files of our own (WebAssembly may be compiled: JASSUB); nothing is
 * evaluated, nothing comes from elsewhere. Styles may be inline: React components set sizes and positions with them.
 */
export function contentSecurityPolicy(sources: PolicySources): string {
  const list = (...parts: string[]) => parts.join(' ');
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    list("img-src 'self' blob: data:", ...sources.media),
    list("media-src 'self' blob:", ...sources.media),
    "font-src 'self'",
    list("connect-src 'self'", ...sources.media, ...sources.connect),
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Headers that go with every answer of either face. */
export const hardeningHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(self), usb=(), serial=(), hid=()',
};
