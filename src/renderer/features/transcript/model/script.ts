import type { AssetId, SequenceId } from '#shared/model/index.ts';
import {
  heardClips,
  mergeStretches,
  type SequenceCuts,
  type SpokenWord,
  type Stretch,
  spokenWords,
  stretchesOfWords,
  type WordsByAsset,
} from '#shared/transcript/index.ts';
import type { Frames } from '#shared/units/index.ts';
import type { SectionView, TimelineView } from '../../timeline/model/lanes.ts';

/** A word of the timeline shown: `startFrame` and `endFrame` are on it. */
export interface ScriptWord extends SpokenWord {
  section: SectionView;
}

/** Words that are read together: of one clip and one speaker, not too many. */
export interface Paragraph {
  key: string;
  section: SectionView;
  assetId: AssetId;
  speaker: string | null;
  /** Index of its first word in the script. */
  from: number;
  words: readonly ScriptWord[];
}

/** All that is said on the timeline shown, in order. */
export interface Script {
  words: readonly ScriptWord[];
  paragraphs: readonly Paragraph[];
}

/** From how many words on a paragraph ends with its sentence, and at the latest. */
const longParagraph = 60;
const longestParagraph = 120;

function isNewParagraph(paragraph: Paragraph | undefined, word: ScriptWord): boolean {
  const last = paragraph?.words.at(-1);
  if (!paragraph || !last) return true;
  if (last.clip.id !== word.clip.id || last.section !== word.section) return true;
  if (paragraph.speaker !== (word.speaker ?? null)) return true;
  const count = paragraph.words.length;
  return count >= longestParagraph || (count >= longParagraph && /[.!?…。！？]$/u.test(last.text));
}

function paragraphsOf(words: readonly ScriptWord[]): Paragraph[] {
  const paragraphs: (Paragraph & { words: ScriptWord[] })[] = [];
  for (const [from, word] of words.entries()) {
    const open = paragraphs.at(-1);
    if (open && !isNewParagraph(open, word)) {
      open.words.push(word);
      continue;
    }
    const { section, assetId, clip, index } = word;
    const key = `${section.slotId}/${clip.id}/${index}`;
    paragraphs.push({ key, section, assetId, speaker: word.speaker ?? null, from, words: [word] });
  }
  return paragraphs;
}

/** What is said on a timeline, as far as the transcripts tell. */
export function scriptOf(view: TimelineView, words: WordsByAsset): Script {
  const all = view.sections.flatMap((section) => {
    const { sequence, startFrame, values } = section;
    if (!sequence) return [];
    return spokenWords(sequence, { rate: view.rate, words, values }).map((word): ScriptWord => {
      return { ...word, section, startFrame: startFrame + word.startFrame, endFrame: startFrame + word.endFrame };
    });
  });
  return { words: all, paragraphs: paragraphsOf(all) };
}

/** Media heard on a timeline, each once, in the order in which they are heard. */
export function heardMedia(view: TimelineView): AssetId[] {
  const ids = view.sections.flatMap(({ sequence, values }) =>
    sequence ? heardClips(sequence, values).map(({ assetId }) => assetId) : [],
  );
  return [...new Set(ids)];
}

/** The word said at a frame: the last one that has begun, unless it ended long ago; −1 when none. */
export function wordAt({ words }: Script, frame: Frames): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.startFrame ?? 0) <= frame) low = middle + 1;
    else high = middle;
  }
  const word = words[low - 1];
  return word && frame < word.endFrame ? low - 1 : -1;
}

/** The paragraph a word stands in. */
export function paragraphAt({ paragraphs }: Script, index: number): Paragraph | null {
  return paragraphs.find(({ from, words }) => index >= from && index < from + words.length) ?? null;
}

/** What has to be cut so that these words go. */
export function cutsOfWords(script: Script, isMeant: (index: number) => boolean, view: TimelineView): SequenceCuts[] {
  const bySequence = new Map<SequenceId, Stretch[]>();
  for (const section of view.sections) {
    if (!section.sequence) continue;
    const words = script.words.flatMap((word, at) =>
      word.section === section
        ? [
            {
              ...word,
              startFrame: word.startFrame - section.startFrame,
              endFrame: word.endFrame - section.startFrame,
              isMeant: isMeant(at),
            },
          ]
        : [],
    );
    const meant = new Set<SpokenWord>(words.filter((word) => word.isMeant));
    const stretches = stretchesOfWords(words, (word) => meant.has(word), view.rate);
    const { id } = section.sequence;
    // A sequence may be seen twice: it is cut once.
    bySequence.set(id, mergeStretches([...(bySequence.get(id) ?? []), ...stretches]));
  }
  return cutsFrom(bySequence);
}

/** Cuts by sequence, without those that cut nothing. */
export function cutsFrom(bySequence: ReadonlyMap<SequenceId, readonly Stretch[]>): SequenceCuts[] {
  return [...bySequence].flatMap(([sequenceId, stretches]) =>
    stretches.length === 0 ? [] : [{ sequenceId, stretches }],
  );
}

/** Frames that cuts take away. */
export function cutLength(cuts: readonly SequenceCuts[]): Frames {
  return cuts.flatMap(({ stretches }) => stretches).reduce((sum, one) => sum + one.endFrame - one.startFrame, 0);
}

const bare = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}']/gu, '');

/** Where words follow one another in a script: index of the first of each match; the last word may be begun only. */
export function findWords({ words }: Script, searched: string): { from: number; to: number }[] {
  const wanted = searched
    .split(/\s+/u)
    .map(bare)
    .filter((word) => word !== '');
  if (wanted.length === 0) return [];
  const isHere = (at: number) =>
    wanted.every((word, n) => {
      const said = bare(words[at + n]?.text ?? '');
      return n === wanted.length - 1 ? said.startsWith(word) : said === word;
    });
  return words.flatMap((_, at) => (isHere(at) ? [{ from: at, to: at + wanted.length - 1 }] : []));
}

/** Words of one transcript that stand side by side in it, of those from `from` to `to`: what can be corrected together. */
export function correctable(script: Script, from: number, to: number): { from: number; to: number } {
  const first = script.words[from];
  let end = from;
  while (end < to) {
    const [word, next] = [script.words[end], script.words[end + 1]];
    if (!word || !next || next.assetId !== first?.assetId || next.index !== word.index + 1) break;
    end += 1;
  }
  return { from, to: end };
}
