/** A hint for people who are new to a page: words, and keys (as their commands come) in braces. */
export interface Hint {
  id: string;
  /** Beginning of the addresses it belongs to. */
  page: string;
  text: string;
}

/** In the order they are given. */
export const hints: readonly Hint[] = [
  {
    id: 'board.drop',
    page: '/',
    text: 'Drop clips into a column, or a whole folder anywhere: names with hook, body and cta find their part.',
  },
  {
    id: 'board.matrix',
    page: '/',
    text: 'Every cell is a finished ad: play it with {Enter}, tick what is to be exported with {Space}.',
  },
  { id: 'board.palette', page: '/', text: 'Anything can be found by typing: {Mod+K}.' },
  {
    id: 'edit.keys',
    page: '/edit',
    text: 'Cut while it plays: {S} splits, {Q} and {W} trim to the playhead. All keys: {?}',
  },
  { id: 'edit.range', page: '/edit', text: "Mark a stretch with {I} and {O}: {'} cuts it out of all tracks." },
  { id: 'edit.alt', page: '/edit', text: 'Nothing has to be saved: every step is kept, {Alt+H} shows them all.' },
  {
    id: 'library.scrub',
    page: '/library',
    text: 'Move the pointer over footage to look through it; {1} to {5} rate it, {X} rejects it.',
  },
  {
    id: 'review.keys',
    page: '/review',
    text: '{A} approves and goes on to the next file, {F} says what has to be mended.',
  },
];

/** The hint to give on a page; null when all of its hints have been seen. */
export function hintFor(path: string, seen: readonly string[]): Hint | null {
  const isHere = ({ page }: Hint) => (page === '/' ? path === '/' : path.startsWith(page));
  return hints.find((hint) => isHere(hint) && !seen.includes(hint.id)) ?? null;
}

/** Words and keys of a hint in turn: even places are words, odd ones keys. */
export function partsOf(text: string): string[] {
  return text.split(/[{}]/);
}
