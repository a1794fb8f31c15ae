import { safeFileName } from '#main/platform/files/index.ts';
import type { Preset } from '#shared/contract/render.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  allSlots,
  chosenOption,
  fillTokens,
  normalToken,
  type OutputVersion,
  type PlacementId,
  type Project,
  patternProblem,
  placementsForRatio,
  type Ratio,
  ratioSlug,
  tokensOf,
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
  /** Of the request; those of other ratios are left out of the name. */
  placements: readonly PlacementId[];
  brand: string;
  /** Local date, YYYY-MM-DD. */
  date: string;
  revision: number;
  /** Later revisions are told apart by "_v2" where the pattern does not. */
  isRevisionNamed: boolean;
  /** 1, 2, 3 … within the batch. */
  index: number;
  /** Permanent ids; asked for only when the pattern uses them. */
  ids: () => { creative: string; group: string };
}

const extension = '.mp4';
/** Room for "_music-free", "_v123", " (456)", the extension, and the ".json" of what lies beside it. */
const reservedBytes = 36;
/** Folders deeper than this make paths that some systems refuse. */
const mostFolders = 5;

/** Throws `invalid-input` naming a token that does not exist, and those that do. */
export function checkPattern(pattern: string, project: Project): void {
  const problem = patternProblem(pattern, project);
  if (problem !== null) throw new AppError('invalid-input', problem);
}

/** "creative-3f9a61c2…" → "3f9a61c2". */
export function shortId(id: string): string {
  return id.slice(id.indexOf('-') + 1).slice(0, 8);
}

function optionName({ project, variant }: NameFacts, token: string): string {
  const timed = project.slots.find((one) => one.role === token);
  const slot = timed ?? allSlots(project).find((one) => normalToken(one.name) === token);
  return (slot && chosenOption(slot, variant)?.name) ?? '';
}

function tokenValue(facts: NameFacts, token: string): string {
  switch (token) {
    case 'brand':
      return facts.brand;
    case 'project':
      return facts.project.name;
    case 'variant':
      return variantName(facts.project, facts.variant).replaceAll(' · ', '-');
    case 'ratio':
      return ratioSlug(facts.ratio);
    case 'placement':
      return placementsForRatio(facts.placements, facts.ratio).join('+');
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
    case 'creative':
    case 'group':
      return shortId(facts.ids()[token]);
    default:
      return optionName(facts, token);
  }
}

/** One part of a path without what no system takes, without doubled or hanging separators. */
function tidy(part: string): string {
  return part
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/([_\- ])\1+/g, '$1')
    .replace(/^[_\- ]+|[_\- ]+$/g, '');
}

/** Folders of a pattern: no way up, nothing empty. */
function foldersOf(parts: readonly string[]): string[] {
  return parts
    .map(tidy)
    .filter((part) => /[^.\s]/.test(part))
    .map((part) => safeFileName(part, { reserveBytes: reservedBytes }))
    .slice(0, mostFolders);
}

/**
 * The path of a file within the export folder, "/" between its parts, every part a name that every system takes. Later
 * revisions get "_v2" and other versions their word unless the pattern says so itself. What is empty leaves no doubled
 * separator. Tokens are `nameTokens` and the names of the project's slots; unknown ones count as empty, so call
 * {@link checkPattern} before.
 */
export function fileNameFor(pattern: string, facts: NameFacts): string {
  const filled = fillTokens(pattern, (token) => tokenValue(facts, token).replaceAll(/[\\/]/g, '-'));
  const parts = filled.split(/[\\/]/);
  const name = tidy(parts.pop() ?? '');
  const tokens = tokensOf(pattern);
  const version = facts.version === 'full' || tokens.includes('version') ? '' : `_${facts.version}`;
  const isTold = facts.isRevisionNamed && facts.revision > 1;
  const revision = isTold && !tokens.includes('revision') ? `_v${facts.revision}` : '';
  const stem = safeFileName(name.replace(/\.mp4$/i, ''), { reserveBytes: reservedBytes, fallback: 'ad' });
  return [...foldersOf(parts), `${stem}${version}${revision}${extension}`].join('/');
}

/** The n-th way of writing a name that is taken: "ad.mp4", "ad (2).mp4", "ad (3).mp4" … */
export function alternativeName(fileName: string, attempt: number): string {
  if (attempt <= 1) return fileName;
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(fileName)?.[0] ?? '';
  return `${fileName.slice(0, fileName.length - ending.length)} (${attempt})${ending}`;
}

/** Names that some file system takes for the same have the same key: case and Unicode forms do not count. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** Makes names unique by their {@link nameKey}, in order, avoiding the keys that are taken. */
export function uniqueNames(names: readonly string[], taken: ReadonlySet<string>): string[] {
  const used = new Set(taken);
  const attempts = new Map<string, number>();
  return names.map((name) => {
    const wanted = nameKey(name);
    let attempt = (attempts.get(wanted) ?? 0) + 1;
    while (used.has(nameKey(alternativeName(name, attempt)))) attempt += 1;
    attempts.set(wanted, attempt);
    const candidate = alternativeName(name, attempt);
    used.add(nameKey(candidate));
    return candidate;
  });
}
