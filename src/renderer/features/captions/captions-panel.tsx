import { Captions, ChevronLeft, ChevronRight, Download, Plus, X } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { captionFormats, chosenCaptionStyle, usualCaptionStyle } from '#shared/captions/index.ts';
import {
  Button,
  EmptyState,
  IconButton,
  Menu,
  NumberInput,
  Panel,
  SearchInput,
  toast,
  useCommands,
} from '../../ui/index.ts';
import { useChooseMedia } from '../import/use-choose-media.ts';
import { usePickMedia } from '../media/media-picker.tsx';
import { useTransportState } from '../player/index.ts';
import { useEditor } from '../timeline/editor-model.ts';
import { sectionAt, type TimelineView, timelineView } from '../timeline/model/lanes.ts';
import { CaptionLooks } from './caption-looks.tsx';
import { CaptionRow, type RowActions } from './caption-row.tsx';
import { shiftCaptionsEdit } from './model/caption-edits.ts';
import { type CaptionItem, captionAt, captionItems, findCaptions } from './model/caption-list.ts';
import { SaidWords } from './said-words.tsx';
import { formatNames, saveCaptions } from './save-captions.ts';
import { usePutCaptionsAt } from './use-put-captions.ts';
import { useRowActions } from './use-row-actions.ts';

/** All captions of the timeline shown: words edited in place, divided, put together, moved, found; looks; files in and out. */
export function CaptionsPanel({ onClose }: { onClose: () => void }) {
  const { base, target, transport, commit, draft, select } = useEditor();
  // Without the words under way: a caption must not leave the list while its last letter is replaced.
  const view = useMemo(() => timelineView(base, target), [base, target]);
  const items = useMemo(() => captionItems(view), [view]);
  const [words, setWords] = useState('');
  const shown = useMemo(() => findCaptions(items, words), [items, words]);
  const list = useRef<HTMLUListElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const rows = useRowActions(list, { items, shown, transport, commit, draft, select });
  useCommands(panelCommands(() => search.current?.focus()));
  return (
    <Panel
      title="Captions"
      className="grow"
      actions={
        <>
          <AddCaptions view={view} />
          {items.length > 0 && <SaveCaptions items={items} />}
          <IconButton label="Back to the inspector" shortcut="Shift+C" size="sm" onClick={onClose}>
            <X />
          </IconButton>
        </>
      }
    >
      {items.length === 0 ? (
        <NoCaptions />
      ) : (
        <>
          <div className="flex shrink-0 flex-col border-b border-line">
            <SearchInput
              ref={search}
              label="Find in captions"
              value={words}
              onChange={setWords}
              className="mx-3 mt-2"
            />
            <ShiftCaptions view={view} items={items} />
          </div>
          <SaidWords items={items} rate={view.rate} />
          <CaptionList list={list} view={view} items={shown} rows={rows} />
          <details className="max-h-72 shrink-0 overflow-y-auto border-t border-line" open>
            <summary className="cursor-default px-3 py-1.5 text-xs font-semibold text-ink-2">
              Look of all captions
            </summary>
            <CaptionLooks />
          </details>
        </>
      )}
    </Panel>
  );
}

function panelCommands(find: () => void) {
  const group = 'Captions';
  const inList = { group, isLocal: true, run: () => undefined };
  return [
    { id: 'captions.find', label: 'Find in captions', group, keys: 'Mod+F', worksInFields: true, run: find },
    { id: 'captions.split', label: 'Split the caption at the caret', keys: 'Enter', ...inList },
    { id: 'captions.newLine', label: 'New line in the caption', keys: 'Shift+Enter', ...inList },
    { id: 'captions.mergeNext', label: 'Merge with the next (caret at the end)', keys: 'Delete', ...inList },
    {
      id: 'captions.mergePrevious',
      label: 'Merge with the one before (caret at the start)',
      keys: 'Backspace',
      ...inList,
    },
    { id: 'captions.wordEarlier', label: 'Begin the word earlier (on a word)', keys: 'Alt+ArrowLeft', ...inList },
    { id: 'captions.wordLater', label: 'Begin the word later (on a word)', keys: 'Alt+ArrowRight', ...inList },
  ];
}

function NoCaptions() {
  const choose = useChooseMedia();
  return (
    <EmptyState
      size="sm"
      icon={<Captions />}
      title="No captions here yet"
      actions={<Button onClick={choose}>Import a caption file…</Button>}
    >
      Then drag it from the footage onto the timeline, or add it here with +. SRT, WebVTT, ASS and word-timed JSON are
      read.
    </EmptyState>
  );
}

