import { atom, useAtom, useSetAtom } from 'jotai';

/** A wish for a path on the engine's machine, answered by the folder dialog. */
export interface PathRequest {
  mode: 'folder' | 'file' | 'save';
  title: string;
  /** `file`: only names that end so; `save`: added when missing. */
  extension?: string;
  suggestedName?: string;
  /** Where to begin; null = where the engine thinks best. */
  startPath?: string | null;
  resolve: (path: string | null) => void;
}

const requestAtom = atom<PathRequest | null>(null);

/** The open wish and how to put or clear one. */
export function usePathRequest(): [PathRequest | null, (request: PathRequest | null) => void] {
  return useAtom(requestAtom);
}

/** Opens the folder dialog. */
export function useAskForPath(): (request: Omit<PathRequest, 'resolve'>) => Promise<string | null> {
  const set = useSetAtom(requestAtom);
  return (request) => new Promise((resolve) => set({ ...request, resolve }));
}
