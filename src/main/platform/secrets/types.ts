/** Keeps keys and tokens. Values are never logged, never in the database, never sent to the renderer. */
export interface Secrets {
  /** Null when there is none, or when it was stored under a key that is gone. */
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
  /** Names only. */
  names(): Promise<string[]>;
}

/** Encrypts for this person on this machine; the desktop's shell gives one made of Electron's `safeStorage`. */
export interface SecretCipher {
  encrypt(plain: string): Promise<Uint8Array>;
  /** Throws when the bytes were not made by this cipher on this machine. */
  decrypt(sealed: Uint8Array): Promise<string>;
}
