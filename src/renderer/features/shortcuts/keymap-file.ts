import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import { isShortcut, type KeyOverrides } from '../../ui/index.ts';

const format = 'spotloom-shortcuts';

const fileSchema = z.object({
  format: z.literal(format, `This is not a file of shortcuts: “format” is not “${format}”.`),
  version: z.literal(1, 'This file was written by a newer Spotloom.'),
  keys: z.record(
    z.string().max(80),
    z
      .array(z.string().max(40).refine(isShortcut, 'This is no shortcut. Write it like “Mod+Shift+K”.'))
      .max(4, 'A command has at most four shortcuts.'),
  ),
});

/** Chosen keys as a file that {@link readKeymap} reads. */
export function writeKeymap(keys: KeyOverrides): string {
  return `${JSON.stringify({ format, version: 1, keys }, null, 2)}\n`;
}

/**
 * Reads a file of shortcuts: `{ "format": "spotloom-shortcuts", "version": 1, "keys": { "timeline.split": ["S"] } }`.
 * Throws AppError `invalid-input` naming the field that is wrong.
 */
export function readKeymap(text: string): KeyOverrides {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid-input', 'This file cannot be read: it is not JSON.', { cause });
  }
  const parsed = fileSchema.safeParse(json);
  if (parsed.success) return parsed.data.keys;
  const [issue] = parsed.error.issues;
  const place = (issue?.path ?? []).map((part) => (typeof part === 'number' ? `[${part}]` : String(part))).join(' › ');
  throw new AppError('invalid-input', `${place || 'The file'}: ${issue?.message ?? 'not readable'}`, {
    details: { path: issue?.path ?? [] },
  });
}
