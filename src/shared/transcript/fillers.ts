/** Sounds people make while they think, in several languages. */
export const usualFillers = ['um', 'umm', 'uh', 'uhm', 'er', 'erm', 'hm', 'hmm', 'mhm', 'äh', 'ähm', 'euh'];

/** A word by itself: no case, no punctuation. */
function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}']/gu, '');
}

/** Words of a list as people write it: separated by commas, spaces or lines. */
export function readWordList(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/u).map(bare))].filter((word) => word !== '');
}

/** Tells whether a word is one of a list, whatever its case and punctuation. */
export function fillerFinder(list: readonly string[]): (text: string) => boolean {
  const wanted = new Set(list.map(bare));
  return (text) => wanted.has(bare(text));
}
