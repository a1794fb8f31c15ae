/** Does nothing visible; keeps a backslash apart from the letter after it. libass skips it when it shapes. */
const wordJoiner = '\u2060';

/** One line of words as ASS text: nothing in it acts as a command, leading and trailing spaces stay. */
function escapeLine(line: string): string {
  const escaped = line
    .replaceAll(/\\(?=[Nnh{}])/g, `\\${wordJoiner}`)
    .replaceAll(/\\$/g, `\\${wordJoiner}`)
    .replaceAll('{', '\\{')
    .replaceAll('}', '\\}');
  // libass drops spaces at both ends of a line and draws an empty line at half height.
  if (escaped.trim() === '') return '\\h';
  return escaped
    .replace(/^ +/, (spaces) => '\\h'.repeat(spaces.length))
    .replace(/ +$/, (spaces) => '\\h'.repeat(spaces.length));
}

/** Words as the text of an ASS event; "\n" starts a new line. Control characters are dropped, tabs are spaces. */
export function escapeAssText(text: string): string {
  return text
    .replaceAll(/\r\n?|\u2028|\u2029/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/(?!\n)\p{Cc}/gu, '')
    .split('\n')
    .map(escapeLine)
    .join('\\N');
}
