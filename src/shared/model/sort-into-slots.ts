import type { TimedSlot } from './project.ts';

/** The part of an ad that a file is for. */
export type SortedRole = Exclude<TimedSlot['role'], 'custom'>;

/** Words by which editors name finished pieces; each counts at the start of the name or after a separator. */
const roleWords: readonly (readonly [SortedRole, RegExp])[] = [
  ['hook', /(?:^|[^a-z])(?:hooks?|intro|opener)(?![a-z])/],
  ['cta', /(?:^|[^a-z])(?:ctas?|call[ _.-]?to[ _.-]?action|outro|end[ _.-]?card)(?![a-z])/],
  ['body', /(?:^|[^a-z])(?:body|bodies|middle)(?![a-z])/],
];

/**
 * Which slot each file belongs in by its name, in the same order: "Hook_02.mp4" → hook, "spring-body.mov" → body,
 * "CTA 1.mp4" → cta; null when the name does not say. The word nearest to the name's start decides.
 */
export function sortIntoSlots(fileNames: readonly string[]): (SortedRole | null)[] {
  return fileNames.map((path) => {
    const name = (path.split(/[\\/]/).at(-1) ?? path).toLowerCase();
    let found: { role: SortedRole; at: number } | null = null;
    for (const [role, pattern] of roleWords) {
      const at = name.search(pattern);
      if (at >= 0 && (found === null || at < found.at)) found = { role, at };
    }
    return found?.role ?? null;
  });
}
