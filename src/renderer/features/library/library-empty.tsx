import { CircleCheck, Import, SearchX, Video } from 'lucide-react';
import { useAtom } from '../../state/index.ts';
import { Button, EmptyState } from '../../ui/index.ts';
import { useChooseMedia } from '../import/use-choose-media.ts';
import { filterAtom, isFiltered, tidyFilter } from './library-state.ts';

/** What the library says while it is empty, or while nothing fits. */
export function LibraryEmpty() {
  const [filter, setFilter] = useAtom(filterAtom);
  const choose = useChooseMedia();
  if (filter.isMissing && Object.keys(tidyFilter(filter)).length === 1) {
    return (
      <EmptyState
        icon={<CircleCheck />}
        title="No file is missing"
        actions={<Button onClick={() => setFilter({})}>Show all media</Button>}
      >
        Every file is where it was. What failed because one was gone can be tried again.
      </EmptyState>
    );
  }
  if (isFiltered(filter)) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="Nothing fits"
        actions={<Button onClick={() => setFilter({})}>Show all media</Button>}
      >
        No media matches the search and filters.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Video />}
      title="Drop footage here"
      actions={
        <Button variant="primary" icon={<Import className="size-4" />} onClick={choose}>
          Choose files…
        </Button>
      }
    >
      Videos, pictures, sound, captions, whole folders. Your files stay where they are and can be scrubbed at once.
    </EmptyState>
  );
}
