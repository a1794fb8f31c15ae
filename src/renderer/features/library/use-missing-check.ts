import { attempt, useEngine } from '../../engine/index.ts';
import { useCommands } from '../../ui/index.ts';
import { useLookNow } from './look-for-missing.ts';

/** Looks which files are still there when the library is opened, and offers to do it again. */
export function useMissingCheck(isAskedFor: boolean): void {
  const engine = useEngine();
  useLookNow(isAskedFor);
  useCommands([
    {
      id: 'library.checkMissing',
      label: 'Look for missing files',
      group: 'Library',
      run: () => void attempt(() => engine.library.checkMissing()),
    },
  ]);
}
