/** Tokens that stand for something in the names of exported files, with what they look like. */
export const namingTokens: Readonly<Record<string, string>> = {
  project: 'Spring sale',
  hook: 'Hook 2',
  body: 'Body 1',
  cta: 'CTA 1',
  variant: 'Hook 2 · Body 1 · CTA 1',
  ratio: '9x16',
  index: '02',
  date: '2026-03-14',
  revision: '1',
};

/** What is wrong with a naming pattern, for people; null when it can be used. */
export function namingProblem(pattern: string): string | null {
  if (pattern.trim() === '') return 'A name needs at least one letter or token.';
  if (pattern.length > 200) return 'A pattern has at most 200 characters.';
  const unknown = [...pattern.matchAll(/\{([^{}]*)\}/g)]
    .map((match) => match[1] ?? '')
    .filter((token) => !(token in namingTokens));
  if (unknown.length > 0) return `There is no token {${unknown[0]}}.`;
  if (/[{}]/.test(pattern.replaceAll(/\{[^{}]*\}/g, ''))) return 'A brace is left open.';
  if (/[\\/]/.test(pattern)) return 'A name has no slashes: choose the folder instead.';
  return null;
}

/** A name as the pattern makes it, with made-up values; what files really get is in the estimate. */
export function exampleName(pattern: string): string {
  return `${pattern.replaceAll(/\{([^{}]*)\}/g, (whole, token: string) => namingTokens[token] ?? whole)}.mp4`;
}
