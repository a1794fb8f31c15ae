import type { Transition } from '#shared/model/index.ts';
import type { CopiedClip } from './model/clip-edits.ts';

/** What was copied or cut: clips with what they are linked to, or the transition of a cut. */
export type Clipboard =
  | { kind: 'clips'; clips: readonly CopiedClip[] }
  | { kind: 'transition'; transition: Transition };

/** It outlives the editor, so that what is copied can be pasted into another option. */
let held: Clipboard | null = null;

/** What is on the clipboard; null while nothing was copied. */
export function clipboard(): Clipboard | null {
  return held;
}

/** Puts something on the clipboard. */
export function putOnClipboard(copied: Clipboard): void {
  held = copied;
}

/** The clip copied last (the first of several), whose properties others can take over. */
export function copiedClip(): CopiedClip | null {
  return held?.kind === 'clips' ? (held.clips[0] ?? null) : null;
}
