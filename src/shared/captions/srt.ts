import { formatClock, parseSpan } from './clock-time.ts';
import { type CaptionFile, type Cue, captionFile, checkCue, cleanText, malformed, quoted } from './cue.ts';
import { safeLines, withoutOverrides, withoutTags } from './plain-words.ts';

/** Lines from one time line to the next. */
interface Block {
  /** 1-based number of the time line. */
  lineNumber: number;
  startMs: number;
  endMs: number;
  lines: string[];
}

const isNumber = (line: string | undefined): boolean => /^\s*\d{1,9}\s*$/.test(line ?? '');
const isBlank = (line: string | undefined): boolean => (line ?? '').trim() === '';

/** True for a line that only counts the caption whose time line comes next. */
function isCount(lines: readonly string[], at: number, blocks: readonly Block[]): boolean {
  if (!isNumber(lines[at]) || !lines[at + 1]?.includes('-->')) return false;
  // With no empty line before it, "2024" may as well be the last words of a caption.
  return isBlank(lines[at - 1]) || Number(lines[at]) === blocks.length + 1;
}

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  for (const [at, line] of lines.entries()) {
    const lineNumber = at + 1;
    if (line.includes('-->')) {
      const span = parseSpan(line);
      if (!span)
        throw malformed(`line ${lineNumber}`, `${quoted(line)} is no time like 00:00:01,000 --> 00:00:02,500.`);
      blocks.push({ lineNumber, ...span, lines: [] });
      continue;
    }
    const block = blocks.at(-1);
    if (isBlank(line) || isCount(lines, at, blocks)) continue;
    if (block) block.lines.push(line);
    else if (!isNumber(line))
      throw malformed(`line ${lineNumber}`, `${quoted(line)} stands before the first time (00:00:01,000 --> …).`);
  }
  return blocks;
}

/**
 * Reads SubRip. Tolerant of missing numbers, of a dot for the comma, missing hours, empty lines inside a caption, tags.
 * Throws `captions-invalid` with the line.
 */
export function readSrt(text: string): CaptionFile {
  const blocks = blocksOf(text.split(/\r\n|\r|\n/));
  if (blocks.length === 0) throw malformed('the end', 'there was no time like 00:00:01,000 --> 00:00:02,500.');
  const cues = blocks.map(({ lineNumber, startMs, endMs, lines }): Cue => {
    const cue = { startMs, endMs, text: cleanText(withoutOverrides(withoutTags(lines.join('\n')))) };
    checkCue(cue, `line ${lineNumber}`);
    return cue;
  });
  return captionFile('srt', cues);
}

/** A SubRip file of these cues: CRLF between lines, as players and platforms read it. */
export function writeSrt(cues: readonly Cue[]): string {
  const blocks = cues.map(({ startMs, endMs, text }, n) => {
    const span = `${formatClock(startMs, ',')} --> ${formatClock(endMs, ',')}`;
    return [String(n + 1), span, ...safeLines(text), ''].join('\r\n');
  });
  return `${blocks.join('\r\n')}\r\n`;
}
