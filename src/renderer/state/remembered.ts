import { atom, type WritableAtom } from 'jotai';

const prefix = 'spotloom.';

function read<Value>(key: string, initial: Value, isValid: (value: unknown) => boolean): Value {
  try {
    const text = localStorage.getItem(prefix + key);
    if (text === null) return initial;
    const value: unknown = JSON.parse(text);
    return isValid(value) ? (value as Value) : initial;
  } catch {
    return initial;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    // Private windows and full stores: the state then lasts as long as the page.
  }
}

/**
 * An atom kept in the browser's storage under `key`. What is stored but not valid (another version's) counts as absent.
 * The default check: same JavaScript type as the initial value.
 */
export function rememberedAtom<Value>(
  key: string,
  initial: Value,
  isValid: (value: unknown) => boolean = (value) => typeof value === typeof initial,
): WritableAtom<Value, [Value | ((previous: Value) => Value)], void> {
  const base = atom(read(key, initial, isValid));
  return atom(
    (get) => get(base),
    (get, set, next: Value | ((previous: Value) => Value)) => {
      const value = typeof next === 'function' ? (next as (previous: Value) => Value)(get(base)) : next;
      write(key, value);
      set(base, value);
    },
  );
}
