/** Longest line kept; a broken file must not fill the memory through its log. */
const longestLine = 16_384;

/** Cuts a stream of text into lines (ended by \n, \r or \r\n) and hands each on. The last one needs its ending. */
export function createLineSplitter(onLine: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '').slice(0, longestLine);
    for (const line of lines) onLine(line);
  };
}
