import { TriangleAlert } from 'lucide-react';
import { attempt, useEngine, useFacets } from '../../engine/index.ts';
import { useAtom } from '../../state/index.ts';
import { Button, formatCount } from '../../ui/index.ts';
import { useMediaActions } from '../media/use-media-actions.ts';
import { filterAtom } from './library-state.ts';

/** Says that files are gone, and finds them again. */
export function MissingBanner() {
  const engine = useEngine();
  const missing = useFacets().data?.missing ?? 0;
  const { relink } = useMediaActions();
  const [filter, setFilter] = useAtom(filterAtom);
  if (missing === 0) return null;
  return (
    <div role="status" className="flex shrink-0 items-center gap-3 border-b border-line bg-warn-soft px-4 py-2 text-sm">
      <TriangleAlert className="size-4 shrink-0 text-warn" aria-hidden />
      <p className="grow">
        {formatCount(missing, 'file')} cannot be found: moved, renamed, or on a disk that is not connected.
      </p>
      <Button size="sm" variant="ghost" onClick={() => setFilter(filter.isMissing ? {} : { isMissing: true })}>
        {filter.isMissing ? 'Show all media' : 'Show them'}
      </Button>
      <Button size="sm" variant="ghost" onClick={() => void attempt(() => engine.library.checkMissing())}>
        Look again
      </Button>
      <Button size="sm" onClick={() => relink(null)}>
        Search a folder…
      </Button>
    </div>
  );
}
