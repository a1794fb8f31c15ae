/** What {@link walkFolder} meets, in name order, folders after the files beside them. */
export type WalkEntry =
  | { kind: 'file'; path: string; sizeBytes: number; modifiedMs: number; changedMs: number }
  | { kind: 'unreadable'; path: string; reason: 'no-permission' | 'vanished' | 'too-deep' | 'failed' };

/** A file's content identity. */
export interface FileHash {
  /** SHA-256, lower-case hex. */
  sha256: string;
  sizeBytes: number;
}
