import { AppError } from '#shared/errors/index.ts';
import {
  listVariants,
  type Project,
  suggestVariants,
  type Variant,
  variantKey,
  variantName,
} from '#shared/model/index.ts';

/**
 * The variants a person means: `all`, `suggested` (each option of the first slot once), or names and keys as
 * `project show` lists them, separated by commas; case and spacing do not matter. Throws `invalid-input` naming what is
 * not there.
 */
export function chooseVariants(project: Project, wanted: string): Variant[] {
  const all = listVariants(project);
  if (all.length === 0) throw new AppError('invalid-input', 'This project has no variants yet: its slots are empty.');
  if (wanted === 'all') return all;
  if (wanted === 'suggested') return suggestVariants(project);
  const byWord = new Map<string, Variant>();
  for (const variant of all) {
    byWord.set(normal(variantName(project, variant)), variant);
    byWord.set(normal(variantKey(project, variant)), variant);
  }
  const words = wanted
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const unknown = words.filter((word) => !byWord.has(normal(word)));
  if (words.length === 0 || unknown.length > 0) {
    const names = all.slice(0, 10).map((variant) => `“${variantName(project, variant)}”`);
    throw new AppError(
      'invalid-input',
      `There is no variant ${unknown.map((word) => `“${word}”`).join(', ')}. There are ${names.join(', ')}${all.length > 10 ? ' …' : ''}.`,
    );
  }
  return [...new Set(words.map((word) => byWord.get(normal(word)) as Variant))];
}

/** "hook 1·body 1" for "Hook 1 · Body 1", also when typed with a plain "/" or "|" for the dot. */
function normal(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\s*[·/|]\s*/g, '·')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
