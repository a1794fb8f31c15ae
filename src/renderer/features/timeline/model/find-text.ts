import type { EditInput, Project, SimpleEditInput } from '#shared/model/index.ts';
import { asEdit } from './placement.ts';

/** Words of the project that contain what is looked for. */
export interface TextFind {
  /** Unique, for lists. */
  key: string;
  /** "Hook 2 · Headline": where they stand. */
  where: string;
  before: string;
  /** With everything found replaced. */
  after: string;
  edit: SimpleEditInput;
}

/** What to look for and what to put there. */
export interface TextSearch {
  find: string;
  replaceWith: string;
  isCaseSensitive: boolean;
}

/** Replaces whatever is found; fields (`{{headline}}`) are names, not words, and stay. */
export function replaceIn(text: string, { find, replaceWith, isCaseSensitive }: TextSearch): string {
  if (find === '') return text;
  const escaped = find.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(escaped, isCaseSensitive ? 'gu' : 'giu');
  return text
    .split(/(\{\{[^{}]*\}\})/u)
    .map((part) => (/^\{\{[^{}]*\}\}$/u.test(part) ? part : part.replaceAll(pattern, () => replaceWith)))
    .join('');
}

type Finder = (key: string, where: string, text: string, edit: (after: string) => SimpleEditInput) => void;

function inOptions(project: Project, find: Finder): void {
  for (const slot of project.slots) {
    for (const { id, name, content } of slot.options) {
      if (content.kind !== 'sequence') continue;
      const fields = project.sequences.find((sequence) => sequence.id === content.sequenceId)?.fields ?? [];
      for (const [key, value] of Object.entries(content.values)) {
        if (!('text' in value)) continue;
        const label = fields.find((field) => field.key === key)?.label || key;
        find(`${id}/${key}`, `${name} · ${label}`, value.text, (text) => ({
          type: 'option.setValue',
          optionId: id,
          key,
          value: { text },
        }));
      }
    }
  }
}

function inSequences(project: Project, find: Finder): void {
  for (const sequence of project.sequences) {
    const users = project.slots.flatMap((slot) =>
      slot.options.flatMap(({ name, content }) =>
        content.kind === 'sequence' && content.sequenceId === sequence.id ? [name] : [],
      ),
    );
    const whose = users.length === 0 ? sequence.name || 'A nested timeline' : users.join(', ');
    for (const field of sequence.fields) {
      if (!field.default || !('text' in field.default)) continue;
      find(
        `${sequence.id}/field/${field.key}`,
        `${whose} · usual ${field.label || field.key}`,
        field.default.text,
        (text) => ({
          type: 'field.set',
          sequenceId: sequence.id,
          field: { ...field, default: { text } },
        }),
      );
    }
    for (const clip of sequence.tracks.flatMap((track) => (track.isLocked ? [] : track.clips))) {
      if (clip.content.kind !== 'text') continue;
      find(`${sequence.id}/${clip.id}`, `${whose} · text`, clip.content.text, (text) => ({
        type: 'clip.set',
        sequenceId: sequence.id,
        clipId: clip.id,
        patch: { text },
      }));
    }
  }
}

function inGlobals(project: Project, find: Finder): void {
  for (const slot of project.globals) {
    for (const { id, name, content } of slot.options) {
      if (content.kind !== 'post-copy') continue;
      for (const part of ['primaryText', 'headline'] as const) {
        const label = part === 'headline' ? 'headline' : 'text';
        find(`${id}/${part}`, `${name} · ${label} of the post`, content[part], (text) => ({
          type: 'global.setContent',
          optionId: id,
          content: { ...content, [part]: text },
        }));
      }
    }
  }
}

/** All words of a project that contain what is looked for: of options, of texts on timelines (not locked ones), of the post. */
export function findText(project: Project, search: TextSearch): TextFind[] {
  const found: TextFind[] = [];
  const find: Finder = (key, where, before, edit) => {
    // Something else than what is found must come out, even when it is replaced by itself.
    const marked = replaceIn(before, { ...search, replaceWith: '\uE000' });
    if (marked === before) return;
    const after = replaceIn(before, search);
    found.push({ key, where, before, after, edit: edit(after) });
  };
  if (search.find === '') return found;
  inOptions(project, find);
  inSequences(project, find);
  inGlobals(project, find);
  return found;
}

/** Replaces the finds chosen, as one step. Two changes of one post are both kept. */
export function replaceTextEdit(finds: readonly TextFind[]): EditInput | null {
  const merged = new Map<string, SimpleEditInput>();
  for (const { key, edit, before, after } of finds) {
    if (before === after) continue;
    if (edit.type !== 'global.setContent') {
      merged.set(key, edit);
      continue;
    }
    const known = merged.get(edit.optionId);
    const isBoth = known?.type === 'global.setContent' && known.content.kind === 'post-copy';
    const headline = edit.content.kind === 'post-copy' && isBoth ? edit.content.headline : null;
    merged.set(
      edit.optionId,
      isBoth && headline !== null ? { ...known, content: { ...known.content, headline } as typeof edit.content } : edit,
    );
  }
  return asEdit('Replace text', [...merged.values()]);
}
