/** True on Apple keyboards, where "Mod" is ⌘. */
export const isApple: boolean = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const appleNames: Record<string, string> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧' };
const plainNames: Record<string, string> = { Mod: 'Ctrl' };
const keyNames: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  Backspace: '⌫',
  Enter: '↵',
  Comma: ',',
  Plus: '+',
};

/** The keys to press, one string each: "Mod+Shift+Z" → ["Ctrl", "Shift", "Z"] or ["⌘", "⇧", "Z"]. */
export function formatShortcut(keys: string, apple = isApple): string[] {
  const names = apple ? appleNames : plainNames;
  return keys
    .split('+')
    .map((part) => names[part] ?? keyNames[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

/** What a key event has to say about its keys; the part of KeyboardEvent that {@link matchesShortcut} reads. */
export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

function matchesKey(wanted: string, press: KeyPress): boolean {
  if (wanted === 'Space') return press.code === 'Space';
  if (wanted === 'Comma') return press.key === ',';
  if (wanted === 'Plus') return press.key === '+' || press.key === '=';
  if (/^[a-z]$/i.test(wanted)) {
    // By letter where the layout gives one (AZERTY stays right), by position where it is not Latin.
    return /^[a-z]$/i.test(press.key)
      ? press.key.toLowerCase() === wanted.toLowerCase()
      : press.code === `Key${wanted.toUpperCase()}`;
  }
  if (/^\d$/.test(wanted)) return press.key === wanted || press.code === `Digit${wanted}`;
  return press.key === wanted;
}

/**
 * True when the press is this shortcut: parts joined by "+", the key last ("Mod+Shift+Z", "Space", "?", "ArrowLeft").
 * "Mod" is ⌘ on Apple keyboards and Ctrl elsewhere. Other modifiers must be up; Shift is ignored for "?" and its like.
 */
export function matchesShortcut(keys: string, press: KeyPress, apple = isApple): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const has = (name: string) => parts.slice(0, -1).includes(name);
  const wantsCtrl = has('Ctrl') || (has('Mod') && !apple);
  const wantsMeta = has('Mod') && apple;
  if (press.ctrlKey !== wantsCtrl || press.metaKey !== wantsMeta || press.altKey !== has('Alt')) return false;
  const isSymbol = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isSymbol && key !== 'Plus' && press.shiftKey !== has('Shift')) return false;
  return matchesKey(key, press);
}

const modifierKeys = new Set([
  'Control',
  'Shift',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
  'Dead',
  'Process',
  'Unidentified',
]);

function keyNameOf({ key, code }: KeyPress): string {
  if (code === 'Space') return 'Space';
  if (key === ',') return 'Comma';
  if (key === '+' || key === '=') return 'Plus';
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  const byPlace = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
  return byPlace?.[1] ?? byPlace?.[2] ?? key;
}

/**
 * The shortcut that a press is, as {@link matchesShortcut} reads it: "Mod+Shift+Z". Null for modifiers alone, for Tab
 * (it walks through the page) and for the key that belongs to the system (Windows; Control with ⌘ does not).
 */
export function shortcutOf(press: KeyPress, apple = isApple): string | null {
  if (modifierKeys.has(press.key) || press.key === 'Tab' || (press.metaKey && !apple)) return null;
  const key = keyNameOf(press);
  const isSymbol = key.length === 1 && !/[a-z0-9]/i.test(key);
  const parts = [
    (apple ? press.metaKey : press.ctrlKey) && 'Mod',
    apple && press.ctrlKey && 'Ctrl',
    press.altKey && 'Alt',
    press.shiftKey && !isSymbol && key !== 'Plus' && 'Shift',
    key,
  ];
  return parts.filter(Boolean).join('+');
}

const namedKey =
  /^(?:Space|Comma|Plus|Arrow(?:Left|Right|Up|Down)|Home|End|PageUp|PageDown|Enter|Escape|Delete|Backspace|Insert|F(?:[1-9]|1\d|2[0-4]))$/;

/** True for what {@link matchesShortcut} can read: modifiers in the order Mod, Ctrl, Alt, Shift, then one key. */
export function isShortcut(text: string): boolean {
  const key = /^(?:Mod\+)?(?:Ctrl\+)?(?:Alt\+)?(?:Shift\+)?(.+)$/.exec(text)?.[1] ?? '';
  return namedKey.test(key) || /^[^\s+a-z]$/.test(key);
}
