import type { Project } from './project.ts';
import { allSlots } from './variant.ts';

/** Tokens that every pattern for file names may use in braces, each with what it stands for and an example. */
export const nameTokens = {
  brand: { note: 'The brand, from the settings', example: 'Acme' },
  project: { note: 'The project', example: 'Spring sale' },
  variant: { note: 'All options chosen', example: 'Hook 2-Body 1-CTA 1' },
  hook: { note: 'The option of the hook', example: 'Hook 2' },
  body: { note: 'The option of the body', example: 'Body 1' },
  cta: { note: 'The option of the CTA', example: 'CTA 1' },
  ratio: { note: 'The shape', example: '9x16' },
  placement: { note: 'The placements it is for', example: 'tiktok-in-feed' },
  preset: { note: 'The preset', example: 'standard' },
  version: { note: 'Textless, music-free or clean; nothing for the full ad', example: 'textless' },
  date: { note: 'The day of the export', example: '2026-03-14' },
  revision: { note: 'Counts up when it is exported again', example: 'v2' },
  index: { note: 'Its number among the files exported together', example: '02' },
  creative: { note: 'Short form of its permanent id', example: '3f9a61c2' },
  group: { note: 'Short form of the id that all its shapes share', example: '81d07be4' },
} as const satisfies Record<string, { note: string; example: string }>;

export type NameToken = keyof typeof nameTokens;

const inBraces = /\{([^{}]*)\}/g;

/** A token as it is looked up: "{ Hook }" is "hook". */
export function normalToken(token: string): string {
  return token.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

/** The tokens of a pattern, normal, in order. */
export function tokensOf(pattern: string): string[] {
  return [...pattern.matchAll(inBraces)].map((match) => normalToken(match[1] ?? ''));
}

/** Fills a pattern's tokens. */
export function fillTokens(pattern: string, fill: (token: string) => string): string {
  return pattern.replaceAll(inBraces, (_, token: string) => fill(normalToken(token)));
}

/** Tokens that a project may use: the usual ones and the names of its slots. */
export function tokensFor(project: Pick<Project, 'slots' | 'globals'>): string[] {
  return [...new Set([...Object.keys(nameTokens), ...allSlots(project).map((slot) => normalToken(slot.name))])];
}

/** What is wrong with a pattern, for people; null when it can be used. Without a project slot names are not known. */
export function patternProblem(pattern: string, project: Pick<Project, 'slots' | 'globals'> | null): string | null {
  if (pattern.trim() === '') return 'A name needs at least one letter or token.';
  const known = project ? tokensFor(project) : Object.keys(nameTokens);
  const unknown = tokensOf(pattern).find((token) => !known.includes(token));
  if (unknown === undefined) return null;
  return `There is no token {${unknown}} for file names. There are ${known.map((token) => `{${token}}`).join(' ')}.`;
}
