import { safeFileName } from '#main/platform/files/index.ts';
import type { Preset } from '#shared/contract/render.ts';
import {
  type OutputVersion,
  type Project,
  type Ratio,
  ratioSlug,
  type Variant,
  variantName,
} from '#shared/model/index.ts';

/** What the tokens of a naming pattern stand for. */
export interface NameFacts {
  project: Project;
  variant: Variant;
  ratio: Ratio;
  version: OutputVersion;
  preset: Preset;
  /** Local date, YYYY-MM-DD. */
  date: string;
  revision: number;
  /** 1, 2, 3 … within the batch. */
  index: number;
}

/** Tokens people may use in braces. */
export const nameTokens = [
  'project',
  'variant',
  'hook',
  'body',
  'cta',
  'ratio',
  'preset',
  'version',
  'date',
  'revision',
  'index',
] as const;

const extension = '.mp4';
/** Room for "_music-free", "_v123", " (456)", the extension, and the manifest's ".json" behind it. */
const reservedBytes = 36;

function optionName(facts: NameFacts, token: string): string {
  const slot = facts.project.slots.find((one) => one.role === token || one.name.toLowerCase() === token);
  return slot?.options.find((option) => option.id === facts.variant[slot.id])?.name ?? '';
}

function tokenValue(facts: NameFacts, token: string): string {
  switch (token) {
    case 'project':
      return facts.project.name;
    case 'variant':
      return variantName(facts.project, facts.variant).replaceAll(' · ', '-');
    case 'ratio':
      return ratioSlug(facts.ratio);
    case 'preset':
      return facts.preset.id;
    case 'version':
      return facts.version === 'full' ? '' : facts.version;
    case 'date':
      return facts.date;
    case 'revision':
      return `v${facts.revision}`;
    case 'index':
      return String(facts.index).padStart(2, '0');
    default:
      return optionName(facts, token);
  }
}

/**
 * A file name for every system from a pattern; later revisions get "_v2" unless the pattern says `{revision}`.
 * Tokens are the names of {@link nameTokens} and of the project's slots; what is empty leaves no doubled separator.
 */
export function fileNameFor(pattern: string, facts: NameFacts): string {
  const filled = pattern
    .replaceAll(/\{([^{}]*)\}/g, (_, token: string) =>
      tokenValue(facts, token.trim().toLowerCase()).replaceAll(/[\\/]/g, '-'),
    )
    .replaceAll(/[<>:"/\\|?*]/g, '_')
    .replaceAll(/([_\- ])\1+/g, '$1')
    .replace(/^[_\- ]+|[_\- ]+$/g, '');
  const hasRevision = /\{\s*revision\s*\}/i.test(pattern);
  const hasVersion = facts.version === 'full' || /\{\s*version\s*\}/i.test(pattern);
  const revision = facts.revision > 1 && !hasRevision ? `_v${facts.revision}` : '';
  const suffix = (hasVersion ? '' : `_${facts.version}`) + revision;
  const stem = safeFileName(filled, { reserveBytes: reservedBytes, fallback: 'ad' });
  return `${stem.replace(/\.mp4$/i, '')}${suffix}${extension}`;
}

/** The n-th way of writing a name that is taken: "ad.mp4", "ad (2).mp4", "ad (3).mp4" … */
export function alternativeName(fileName: string, attempt: number): string {
  if (attempt <= 1) return fileName;
  const stem = fileName.endsWith(extension) ? fileName.slice(0, -extension.length) : fileName;
  return `${stem} (${attempt})${extension}`;
}

/** Makes names unique, case-insensitively (as on macOS and Windows), in order, avoiding those taken. */
export function uniqueNames(names: readonly string[], isTaken: (name: string) => boolean): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let attempt = 1;
    let candidate = name;
    while (used.has(candidate.toLowerCase()) || isTaken(candidate)) {
      attempt += 1;
      candidate = alternativeName(name, attempt);
    }
    used.add(candidate.toLowerCase());
    return candidate;
  });
}
