import type { Problem } from '../apply/index.ts';
import { projectFileError } from './file-problems.ts';
import { syntaxErrorAt } from './json-syntax.ts';

/** Largest file read. */
export const maxProjectFileBytes = 50_000_000;
const maxDepth = 40;
const maxValues = 1_000_000;
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

function deepest(text: string): number {
  let depth = 0;
  let max = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isInString) {
      if (code === 92) at += 1;
      else if (code === 34) isInString = false;
    } else if (code === 34) isInString = true;
    else if (code === 123 || code === 91) max = Math.max(max, ++depth);
    else if (code === 125 || code === 93) depth -= 1;
  }
  return max;
}

/** Keys that reach into the language instead of naming something, and values beyond counting. */
function hostileParts(root: unknown): Problem[] {
  const problems: Problem[] = [];
  const pending: { value: unknown; path: (string | number)[] }[] = [{ value: root, path: [] }];
  let count = 1;
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, path } = next;
    if (typeof value !== 'object' || value === null) continue;
    count += Array.isArray(value) ? value.length : Object.keys(value).length;
    if (count > maxValues) return [{ path: [], message: 'it holds more values than a project file may' }];
    for (const [key, part] of Object.entries(value)) {
      const here = [...path, Array.isArray(value) ? Number(key) : key];
      if (!Array.isArray(value) && forbiddenKeys.has(key))
        problems.push({ path: here, message: `“${key}” cannot be a name here` });
      if (typeof part === 'object') pending.push({ value: part, path: here });
    }
  }
  return problems;
}

/** Text → JSON value, with limits on size, depth and number of values. Throws `project-file-invalid`. */
export function parseProjectJson(source: string): unknown {
  const text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  if (text.length > maxProjectFileBytes) throw projectFileError([{ path: [], message: 'it is larger than 50 MB' }], '');
  if (deepest(text) > maxDepth)
    throw projectFileError([{ path: [], message: `it is nested deeper than ${maxDepth} levels` }], '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw projectFileError([{ path: [], message: `it is not JSON: ${syntaxMessage(text)}` }], '');
  }
  const problems = hostileParts(value);
  if (problems.length > 0) throw projectFileError(problems, text);
  return value;
}

function syntaxMessage(text: string): string {
  const at = syntaxErrorAt(text);
  const line = text.slice(0, at).split('\n').length;
  const found = text.slice(at, at + 20).split('\n')[0] ?? '';
  return at >= text.length ? `it ends too early, in line ${line}` : `“${found}” cannot stand in line ${line}`;
}
