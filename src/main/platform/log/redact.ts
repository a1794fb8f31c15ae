/** Fields whose values never reach a log, whatever they hold. */
const secretName =
  /(^|[-_.])(token|secret|password|passphrase|pwd|authorization|cookie|credential|signature|session|api[-_]?key|private[-_]?key|access[-_]?key)s?($|[-_.])/i;
/** The same in camelCase: `accessToken`, `clientSecret`, `apiKey`. */
const secretCamelName =
  /([a-z0-9])(Token|Secret|Password|Passphrase|Cookie|Credential|Signature|ApiKey|PrivateKey|AccessKey)s?$/;

/** Secrets inside texts: header values, query parameters, well-known key shapes, JSON web tokens. */
const secretTexts: readonly [RegExp, string][] = [
  [/\b(Bearer|Basic|token)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 ***'],
  [/([?&#](?:[\w-]*(?:token|secret|key|code|signature|sig|password|auth)[\w-]*)=)[^&#\s"']+/gi, '$1***'],
  [/\b(sk|pk|rk|whsec|ghp|gho|xox[abp]|r8|AIza|ya29)[-_.]?[A-Za-z0-9_-]{16,}/g, '$1***'],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, '***'],
  [/(:\/\/[^/\s:@]+:)[^@\s/]+@/g, '$1***@'],
];

const deepest = 6;
const mostItems = 50;
const longestText = 8_192;

/** A text without the secrets that can be recognised in it. */
export function redactText(text: string): string {
  const short = text.length > longestText ? `${text.slice(0, longestText)}… (${text.length} characters)` : text;
  return secretTexts.reduce((clean, [pattern, mask]) => clean.replace(pattern, mask), short);
}

/** A copy of any value that is safe to log: secrets masked, errors spelled out, size and depth bounded. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? '[function]' : value;
  if (depth >= deepest) return '[…]';
  if (value instanceof Error) return redactError(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Set) return redact([...value], depth);
  if (value instanceof Map) return redact(Object.fromEntries(value), depth);
  if (Array.isArray(value)) {
    const items = value.slice(0, mostItems).map((item) => redact(item, depth + 1));
    return value.length > mostItems ? [...items, `… (${value.length} items)`] : items;
  }
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, mostItems)
      .map(([name, item]) => [name, isSecretName(name) && !isPlain(item) ? '***' : redact(item, depth + 1)]),
  );
}

function isSecretName(name: string): boolean {
  return secretName.test(name) || secretCamelName.test(name);
}

/** Counts and flags are no secrets (`tokens: 812`). */
function isPlain(value: unknown): boolean {
  return value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean';
}

function redactError(error: Error, depth: number): unknown {
  const own = Object.fromEntries(Object.entries(error).filter(([name]) => name !== 'cause' && name !== 'stack'));
  return {
    name: error.name,
    message: redactText(error.message),
    ...(redact(own, depth + 1) as object),
    ...(error.stack === undefined ? {} : { stack: redactText(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}
