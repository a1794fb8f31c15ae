import { safeStorage } from 'electron';
import type { SecretCipher } from '#main/platform/secrets/index.ts';

/**
 * Encryption by the system's key store; null where there is none (a Linux desktop without a keyring would only pretend).
 * Once the app is ready.
 */
export function systemCipher(): SecretCipher | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null;
  return {
    encrypt: async (plain) => safeStorage.encryptString(plain),
    decrypt: async (sealed) => safeStorage.decryptString(Buffer.from(sealed)),
  };
}
