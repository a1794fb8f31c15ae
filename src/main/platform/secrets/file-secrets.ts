import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { atomicWrite, systemCode, toFileError } from '#main/platform/files/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { SecretCipher, Secrets } from './types.ts';

const fileSchema = z.object({ version: z.literal(1), values: z.record(z.string(), z.base64()) });
const namePattern = /^[a-z0-9][a-z0-9._:-]{0,127}$/;

/**
 * Keeps secrets in one file, each sealed by the cipher together with its name, so that values cannot be swapped.
 * A file that cannot be read is an error; a value that cannot be opened (another machine's key) counts as absent.
 */
export function createSecrets(options: { file: string; cipher: SecretCipher; log: Log }): Secrets {
  const { file, cipher, log } = options;
  /** Changes go one after another; two at once would lose one. */
  let queue: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Map<string, string>> {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return new Map();
      throw toFileError(error, file, 'read');
    }
    const parsed = fileSchema.safeParse(parseJson(text));
    if (parsed.success) return new Map(Object.entries(parsed.data.values));
    const message = `The file with your saved keys, "${file}", is damaged. Move it away and enter the keys again.`;
    throw new AppError('file-unreadable', message, { details: { path: file } });
  }

  function change(apply: (values: Map<string, string>) => Promise<void> | void): Promise<void> {
    const next = queue.then(async () => {
      const values = await read();
      await apply(values);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await atomicWrite(file, JSON.stringify({ version: 1, values: Object.fromEntries(values) }), 0o600);
    });
    queue = next.catch(() => {});
    return next;
  }

  return {
    async get(name) {
      const sealed = (await read()).get(checked(name));
      if (sealed === undefined) return null;
      try {
        const { name: sealedName, value } = sealedSchema.parse(
          JSON.parse(await cipher.decrypt(Buffer.from(sealed, 'base64'))),
        );
        return sealedName === name ? value : null;
      } catch (error) {
        log.warn('a saved key cannot be opened on this machine; enter it again', { key: name, error });
        return null;
      }
    },
    set: (name, value) =>
      change(async (values) => {
        const sealed = await cipher.encrypt(JSON.stringify({ name: checked(name), value }));
        values.set(name, Buffer.from(sealed).toString('base64'));
      }),
    delete: (name) => change((values) => void values.delete(checked(name))),
    names: async () => [...(await read()).keys()].sort(),
  };
}

const sealedSchema = z.object({ name: z.string(), value: z.string() });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function checked(name: string): string {
  if (namePattern.test(name)) return name;
  throw new AppError('invalid-input', 'This is not a name for a saved key.', { details: { name } });
}
