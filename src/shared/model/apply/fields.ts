import type { Clip, ClipContent, FieldValues } from '../clip.ts';
import type { Field, Project, Sequence } from '../project.ts';
import { contentsOf } from './references.ts';

const fieldPattern = /\{\{\s*([A-Za-z][A-Za-z0-9_]{0,39})\s*\}\}/g;

/** Keys of the `{{fields}}` in a text, in order. */
export function fieldKeysIn(text: string): string[] {
  return [...text.matchAll(fieldPattern)].flatMap((match) => match[1] ?? []);
}

/** Fields that a clip's content uses of the sequence it stands in. */
export function fieldsUsedBy(content: ClipContent): Pick<Field, 'key' | 'kind'>[] {
  switch (content.kind) {
    case 'media':
      return 'field' in content.media ? [{ key: content.media.field, kind: 'media' }] : [];
    case 'text':
      return fieldKeysIn(content.text).map((key) => ({ key, kind: 'text' }));
    case 'sequence':
    case 'composition':
      return Object.values(content.values).flatMap((value) =>
        'text' in value ? fieldKeysIn(value.text).map((key) => ({ key, kind: 'text' as const })) : [],
      );
    default:
      return [];
  }
}

type UsedField = Pick<Field, 'key' | 'kind'>;

/** Contents and lists of clips never change in place: what they use is looked for once, not with every edit. */
const ofContent = new WeakMap<ClipContent, readonly UsedField[]>();
const ofClips = new WeakMap<readonly Clip[], readonly UsedField[]>();

function remembered<Key extends object>(
  known: WeakMap<Key, readonly UsedField[]>,
  key: Key,
  look: () => readonly UsedField[],
): readonly UsedField[] {
  const before = known.get(key);
  if (before) return before;
  const found = look();
  known.set(key, found);
  return found;
}

/** Fields that a sequence's clips use. The sequence must not be changed in place afterwards. */
export function fieldsUsedIn({ tracks }: Sequence): readonly UsedField[] {
  return tracks.flatMap(({ clips }) =>
    remembered(ofClips, clips, () =>
      clips.flatMap(({ content }) => remembered(ofContent, content, () => fieldsUsedBy(content))),
    ),
  );
}

/** "product_name" → "Product name". */
export function labelForKey(key: string): string {
  const words = key
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The sequence with every field that its clips use; the missing ones are added without a default. */
export function declareFields(sequence: Sequence): Sequence {
  const known = new Set(sequence.fields.map((field) => field.key));
  const fields = [...sequence.fields];
  for (const { key, kind } of fieldsUsedIn(sequence)) {
    if (known.has(key)) continue;
    known.add(key);
    fields.push({ key, kind, label: labelForKey(key), default: null });
  }
  return fields.length === sequence.fields.length ? sequence : { ...sequence, fields };
}

/** Declares the fields of every sequence that an edit changed or brought. */
export function declareChangedFields(before: Project, after: Project): Project {
  if (before.sequences === after.sequences && before.compositions === after.compositions) return after;
  const known = new Set(before.sequences);
  const knownPins = new Set(before.compositions);
  return {
    ...after,
    sequences: after.sequences.map((sequence) => (known.has(sequence) ? sequence : declareFields(sequence))),
    compositions: after.compositions.map((pin) =>
      knownPins.has(pin) ? pin : { ...pin, sequence: declareFields(pin.sequence) },
    ),
  };
}

/** Only those values that one of the fields can hold. */
export function fittingValues(values: FieldValues, fields: readonly Field[]): FieldValues {
  const entries = Object.entries(values);
  const fitting = entries.filter(([key, value]) =>
    fields.some((field) => field.key === key && field.kind === ('text' in value ? 'text' : 'media')),
  );
  return fitting.length === entries.length ? values : (Object.fromEntries(fitting) as FieldValues);
}

/** Does this content play the sequence or composition in question? */
export type Plays = (content: {
  kind: string;
  sequenceId?: string;
  compositionId?: string;
  version?: number;
}) => boolean;

/** Takes away, wherever the sequence is played, values that its fields can no longer hold. */
export function pruneValues(project: Project, plays: Plays, fields: readonly Field[]): Project {
  const prune = <Content extends { kind: string }>(content: Content): Content => {
    if (!plays(content) || !('values' in content)) return content;
    const values = fittingValues(content.values as FieldValues, fields);
    return values === content.values ? content : { ...content, values };
  };
  const pruneSequence = (sequence: Sequence): Sequence => ({
    ...sequence,
    tracks: sequence.tracks.map((track) => ({
      ...track,
      clips: track.clips.map((clip) => ({ ...clip, content: prune(clip.content) })),
    })),
  });
  const isPlayedIn = (sequence: Sequence) => [...contentsOf(sequence)].some(plays);
  return {
    ...project,
    slots: project.slots.map((slot) => ({
      ...slot,
      options: slot.options.map((option) => ({ ...option, content: prune(option.content) })),
    })),
    globals: project.globals.map((slot) => ({
      ...slot,
      options: slot.options.map((option) =>
        option.content.kind === 'clips'
          ? {
              ...option,
              content: {
                ...option.content,
                clips: option.content.clips.map((clip) => ({ ...clip, content: prune(clip.content) })),
              },
            }
          : option,
      ),
    })),
    sequences: project.sequences.map((sequence) => (isPlayedIn(sequence) ? pruneSequence(sequence) : sequence)),
    compositions: project.compositions.map((pin) =>
      isPlayedIn(pin.sequence) ? { ...pin, sequence: pruneSequence(pin.sequence) } : pin,
    ),
  };
}
