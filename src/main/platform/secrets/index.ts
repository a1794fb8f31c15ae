export { createSecrets } from './file-secrets.ts';
export { keyFileCipher } from './key-file-cipher.ts';
export type { SecretCipher, Secrets } from './types.ts';
