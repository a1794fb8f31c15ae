import type { Frames } from '../../units/index.ts';
import type { ProblemPath } from '../apply/index.ts';
import type { FileAnchoredClip, FileGlobalOption, ProjectFile } from './file-schema.ts';
import { readFrames } from './file-time.ts';
import { readAnchor, readAnchoredClip } from './read-clip.ts';
import { IdBook, lengthAt, problem, type Reading } from './reading.ts';

type GlobalKind = NonNullable<ProjectFile['globals']>[number]['kind'];

const kindNames: Record<GlobalKind, string> = {
  music: 'Music',
  'voice-over': 'Voice-over',
  logo: 'Logo',
  'caption-style': 'Caption style',
  cover: 'Cover',
  'post-copy': 'Post copy',
};

/** An option that is just a media key: music loops under the whole ad, a logo stays over it, a voice plays once. */
function shortOption(kind: GlobalKind, key: string): FileGlobalOption {
  const clip = { media: key as never } satisfies FileAnchoredClip;
  if (kind === 'music')
    return {
      clips: [{ ...clip, end: 'ad.end', isLooping: true, audio: { gainDb: -14, fadeIn: 0.5, fadeOut: 1 } }],
    };
  return { clips: [kind === 'logo' ? { ...clip, end: 'ad.end' } : clip] };
}

function readContent(reading: Reading, option: FileGlobalOption, idStem: string, path: ProblemPath) {
  const { isNone, clips, captionStyle, cover, postCopy } = option;
  const given = [isNone, clips, captionStyle, cover, postCopy].filter((part) => part !== undefined);
  if (given.length !== 1)
    problem(reading, path, 'an option has exactly one of isNone, clips, captionStyle, cover, postCopy');
  if (clips) {
    const read = clips.map((clip, at) => {
      const here = [...path, 'clips', at];
      return readAnchoredClip(reading, clip, `${idStem}-c1`, here);
    });
    return { kind: 'clips', clips: read };
  }
  if (captionStyle) return { kind: 'caption-style', style: captionStyle };
  if (cover !== undefined) return { kind: 'cover', at: readAnchor(reading, cover) };
  if (postCopy) return { kind: 'post-copy', primaryText: '', headline: '', url: '', ...postCopy };
  return { kind: 'none' };
}

/** Global slots of the file. */
export function readGlobals(reading: Reading, file: ProjectFile, books: { slots: IdBook; options: IdBook }) {
  return (file.globals ?? []).map((slot, at) => {
    const name = slot.name ?? kindNames[slot.kind];
    const id = slot.id ?? books.slots.make<string>(slot.kind);
    const options = (slot.options ?? []).map((written, index) => {
      const path = ['globals', at, 'options', index];
      const option = typeof written === 'string' ? shortOption(slot.kind, written) : written;
      const optionId = option.id ?? books.options.make<string>(`${id.slice(0, 50)}-${index + 1}`);
      return {
        id: optionId,
        name: option.name ?? `${name} ${index + 1}`,
        content: readContent(reading, option, optionId.slice(0, 48), path),
      };
    });
    return { id, name, kind: slot.kind, options, gainDb: slot.gainDb, pan: slot.pan };
  });
}

function readTransition(reading: Reading, seam: NonNullable<ProjectFile['seams']>[number], path: ProblemPath) {
  if (seam.transition === 'cut') return { kind: 'cut' };
  const { length, ...transition } = seam.transition;
  return { ...transition, lengthFrames: lengthAt(reading, length, [...path, 'transition', 'length']) };
}

/** Seams and pairing rules of the file. */
export function readConnections(reading: Reading, file: ProjectFile) {
  const seamIds = new IdBook();
  const ruleIds = new IdBook();
  seamIds.take(...(file.seams ?? []).map(({ id }) => id));
  ruleIds.take(...(file.pairingRules ?? []).map(({ id }) => id));
  const seams = (file.seams ?? []).map((seam, at) => {
    const path = ['seams', at];
    if ((seam.from === undefined) !== (seam.to === undefined))
      problem(reading, path, 'a transition of one pair has both “from” and “to”');
    const overhang: Frames = seam.audioOverhang === undefined ? 0 : readFrames(seam.audioOverhang, reading.rate);
    return {
      id: seam.id ?? seamIds.make<string>('seam'),
      afterSlotId: seam.after,
      pair: seam.from !== undefined && seam.to !== undefined ? { from: seam.from, to: seam.to } : null,
      transition: readTransition(reading, seam, path),
      audioOverhangFrames: overhang,
    };
  });
  const pairingRules = (file.pairingRules ?? []).map((rule, at) => {
    if ((rule.exclude === undefined) === (rule.require === undefined))
      problem(reading, ['pairingRules', at], 'a pairing rule has either “exclude” or “require”');
    return {
      id: rule.id ?? ruleIds.make<string>('rule'),
      kind: rule.exclude ? 'exclude' : 'require',
      optionIds: rule.exclude ?? rule.require ?? [],
    };
  });
  return { seams, pairingRules };
}
