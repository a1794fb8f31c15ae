import type { ProblemPath } from '../apply/index.ts';

/** "slots[1].options[0].clips[2].length". */
export function pathText(path: ProblemPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const isPlain = /^[A-Za-z_$][\w$-]*$/.test(part);
    if (!isPlain) return `${text}[${JSON.stringify(part)}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

const space = /[\t\n\r ]/;

/** Reads over JSON text that is known to be valid, remembering only where it is. */
class Walker {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
    this.skipSpace();
  }

  skipSpace(): void {
    while (space.test(this.text.charAt(this.at)) || this.text.charCodeAt(this.at) === 0xfeff) this.at += 1;
  }

  /** Steps over one sign and what space follows. */
  step(): string {
    const sign = this.text.charAt(this.at);
    this.at += 1;
    this.skipSpace();
    return sign;
  }

  readString(): string {
    const from = this.at;
    this.at += 1;
    while (this.at < this.text.length && this.text.charAt(this.at) !== '"')
      this.at += this.text.charAt(this.at) === '\\' ? 2 : 1;
    this.at += 1;
    const raw = this.text.slice(from, this.at);
    this.skipSpace();
    return raw.includes('\\') ? String(JSON.parse(raw)) : raw.slice(1, -1);
  }

  /** Steps over a whole value, however deep, without recursion. */
  skipValue(): void {
    let depth = 0;
    do {
      const sign = this.text.charAt(this.at);
      if (sign === '"') this.readString();
      else if (sign === '{' || sign === '[' || sign === '}' || sign === ']') {
        depth += sign === '{' || sign === '[' ? 1 : -1;
        this.step();
      } else if (sign === ',' || sign === ':') this.step();
      else {
        while (this.at < this.text.length && !/[\s,\]}]/.test(this.text.charAt(this.at))) this.at += 1;
        this.skipSpace();
      }
    } while (depth > 0 && this.at < this.text.length);
  }
}

function enter(walker: Walker, part: string | number): boolean {
  const opening = walker.text.charAt(walker.at);
  if (opening !== (typeof part === 'number' ? '[' : '{')) return false;
  walker.step();
  for (let index = 0; walker.at < walker.text.length; index += 1) {
    if (walker.text.charAt(walker.at) === ']' || walker.text.charAt(walker.at) === '}') return false;
    const keyAt = walker.at;
    const key = typeof part === 'number' ? index : walker.readString();
    if (typeof part === 'string') walker.step();
    if (key === part) return keyAt >= 0;
    walker.skipValue();
    if (walker.text.charAt(walker.at) === ',') walker.step();
  }
  return false;
}

/** The line (from 1) on which the value at a path stands; that of its nearest parent when there is no such value. */
export function lineOf(text: string, path: ProblemPath): number {
  const walker = new Walker(text);
  let known = walker.at;
  for (const part of path) {
    if (!enter(walker, part)) break;
    known = walker.at;
  }
  return text.slice(0, known).split('\n').length;
}
