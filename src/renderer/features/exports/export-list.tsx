import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { ExportBatch, ExportView } from '#shared/contract/index.ts';
import { useCommands } from '../../ui/index.ts';
import { BatchHeading } from './batch-heading.tsx';
import { ExportRow } from './export-row.tsx';
import { type ExportLine, exportLines, isSameFailure, nextExport, pagesOf } from './group-exports.ts';
import { type BatchFilter, useBatchPages } from './use-export-batches.ts';
import { useExportDeeds } from './use-export-deeds.tsx';

const headingHeight = 60;
const rowHeight = 53;
/** Rows that PageUp and PageDown go over. */
const pageStep = 10;
const nothing = () => undefined;

/** The batches with their files as one list; only what is near the screen exists. */
export function ExportList({ batches, filter }: { batches: readonly ExportBatch[]; filter: BatchFilter }) {
  const scroll = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => exportLines(batches), [batches]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    getItemKey: (index) => keyOf(lines[index]),
    estimateSize: (index) => (lines[index]?.kind === 'batch' ? headingHeight : rowHeight),
    overscan: 8,
    paddingEnd: 24,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const pages = useMemo(() => pagesOf(lines, first, last), [lines, first, last]);
  const exportAt = useBatchPages(filter, pages);
  const at = (line: ExportLine | undefined): ExportView | null =>
    line?.kind === 'export' ? exportAt(line.batch.id, line.index) : null;
  const keys = useListKeys(lines, scroll, (index) => virtual.scrollToIndex(index), at);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the rows inside it
    <div ref={scroll} className="min-h-0 grow overflow-y-auto" onKeyDown={keys.onKeyDown}>
      <div className="relative mx-auto max-w-280" style={{ height: virtual.getTotalSize() }}>
        {byBatch(items, lines).map(({ batch, shown, top, height }) => (
          <section
            key={batch.id}
            aria-label={`Batch of ${batch.projectName}`}
            className="absolute inset-x-4"
            style={{ top, height }}
          >
            <ul>
              {shown.map((item) => {
                const line = lines[item.index];
                const place = { ref: virtual.measureElement, index: item.index, top: item.start - top };
                if (line?.kind === 'batch')
                  return (
                    <li
                      key={item.key}
                      ref={place.ref}
                      data-index={place.index}
                      className="absolute inset-x-0"
                      style={{ top: place.top, height: headingHeight }}
                    >
                      <BatchHeading batch={line.batch} />
                    </li>
                  );
                return (
                  <ExportRow
                    key={item.key}
                    export={at(line)}
                    isSameFailure={isSameFailure(at(line), at(lines[item.index - 1]))}
                    place={place}
                    isFirst={line?.index === 0}
                    isLast={line?.isLast === true}
                    isCurrent={keys.current === item.index}
                    onFocus={() => keys.setCurrent(item.index)}
                  />
                );
              })}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

function keyOf(line: ExportLine | undefined): string {
  return line?.kind === 'export' ? `${line.batch.id} ${line.index}` : (line?.batch.id ?? '');
}

interface ShownBatch {
  batch: ExportBatch;
  shown: VirtualItem[];
  top: number;
  height: number;
}

/** What is on screen, by batch. */
function byBatch(items: readonly VirtualItem[], lines: readonly ExportLine[]): ShownBatch[] {
  const groups: ShownBatch[] = [];
  for (const item of items) {
    const batch = lines[item.index]?.batch;
    if (!batch) continue;
    const group = groups.at(-1);
    if (group?.batch.id === batch.id) {
      group.shown.push(item);
      group.height = item.end - group.top;
    } else groups.push({ batch, shown: [item], top: item.start, height: item.size });
  }
  return groups;
}

/** Arrows go from file to file; Enter plays, Delete takes off the list, and so on. */
function useListKeys(
  lines: readonly ExportLine[],
  scroll: React.RefObject<HTMLDivElement | null>,
  reveal: (index: number) => void,
  at: (line: ExportLine | undefined) => ExportView | null,
) {
  const [current, setCurrent] = useState(1);
  const [wanted, setWanted] = useState<number | null>(null);
  const deeds = useExportDeeds();
  useEffect(() => {
    if (wanted === null) return;
    // The row may have to come on screen first.
    const timer = setTimeout(() => {
      scroll.current?.querySelector<HTMLElement>(`[data-index="${wanted}"]`)?.focus({ preventScroll: true });
      setWanted(null);
    }, 30);
    return () => clearTimeout(timer);
  }, [wanted, scroll]);
  const go = (index: number) => {
    setCurrent(index);
    reveal(index);
    setWanted(index);
  };
  const steps = (step: 1 | -1, count: number) => {
    let index = current;
    for (let n = 0; n < count; n += 1) index = nextExport(lines, index, step);
    return index;
  };
  useCommands([
    { id: 'exports.play', label: 'Play', group: 'Exports', keys: 'Enter', isLocal: true, run: nothing },
    { id: 'exports.forget', label: 'Take off the list', group: 'Exports', keys: 'Delete', isLocal: true, run: nothing },
    { id: 'exports.why', label: 'Why was it encoded?', group: 'Exports', keys: 'W', isLocal: true, run: nothing },
    { id: 'exports.again', label: 'Render again', group: 'Exports', keys: 'R', isLocal: true, run: nothing },
    { id: 'exports.pause', label: 'Pause or resume', group: 'Exports', keys: 'Space', isLocal: true, run: nothing },
  ]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    if (target.dataset.index === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const places: Record<string, () => number> = {
      ArrowDown: () => steps(1, 1),
      ArrowUp: () => steps(-1, 1),
      PageDown: () => steps(1, pageStep),
      PageUp: () => steps(-1, pageStep),
      Home: () => nextExport(lines, -1, 1),
      End: () => nextExport(lines, lines.length, -1),
    };
    const place = places[event.key];
    const one = at(lines[current]);
    if (place) go(place());
    else if (!one || !deeds.byKey(event.key, one)) return;
    event.preventDefault();
  };
  return { current, setCurrent, onKeyDown };
}
