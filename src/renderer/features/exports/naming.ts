import { fillTokens, nameTokens, type Project, patternProblem, tokensFor } from '#shared/model/index.ts';

/** A token people may put into the names of exported files. */
export interface TokenHelp {
  token: string;
  /** What it stands for. */
  note: string;
}

/** The tokens to offer: the usual ones, and a project's other slots that leave a choice. Those that leave none work too. */
export function tokenHelp(project: Pick<Project, 'slots' | 'globals'> | null): TokenHelp[] {
  const usual: Readonly<Record<string, { note: string }>> = nameTokens;
  const open = project && {
    slots: project.slots.filter((slot) => slot.options.length > 1),
    globals: project.globals.filter((slot) => slot.options.length > 1),
  };
  const all = open ? tokensFor(open) : Object.keys(nameTokens);
  return all.map((token) => ({ token, note: usual[token]?.note ?? `The option of “${token}”` }));
}

/** What is wrong with a naming pattern, for people; null when it can be used. */
export function namingProblem(pattern: string, project: Pick<Project, 'slots' | 'globals'> | null): string | null {
  if (pattern.length > 200) return 'A pattern has at most 200 characters.';
  if (/[{}]/.test(pattern.replaceAll(/\{[^{}]*\}/g, ''))) return 'A brace is left open.';
  return patternProblem(pattern, project);
}

/** A name as the pattern makes it, with made-up values; what files really get is in the estimate. */
export function exampleName(pattern: string): string {
  const usual: Readonly<Record<string, { example: string }>> = nameTokens;
  return `${fillTokens(pattern, (token) => usual[token]?.example ?? token)}.mp4`;
}

/** How many names had to be told apart by a number in brackets. */
export function countCollisions(pattern: string, fileNames: readonly string[]): number {
  if (/\(\d+\)$/.test(pattern)) return 0;
  return fileNames.filter((name) => / \(\d+\)\.mp4$/.test(name)).length;
}