function AddCaptions({ view }: { view: TimelineView }) {
  const { projectId, transport } = useEditor();
  const pick = usePickMedia();
  const putAt = usePutCaptionsAt(projectId);
  const add = async () => {
    const { frame } = transport.getState();
    const place = sectionAt(view, frame)?.optionName ?? 'this timeline';
    const [asset] = await pick({ title: `Captions for ${place}`, kinds: ['caption'], isMultiple: false });
    if (asset) await putAt(view, frame, asset);
  };
  return (
    <IconButton label="Add captions from the library" size="sm" onClick={() => void add()}>
      <Plus />
    </IconButton>
  );
}

function SaveCaptions({ items }: { items: readonly CaptionItem[] }) {
  const { base, target } = useEditor();
  const variant = target.kind === 'variant' ? target.variant : undefined;
  const [first] = items;
  const name = target.kind === 'option' && first ? `${base.name} ${first.section.optionName}` : base.name;
  const own = first?.clip.content.kind === 'text' ? first.clip.content.style : usualCaptionStyle;
  const style = chosenCaptionStyle(base, variant) ?? own;
  return (
    <Menu
      align="end"
      items={captionFormats.map((format) => ({
        label: formatNames[format],
        onSelect: () => saveCaptions(items, format, { rate: base.rate, name, style }),
      }))}
    >
      <IconButton label="Save captions as a file" size="sm">
        <Download />
      </IconButton>
    </Menu>
  );
}

/** Moves all captions of the part under the playhead by some frames. */
function ShiftCaptions({ view, items }: { view: TimelineView; items: readonly CaptionItem[] }) {
  const { transport, commit } = useEditor();
  const [frames, setFrames] = useState(1);
  const shift = (delta: number) => {
    const section = sectionAt(view, transport.getState().frame);
    const own = items.filter((item) => item.section.slotId === section?.slotId);
    const answer = shiftCaptionsEdit(own, delta);
    if ('edit' in answer) commit(answer.edit);
    else toast.info(answer.problem);
  };
  const what = view.sections.length > 1 ? 'Part at playhead' : 'All captions';
  return (
    <div className="flex h-10 items-center gap-1.5 px-3">
      <span className="grow truncate text-sm text-ink-3">{what}</span>
      <IconButton label="Move captions earlier" size="sm" onClick={() => shift(-frames)}>
        <ChevronLeft />
      </IconButton>
      <NumberInput
        label="Frames to move by"
        value={frames}
        min={1}
        max={100_000}
        unit="fr"
        onChange={(value) => setFrames(Math.round(value))}
        className="w-18"
      />
      <IconButton label="Move captions later" size="sm" onClick={() => shift(frames)}>
        <ChevronRight />
      </IconButton>
    </div>
  );
}

interface CaptionListProps {
  list: RefObject<HTMLUListElement | null>;
  view: TimelineView;
  items: readonly CaptionItem[];
  rows: RowActions;
}

function CaptionList({ list, view, items, rows }: CaptionListProps) {
  const { transport } = useEditor();
  const shownKey = useTransportState(transport, ({ frame }) => captionAt(items, frame)?.key ?? null);
  useEffect(() => {
    // Whoever writes is not scrolled away.
    if (shownKey === null || list.current?.contains(document.activeElement)) return;
    list.current?.querySelector(`[data-caption="${CSS.escape(shownKey)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [list, shownKey]);
  return (
    <ul ref={list} aria-label="Captions" className="min-h-24 grow overflow-y-auto py-1">
      {items.length === 0 && <li className="px-3 py-2 text-sm text-ink-3">No caption has these words.</li>}
      {items.map((item, at) => (
        <SectionRows key={item.key} heading={headingOf(view, items[at - 1], item)}>
          <CaptionRow item={item} rate={view.rate} isShown={item.key === shownKey} actions={rows} />
        </SectionRows>
      ))}
    </ul>
  );
}

/** The name of a part before its first caption, where several parts are shown. */
function headingOf(view: TimelineView, before: CaptionItem | undefined, item: CaptionItem): string | null {
  if (view.sections.length < 2 || before?.section.slotId === item.section.slotId) return null;
  return item.section.optionName;
}

function SectionRows({ heading, children }: { heading: string | null; children: ReactNode }) {
  return (
    <>
      {heading !== null && <li className="px-3 pt-2 pb-1 text-xs font-semibold text-ink-2">{heading}</li>}
      {children}
    </>
  );
}
