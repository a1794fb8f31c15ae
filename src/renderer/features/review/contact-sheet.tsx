import { useVirtualizer } from '@tanstack/react-virtual';
import { Filter } from 'lucide-react';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import {
  plainView,
  useNoteDraft,
  useReviewFilter,
  useReviewFocus,
  useReviewView,
  wholeReview,
} from '../../state/index.ts';
import { Button, type Command, EmptyState, useCommands } from '../../ui/index.ts';
import { moveFocus } from '../media/selection.ts';
import { firstBeside } from './beside.ts';
import { nextUndecided, type ReviewItem } from './review-list.ts';
import { useReview } from './review-model.tsx';
import { ReviewTile } from './review-tile.tsx';
import { nextWithSeams, seamsOf } from './seams.ts';
import { sheetLayout } from './sheet-layout.ts';
import { verdictCommands } from './verdict-commands.ts';

const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'] as const;

/** All files as tiles; only those near the screen exist. The arrow keys walk, Enter opens. */
export function ContactSheet() {
  const { visible } = useReview();
  const [filter, setFilter] = useReviewFilter();
  const scroll = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const { columns, rowHeight, gap } = sheetLayout(width, visible.length);
  const virtual = useVirtualizer({
    count: width > 0 ? Math.ceil(visible.length / columns) : 0,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 1,
    paddingStart: 12,
  });
  const isEmpty = visible.length === 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list comes and goes with its files
  useLayoutEffect(() => {
    const element = scroll.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, [isEmpty]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the tiles change size
  useLayoutEffect(() => virtual.measure(), [rowHeight, columns]);
  const { index, move } = useSheetFocus(columns, (row) => virtual.scrollToIndex(row), width > 0);
  useSheetCommands(visible[index] ?? null, move);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys work at once, also when files come back
  useEffect(() => scroll.current?.focus({ preventScroll: true }), [isEmpty]);
  if (isEmpty) {
    return (
      <EmptyState
        icon={<Filter />}
        title="No file fits the filter"
        actions={<Button onClick={() => setFilter(wholeReview)}>Show all files</Button>}
      >
        {filter.verdict === 'open' ? 'All of them have been looked at.' : 'Choose another verdict, ratio or option.'}
      </EmptyState>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !move(event.key)) return;
    event.preventDefault();
  };
  const focused = visible[index];
  return (
    <div
      ref={scroll}
      role="listbox"
      aria-label="Files to review"
      aria-activedescendant={focused && `review-${focused.file.id}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="ring-inset-focus min-h-0 grow overflow-y-auto outline-none focus-visible:outline-none"
    >
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) => (
          <div
            key={row.key}
            role="presentation"
            className="absolute inset-x-4 grid"
            style={{
              ...{ top: row.start, gap, height: rowHeight - gap },
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {visible.slice(row.index * columns, (row.index + 1) * columns).map((item, column) => (
              <ReviewTile
                key={item.file.id}
                item={item}
                place={row.index * columns + column}
                count={visible.length}
                isFocused={item === focused}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Where the keyboard is, and how it moves. At first: the first file nobody has judged. */
function useSheetFocus(columns: number, reveal: (row: number) => void, isReady: boolean) {
  const { visible } = useReview();
  const [focusId, setFocusId] = useReviewFocus();
  const found = visible.findIndex(({ file }) => file.id === focusId);
  const first = nextUndecided(visible, null);
  const index = found >= 0 ? found : Math.max(0, first ? visible.indexOf(first) : 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the keyboard, not the scrolling hand
  useEffect(() => {
    if (isReady) reveal(Math.floor(index / columns));
  }, [index, columns, isReady]);
  const move = (key: string): boolean => {
    const next = moveFocus(key, index, columns, visible.length);
    const item = next === null ? undefined : visible[next];
    if (item) setFocusId(item.file.id);
    return next !== null;
  };
  return { index, move };
}

function useSheetCommands(item: ReviewItem | null, move: (key: string) => boolean): void {
  const model = useReview();
  const [, setView] = useReviewView();
  const [, setDraft] = useNoteDraft();
  const group = 'Review';
  const open = (shown: ReviewItem | null, view = plainView) => {
    if (!shown) return;
    setView(view);
    model.open(shown.file.id);
  };
  const note = () => {
    if (!item) return;
    open(item);
    setDraft({ exportId: item.file.id, frame: null, text: '', index: null, isReason: false });
  };
  const withSeams = item && seamsOf(item.file).length > 0 ? item : nextWithSeams(model.visible, item?.file.id ?? null);
  const beside = item && firstBeside(model.visible, item);
  const isEnabled = item !== null;
  useCommands([
    ...verdictCommands(model, item, { note, frame: () => null }),
    { id: 'review.open', label: 'Open the file', group, keys: 'Enter', isEnabled, run: () => open(item) },
    {
      ...{ id: 'review.seams', label: 'Cuts only, this file', group, keys: 'S', isEnabled: withSeams !== null },
      run: () => open(withSeams, { ...plainView, seams: 'one' }),
    },
    {
      ...{
        id: 'review.allSeams',
        label: 'Cuts only, all files',
        group,
        keys: 'Shift+S',
        isEnabled: withSeams !== null,
      },
      run: () => open(withSeams, { ...plainView, seams: 'all' }),
    },
    {
      ...{ id: 'review.phone', label: 'As seen on a phone', group, keys: 'P', isEnabled },
      run: () => open(item, { ...plainView, isPhone: true }),
    },
    {
      ...{ id: 'review.beside', label: 'Compare with another file', group, keys: 'C', isEnabled: Boolean(beside) },
      run: () => open(item, { ...plainView, besideId: beside?.file.id ?? null }),
    },
    ...arrows.map(
      (key): Command => ({
        ...{ id: `review.move.${key}`, label: 'Walk through the files', group, keys: key },
        ...{ isHidden: true, repeats: true },
        run: () => void move(key),
      }),
    ),
  ]);
}
