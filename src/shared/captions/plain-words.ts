import { cleanText } from './cue.ts';

/** Keeps "<" apart from what follows, so that no player takes words for a tag; not visible. */
const wordJoiner = '\u2060';
/** Tags that players know: `<i>`, `</font>`, `<c.yellow>`, `<v Ann>`, `<00:01.000>`. */
const tag = /<\/?(?:[ibusqcv]|em|strong|font|span|ruby|rt|lang)(?:[\s.][^<>]*)?\s*\/?>|<(?:\d+:)?\d\d:\d\d[.,]\d+>/giu;
const tagHere = new RegExp(`^(?:${tag.source}|<br)`, 'iu');
const override = /\{\\[^{}]*\}/g;
const entities: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', lrm: '\u200e', rlm: '\u200f' },
};

/** Words without the tags of SubRip and WebVTT; `<br>` is a line of its own. "a < b" and "<3" stay. */
export function withoutTags(text: string): string {
  return text.replaceAll(/<br\s*\/?>/giu, '\n').replaceAll(tag, '');
}

/** Words without ASS override blocks, which some SubRip files carry. */
export function withoutOverrides(text: string): string {
  return text.replaceAll(override, '');
}

/** What character references stand for; unknown ones stay as they are. */
export function withoutReferences(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}

/** Lines that mean nothing to a SubRip player but themselves. */
export function safeLines(text: string): string[] {
  return cleanText(text)
    .replaceAll('-->', '→')
    .replaceAll('<', (sign, at: number, whole: string) =>
      tagHere.test(whole.slice(at)) ? `${sign}${wordJoiner}` : sign,
    )
    .replaceAll(/\{(?=\\)/g, `{${wordJoiner}`)
    .split('\n');
}
