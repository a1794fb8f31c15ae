import { formatClock, parseSpan } from './clock-time.ts';
import { type CaptionFile, type Cue, captionFile, checkCue, cleanText, malformed, quoted } from './cue.ts';
import { withoutReferences, withoutTags } from './plain-words.ts';

/** Blocks of a WebVTT file that are no captions. */
const otherBlock = /^(NOTE|STYLE|REGION)(\s|$)/;
const voice = /<v(?:\.[^\s>]*)?\s+([^>]+)>/i;

interface Block {
  /** 1-based number of the first line. */
  lineNumber: number;
  lines: string[];
}

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let isOpen = false;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') isOpen = false;
    else if (isOpen) blocks.at(-1)?.lines.push(line);
    else {
      blocks.push({ lineNumber: at + 1, lines: [line] });
      isOpen = true;
    }
  }
  return blocks;
}

function speakerOf(words: string): string | undefined {
  const name = voice.exec(words)?.[1];
  return name === undefined ? undefined : cleanText(withoutReferences(name)) || undefined;
}

function readBlock({ lineNumber, lines }: Block): Cue | null {
  const at = lines.findIndex((line) => line.includes('-->'));
  if (at < 0 && otherBlock.test(lines[0] ?? '')) return null;
  // One line may name the caption.
  const place = `line ${lineNumber + Math.max(0, at)}`;
  if (at < 0 || at > 1)
    throw malformed(`line ${lineNumber}`, `${quoted(lines[0] ?? '')} has no time (00:01.000 --> 00:02.500) after it.`);
  const span = parseSpan(lines[at] ?? '');
  if (!span) throw malformed(place, `${quoted(lines[at] ?? '')} is no time like 00:01.000 --> 00:02.500.`);
  const words = lines.slice(at + 1).join('\n');
  const speaker = speakerOf(words);
  const text = cleanText(withoutReferences(withoutTags(words)));
  const cue = { ...span, text, ...(speaker === undefined ? {} : { speaker }) };
  checkCue(cue, place);
  return cue;
}

/** Reads WebVTT; styles, regions and notes are passed over, `<v Name>` becomes the speaker. Throws `captions-invalid`. */
export function readVtt(text: string): CaptionFile {
  const lines = text.split(/\r\n|\r|\n/);
  if (!/^\uFEFF?WEBVTT(\s|$)/.test(lines[0] ?? ''))
    throw malformed('line 1', `a WebVTT file begins with WEBVTT, not with ${quoted(lines[0] ?? '')}.`);
  // What follows the first line without an empty one between is a header.
  const start = lines.findIndex((line, at) => at > 0 && (line.trim() === '' || line.includes('-->')));
  const body = start < 0 ? [] : lines.map((line, at) => (at < start ? '' : line));
  return captionFile(
    'vtt',
    blocksOf(body).flatMap((block) => readBlock(block) ?? []),
  );
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A WebVTT file of these cues. */
export function writeVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(({ startMs, endMs, text, speaker }) => {
    const who = speaker === undefined ? '' : `<v ${escaped(cleanText(speaker).replaceAll('\n', ' '))}>`;
    return `${formatClock(startMs, '.')} --> ${formatClock(endMs, '.')}\n${who}${escaped(cleanText(text))}\n`;
  });
  return ['WEBVTT\n', ...blocks].join('\n');
}
