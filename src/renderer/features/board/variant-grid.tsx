import { useVirtualizer } from '@tanstack/react-virtual';
import { Grid2x2Check } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { fullSizes, type Project, ratios } from '#shared/model/index.ts';
import { rememberedAtom, useAtom, useShownRatio } from '../../state/index.ts';
import { Badge, EmptyState, Panel, SearchInput, Segmented } from '../../ui/index.ts';
import { useExportMarks, useSourceLengths, useVariants, type VariantCellData } from './use-variants.ts';
import { VariantCell } from './variant-cell.tsx';

type Show = 'all' | 'new' | 'changed';
const showAtom = rememberedAtom<Show>('variants.show', 'all');
const pictureWidth = 104;
const captionHeight = 52;
const gap = 10;

/** Every variant the columns combine into, playable before anything is rendered. */
export function VariantGrid({ project }: { project: Project }) {
  const variants = useVariants(project);
  const markOf = useExportMarks(project);
  const [ratio, setRatio] = useShownRatio();
  const [show, setShow] = useAtom(showAtom);
  const [search, setSearch] = useState('');
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = variants.filter((one) => {
    const mark = markOf(one.key, ratio);
    if ((show === 'new' && mark !== null) || (show === 'changed' && mark !== 'changed')) return false;
    return words.every((word) => one.name.toLowerCase().includes(word));
  });
  return (
    <Panel
      label="Variants"
      className="grow"
      title={
        <span className="flex items-center gap-2">
          Variants <Badge>{variants.length.toLocaleString('en-US')}</Badge>
        </span>
      }
      actions={
        <>
          {variants.length > 6 && (
            <SearchInput label="Search variants" value={search} onChange={setSearch} className="w-44" />
          )}
          <Segmented
            label="Show variants"
            size="sm"
            value={show}
            onChange={setShow}
            options={[
              { value: 'all', label: 'All' },
              { value: 'new', label: 'Not exported' },
              { value: 'changed', label: 'Changed' },
            ]}
          />
          <Segmented
            label="Format shown"
            size="sm"
            value={ratio}
            onChange={setRatio}
            options={ratios.map((one) => ({ value: one, label: one }))}
          />
        </>
      }
    >
      {variants.length === 0 ? (
        <EmptyState size="sm" icon={<Grid2x2Check />} title="No variants yet">
          As soon as a column holds an option, every combination appears here and can be played.
        </EmptyState>
      ) : (
        <Cells project={project} cells={shown} />
      )}
    </Panel>
  );
}

function Cells({ project, cells }: { project: Project; cells: readonly VariantCellData[] }) {
  const scroll = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [ratio] = useShownRatio();
  const lengths = useSourceLengths(project);
  const markOf = useExportMarks(project);
  const { width: w, height: h } = fullSizes[ratio];
  const cellWidth = w > h ? 172 : pictureWidth + (w === h ? 28 : 0);
  const rowHeight = Math.round((cellWidth * h) / w) + captionHeight + gap;
  const columns = Math.max(1, Math.floor((width - 24 + gap) / (cellWidth + gap)));
  const virtual = useVirtualizer({
    count: width > 0 ? Math.ceil(cells.length / columns) : 0,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 1,
    paddingStart: 8,
  });
  useLayoutEffect(() => {
    const element = scroll.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the cells change size
  useLayoutEffect(() => virtual.measure(), [rowHeight, columns]);
  return (
    <div ref={scroll} className="min-h-0 grow overflow-y-auto">
      <ul aria-label="Variants" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) =>
          cells.slice(row.index * columns, (row.index + 1) * columns).map((cell, column) => (
            <li
              key={cell.key}
              className="absolute"
              style={{ top: row.start, left: 12 + column * (cellWidth + gap), width: cellWidth }}
            >
              <VariantCell project={project} cell={cell} lengths={lengths} mark={markOf(cell.key, ratio)} />
            </li>
          )),
        )}
      </ul>
      {cells.length === 0 && <p className="p-6 text-center text-sm text-ink-3">No variant fits.</p>}
    </div>
  );
}
