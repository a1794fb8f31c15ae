const token = /[{}[\],:]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The end of the string that begins at `from`, or null when it is none. */
function stringEnd(text: string, from: number): number | null {
  let at = from + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    if (code < 32) return null;
    if (code !== 92) at += 1;
    else {
      escaped.lastIndex = at;
      const match = escaped.exec(text);
      if (!match) return null;
      at += match[0].length;
    }
  }
  return null;
}

/** The end of the token that begins at `from`, or null when there is none. */
function tokenEnd(text: string, from: number): number | null {
  if (text.charAt(from) === '"') return stringEnd(text, from);
  token.lastIndex = from;
  const match = token.exec(text);
  return match ? from + match[0].length : null;
}

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

/** What may come after a token, or null when it must not stand there. Changes the stack of open brackets. */
function next(sign: string, expected: Expected, open: string[]): Expected | null {
  const isValueHere = expected === 'value' || expected === 'value or end';
  const afterValue = (): Expected => (open.length === 0 ? 'nothing' : 'comma or end');
  switch (sign) {
    case '{':
      if (isValueHere) open.push('{');
      return isValueHere ? 'key or end' : null;
    case '[':
      if (isValueHere) open.push('[');
      return isValueHere ? 'value or end' : null;
    case '}':
      if (open.at(-1) !== '{' || !(expected === 'key or end' || expected === 'comma or end')) return null;
      open.pop();
      return afterValue();
    case ']':
      if (open.at(-1) !== '[' || !(expected === 'value or end' || expected === 'comma or end')) return null;
      open.pop();
      return afterValue();
    case ',':
      if (expected !== 'comma or end') return null;
      return open.at(-1) === '{' ? 'key' : 'value';
    case ':':
      return expected === 'colon' ? 'value' : null;
    default:
      if (expected === 'key' || expected === 'key or end') return sign.startsWith('"') ? 'colon' : null;
      return isValueHere ? afterValue() : null;
  }
}

/** Where JSON text goes wrong (the offset of what should not be there), for text that does not parse. */
export function syntaxErrorAt(text: string): number {
  const open: string[] = [];
  const space = /[\t\n\r ]*/y;
  let expected: Expected = 'value';
  for (let at = 0; ; ) {
    space.lastIndex = at;
    at += space.exec(text)?.[0].length ?? 0;
    const end = at < text.length ? tokenEnd(text, at) : null;
    const after: Expected | null = end === null ? null : next(text.slice(at, Math.min(end, at + 2)), expected, open);
    if (end === null || after === null) return at;
    expected = after;
    at = end;
  }
}
