import { atom, useAtom, useSetAtom } from 'jotai';
import type { Variant } from '#shared/model/index.ts';

/** Dialogs that can be asked for from anywhere; one at a time. */
export type AppDialog =
  | { kind: 'palette' }
  | { kind: 'shortcuts' }
  | { kind: 'new-project' }
  /** `variants`: ticked at first; null = the suggestion. */
  | { kind: 'export'; variants: readonly Variant[] | null }
  /** Shows a video export. */
  | { kind: 'play-export'; exportId: string }
  /** Says of a finished export what was reused, what was made anew, and why. */
  | { kind: 'why-export'; exportId: string }
  | { kind: 'import-result'; importId: string }
  /** A project file names media in folders the person has not agreed to. */
  | { kind: 'grant-folders'; path: string; folders: readonly string[] };

const dialogAtom = atom<AppDialog | null>(null);

/** The open dialog and how to open or close one. */
export function useAppDialog(): [AppDialog | null, (dialog: AppDialog | null) => void] {
  return useAtom(dialogAtom);
}

/** Opens a dialog from anywhere. */
export function useOpenDialog(): (dialog: AppDialog | null) => void {
  return useSetAtom(dialogAtom);
}
