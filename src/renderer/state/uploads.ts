import { atom, useAtomValue, useSetAtom } from 'jotai';

/** Files on their way from the browser to the engine. */
export interface UploadProgress {
  files: number;
  finished: number;
  sentBytes: number;
  totalBytes: number;
  cancel: () => void;
}

const uploadsAtom = atom<ReadonlyMap<string, UploadProgress>>(new Map());

/** Uploads under way. */
export function useUploads(): readonly UploadProgress[] {
  return [...useAtomValue(uploadsAtom).values()];
}

/** Reports an upload's progress under an id; null takes it away. */
export function useReportUpload(): (id: string, progress: UploadProgress | null) => void {
  const set = useSetAtom(uploadsAtom);
  return (id, progress) =>
    set((previous) => {
      const next = new Map(previous);
      if (progress) next.set(id, progress);
      else next.delete(id);
      return next;
    });
}
