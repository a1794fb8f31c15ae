import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode, toFileError } from '#main/platform/files/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { SecretCipher } from './types.ts';

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const format = 1;

/**
 * AES-256-GCM under a random key kept in a file that only this person may read (0600). For faces without a system
 * keychain: it protects backups and screenshots of the secrets file, not against someone who may read the key.
 */
export function keyFileCipher(keyFile: string): SecretCipher {
  let key: Promise<Buffer> | null = null;
  function getKey(): Promise<Buffer> {
    key ??= loadOrMakeKey(keyFile).catch((error: unknown) => {
      key = null;
      throw toFileError(error, keyFile, 'write');
    });
    return key;
  }
  return {
    async encrypt(plain) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', await getKey(), nonce, { authTagLength: tagBytes });
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(format), nonce, cipher.getAuthTag(), body]);
    },
    async decrypt(sealed) {
      const bytes = Buffer.from(sealed);
      if (bytes[0] !== format || bytes.length < 1 + nonceBytes + tagBytes) throw new Error('not sealed by this cipher');
      const nonce = bytes.subarray(1, 1 + nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', await getKey(), nonce, { authTagLength: tagBytes });
      decipher.setAuthTag(bytes.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes));
      const body = bytes.subarray(1 + nonceBytes + tagBytes);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
  };
}

async function loadOrMakeKey(file: string): Promise<Buffer> {
  try {
    return await loadKey(file);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
  await makeKey(file);
  return loadKey(file);
}

async function loadKey(file: string): Promise<Buffer> {
  const key = await readFile(file);
  if (key.length !== keyBytes) {
    const text = `The key file "${file}" is damaged. Move it away; saved keys have to be entered again.`;
    throw new AppError('file-unreadable', text, { details: { path: file } });
  }
  // Windows keeps a person's profile to themselves; it knows no modes.
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
  return key;
}

/** Appears whole or not at all; of two processes, the first one's key stays. */
async function makeKey(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const temp = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(temp, 'wx', 0o600);
    try {
      await handle.writeFile(randomBytes(keyBytes));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(temp, file);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(temp, { force: true });
  }
}
