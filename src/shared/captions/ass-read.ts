import { scaleOfScript, styleOfAss } from './ass-style.ts';
import { parseClock } from './clock-time.ts';
import { type CaptionFile, type Cue, captionFile, checkCue, cleanText, malformed, quoted } from './cue.ts';

/** Columns of an event where the file does not say. */
const usualColumns = 'Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';
const wordJoiner = '\u2060';

interface Script {
  section: string;
  width: number | null;
  height: number | null;
  /** Its styles are those of SSA. */
  isOld: boolean;
  /** Column names of the section, lower case. */
  columns: string[];
  styles: Map<string, ReadonlyMap<string, string>>;
  events: { cue: Cue; styleName: string }[];
  hasEvents: boolean;
}

const columnsOf = (text: string): string[] => text.split(',').map((name) => name.trim().toLowerCase());

/** Values by column; the last column takes the rest, commas and all. Null when there are too few. */
function valuesOf(text: string, columns: readonly string[]): Map<string, string> | null {
  const parts = text.split(',');
  if (parts.length < columns.length) return null;
  const rest = parts.splice(columns.length - 1).join(',');
  return new Map(columns.map((name, at) => [name, parts[at] ?? rest]));
}

/** Words of an event: overrides and drawings dropped, `\N` a new line. */
export function wordsOfAss(text: string): string {
  let isDrawing = false;
  const shown = text.split(/(?<!\\)(\{[^}]*\})/).flatMap((part) => {
    if (!/^\{[^}]*\}$/.test(part)) return isDrawing ? [] : [part];
    for (const [, scale] of part.matchAll(/\\p(\d+)/g)) isDrawing = scale !== '0';
    return [];
  });
  const plain = shown
    .join('')
    .replaceAll(/\\N/g, '\n')
    .replaceAll(/\\[nh]/g, ' ')
    .replaceAll(/\\([{}])/g, '$1')
    .replaceAll(`\\${wordJoiner}`, '\\');
  return cleanText(plain);
}

function readEvent(script: Script, text: string, place: string): void {
  const values = valuesOf(text, script.columns);
  if (!values) throw malformed(place, `the event has fewer than the ${script.columns.length} parts its section names.`);
  const time = (column: string) => {
    const ms = parseClock(values.get(column) ?? '');
    if (ms === null) throw malformed(place, `${quoted(values.get(column) ?? '')} is no time like 0:00:01.00.`);
    return ms;
  };
  const speaker = cleanText(values.get('name') ?? values.get('actor') ?? '');
  const cue = {
    startMs: time('start'),
    endMs: time('end'),
    text: wordsOfAss((values.get('text') ?? '').trimStart()),
    ...(speaker === '' ? {} : { speaker }),
  };
  checkCue(cue, place);
  script.events.push({ cue, styleName: (values.get('style') ?? '').trim().replace(/^\*/, '') });
}

function enterSection(script: Script, name: string): void {
  script.section = name.trim().toLowerCase();
  const isEvents = script.section === 'events';
  script.columns = isEvents ? columnsOf(usualColumns) : [];
  script.hasEvents ||= isEvents;
  script.isOld ||= script.section === 'v4 styles';
}

function readFormat(script: Script, text: string, place: string): void {
  script.columns = columnsOf(text);
  if (script.section !== 'events') return;
  for (const needed of ['start', 'end', 'text'])
    if (!script.columns.includes(needed)) throw malformed(place, `the columns of the events lack “${needed}”.`);
  if (script.columns.at(-1) !== 'text') throw malformed(place, 'the last column of the events has to be “Text”.');
}

function readLine(script: Script, line: string, place: string): void {
  const header = /^\[([^\]]*)\]\s*$/.exec(line.trim());
  if (header) {
    enterSection(script, header[1] ?? '');
    return;
  }
  const [, key = '', text = ''] = /^\s*([A-Za-z][\w ]*?)\s*:(.*)$/.exec(line) ?? [];
  const name = key.toLowerCase();
  const size = Number(text);
  if (name === 'format') readFormat(script, text, place);
  if (script.section === 'script info' && size > 0 && name === 'playresx') script.width = size;
  if (script.section === 'script info' && size > 0 && name === 'playresy') script.height = size;
  if (name === 'style' && /^v4\+? styles$/.test(script.section)) {
    const values = valuesOf(text, script.columns);
    if (values && values.size > 1) script.styles.set((values.get('name') ?? '').trim().replace(/^\*/, ''), values);
  }
  if (script.section === 'events' && name === 'dialogue') readEvent(script, text, place);
}

/** The style that most words are set in. */
function mainStyle({ events, styles }: Script): ReadonlyMap<string, string> | null {
  const counts = new Map<string, number>();
  for (const { cue, styleName } of events) if (cue.text !== '') counts.set(styleName, (counts.get(styleName) ?? 0) + 1);
  const [name] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  return name === undefined ? null : (styles.get(name) ?? styles.get('Default') ?? null);
}

/**
 * Reads ASS and SSA: events with their times and plain words (overrides, drawings and comments are dropped), and the look
 * that most of them have. Throws `captions-invalid` with the line.
 */
export function readAss(text: string): CaptionFile {
  const script: Script = {
    ...{
      section: '',
      width: null,
      height: null,
      isOld: false,
      columns: [],
      styles: new Map(),
      events: [],
      hasEvents: false,
    },
  };
  for (const [at, line] of text.split(/\r\n|\r|\n/).entries()) {
    const isComment = line.startsWith(';') || line.startsWith('!:');
    if (!isComment && line.trim() !== '') readLine(script, line, `line ${at + 1}`);
  }
  if (!script.hasEvents) throw malformed('the end', 'there was no [Events] section.');
  const style = mainStyle(script);
  return captionFile(
    'ass',
    script.events.map(({ cue }) => cue),
    { style: style && styleOfAss(style, scaleOfScript(script.width, script.height), script.isOld) },
  );
}
