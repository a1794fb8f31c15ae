import { ArrowDownWideNarrow, Filter } from 'lucide-react';
import { useRef } from 'react';
import type { AssetFilterInput } from '#shared/contract/index.ts';
import { type AssetKind, type CollectionId, ratios } from '#shared/model/index.ts';
import { useCollections, useFacets } from '../../engine/index.ts';
import { useAtom } from '../../state/index.ts';
import {
  Badge,
  Button,
  Menu,
  type MenuItem,
  Popover,
  SearchInput,
  Segmented,
  Select,
  useCommands,
} from '../../ui/index.ts';
import type { AssetSort } from '../media/use-paged-assets.ts';
import { filterAtom, sortAtom, tidyFilter } from './library-state.ts';

const sorts: readonly { value: AssetSort; label: string }[] = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'name', label: 'Name' },
  { value: 'duration', label: 'Length' },
  { value: 'shoot-day', label: 'Shoot day' },
  { value: 'rating', label: 'Rating' },
];

/** Search, filters and order of the library. */
export function FilterBar() {
  const [filter, setFilter] = useAtom(filterAtom);
  const [sort, setSort] = useAtom(sortAtom);
  const search = useRef<HTMLInputElement>(null);
  const { search: _text, ...others } = tidyFilter(filter);
  const active = Object.keys(others).length;
  useCommands([
    {
      id: 'library.search',
      label: 'Search media',
      group: 'Library',
      keys: ['Mod+F', '/'],
      run: () => search.current?.focus(),
    },
  ]);
  const sortItems: MenuItem[] = sorts.map((one) => ({
    label: one.label,
    isChecked: one.value === sort,
    onSelect: () => setSort(one.value),
  }));
  return (
    <>
      <SearchInput
        ref={search}
        label="Search media"
        placeholder="Name, tag, folder, spoken word"
        value={filter.search ?? ''}
        onChange={(text) => setFilter((old) => ({ ...old, search: text }))}
        className="w-64"
      />
      <Popover
        label="Filters"
        align="end"
        className="w-80 p-3"
        trigger={
          <Button icon={<Filter className="size-4" />}>
            Filter
            {active > 0 && <Badge tone="accent">{active}</Badge>}
          </Button>
        }
      >
        <FilterForm filter={filter} onChange={setFilter} hasAny={active > 0} />
      </Popover>
      <Menu items={sortItems} align="end">
        <Button icon={<ArrowDownWideNarrow className="size-4" />}>
          <span className="sr-only">Order: </span>
          {sorts.find((one) => one.value === sort)?.label}
        </Button>
      </Menu>
    </>
  );
}

interface FilterFormProps {
  filter: AssetFilterInput;
  onChange: (filter: AssetFilterInput) => void;
  hasAny: boolean;
}

function FilterForm({ filter, onChange, hasAny }: FilterFormProps) {
  const { data: facets } = useFacets();
  const { data: collections = [] } = useCollections();
  const set = (patch: AssetFilterInput) => onChange({ ...filter, ...patch });
  const options = (name: string, list: readonly { value: string; count: number }[] | undefined) => [
    { value: '', label: `Any ${name}` },
    ...(list ?? [])
      .filter((one) => one.value !== '')
      .slice(0, 300)
      .map((one) => ({
        value: one.value,
        label: one.value.split(/[\\/]/).filter(Boolean).at(-1) ?? one.value,
        note: String(one.count),
      })),
  ];
  return (
    <div className="flex flex-col gap-2.5">
      <Line label="Kind">
        <Select<AssetKind | ''>
          label="Kind"
          value={filter.kinds?.[0] ?? ''}
          onChange={(kind) => set({ kinds: kind === '' ? [] : [kind] })}
          options={[
            { value: '', label: 'Any kind' },
            { value: 'video', label: 'Video' },
            { value: 'image', label: 'Image' },
            { value: 'audio', label: 'Sound' },
            { value: 'caption', label: 'Captions' },
            { value: 'document', label: 'Document' },
          ]}
        />
      </Line>
      <Line label="Format">
        <Segmented
          label="Format"
          size="sm"
          value={filter.ratios?.[0] ?? 'any'}
          onChange={(ratio) => set({ ratios: ratio === 'any' ? [] : [ratio] })}
          options={[{ value: 'any', label: 'Any' }, ...ratios.map((ratio) => ({ value: ratio, label: ratio }))]}
        />
      </Line>
      <Line label="Folder">
        <Select
          label="Folder"
          value={filter.sourceFolder ?? ''}
          onChange={(sourceFolder) => set({ sourceFolder })}
          options={options('folder', facets?.folders)}
        />
      </Line>
      <Line label="Shoot day">
        <Select
          label="Shoot day"
          value={filter.shootDay ?? ''}
          onChange={(shootDay) => set({ shootDay })}
          options={options('day', facets?.shootDays)}
        />
      </Line>
      <Line label="Tag">
        <Select
          label="Tag"
          value={filter.tags?.[0] ?? ''}
          onChange={(tag) => set({ tags: tag === '' ? [] : [tag] })}
          options={options('tag', facets?.tags)}
        />
      </Line>
      <Line label="Collection">
        <Select
          label="Collection"
          value={filter.collectionId ?? ''}
          onChange={(id) => set({ collectionId: id === '' ? undefined : (id as CollectionId) })}
          options={[
            { value: '', label: 'Any collection' },
            ...collections.map((one) => ({ value: one.id as string, label: one.name, note: String(one.count) })),
          ]}
        />
      </Line>
      <Line label="Rating">
        <Segmented
          label="Rating at least"
          size="sm"
          value={String(filter.minRating ?? 0)}
          onChange={(rating) => set({ minRating: Number(rating) })}
          options={['0', '1', '2', '3', '4', '5'].map((value) => ({
            value,
            label: value === '0' ? 'Any' : `${value}+`,
          }))}
        />
      </Line>
      <Line label="Rejected">
        <Segmented
          label="Rejected"
          size="sm"
          value={filter.rejected ?? 'hide'}
          onChange={(rejected) => set({ rejected })}
          options={[
            { value: 'hide', label: 'Hide' },
            { value: 'show', label: 'Show' },
            { value: 'only', label: 'Only' },
          ]}
        />
      </Line>
      <Line label="Missing">
        <Segmented
          label="Missing"
          size="sm"
          value={filter.isMissing ? 'only' : 'all'}
          onChange={(value) => set({ isMissing: value === 'only' ? true : undefined })}
          options={[
            { value: 'all', label: 'All' },
            { value: 'only', label: 'Only missing' },
          ]}
        />
      </Line>
      <Button disabled={!hasAny} onClick={() => onChange({ search: filter.search })} className="mt-1">
        Clear filters
      </Button>
    </div>
  );
}

function Line({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[72px_1fr] items-center gap-2">
      <span className="text-sm text-ink-3" aria-hidden>
        {label}
      </span>
      <div className="flex min-w-0">{children}</div>
    </div>
  );
}
