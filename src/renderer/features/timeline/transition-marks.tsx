import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { cn } from '../../ui/index.ts';
import { transitionText } from '../transitions/transition-words.ts';
import { useEditor, useLiveEditor } from './editor-model.ts';
import type { LaidView } from './laid-scale.ts';
import type { LaneLooks } from './lane-contents.ts';
import { footageOf, seamNotes, transitionNotes } from './model/footage-notes.ts';
import type { SeamItem, TransitionItem } from './model/transition-items.ts';

/** Narrower ones could not be hit. */
const narrowestMark = 10;
const look =
  'absolute cursor-default rounded-sm border bg-[linear-gradient(to_top_right,#0b0d10cc_49.5%,#e8ecf2b3_50.5%)] hover:brightness-125';

/** Marks of the transitions of a lane, over the feet of its clips: a click selects, an edge dragged changes the length. */
export function TransitionMarks(props: {
  /** Those of the lane. */
  transitions: readonly TransitionItem[];
  looks: LaneLooks;
  scroll: LaidView;
  height: number;
}) {
  const { pixelsPerFrame, scrollLeft, width, overscan } = props.scroll;
  const footage = useFootage();
  const from = scrollLeft - overscan;
  const to = scrollLeft + width + overscan;
  return props.transitions
    .filter((item) => item.endFrame * pixelsPerFrame >= from && item.startFrame * pixelsPerFrame <= to)
    .map((item) => (
      <Mark
        key={item.key}
        item={item}
        looks={props.looks}
        scale={pixelsPerFrame}
        laneHeight={props.height}
        notes={transitionNotes(item, footage)}
      />
    ));
}

/** What there is to show beside cuts; while a hand is at work, as it was before. */
function useFootage() {
  const { timeline, lengths, assets } = useEditor();
  return useMemo(() => footageOf({ timeline, lengths, assets }), [timeline, lengths, assets]);
}

/** In the middle of a mark: its cut lacks footage. The inspector says what and for how long. */
function NoFootage({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <span className="pointer-events-none absolute inset-0 flex items-center justify-center" data-testid="no-footage">
      <span className="rounded-sm bg-black/75 p-px text-[#ffc24b]">
        <TriangleAlert aria-hidden className="size-2.5" />
      </span>
    </span>
  );
}

interface MarkProps {
  item: TransitionItem;
  looks: LaneLooks;
  scale: number;
  laneHeight: number;
  notes: readonly string[];
}

function Mark({ item, looks, scale, laneHeight, notes }: MarkProps) {
  const { transition, startFrame, cutFrame, endFrame } = item;
  const width = Math.max(narrowestMark, (endFrame - startFrame) * scale);
  const middle = ((startFrame + endFrame) / 2) * scale;
  const isSelected = looks.selection.has(item.key);
  const text = transitionText(transition, looks.rate);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a thing to drag, with handles inside; keys reach it through the timeline's commands
    <div
      role="button"
      tabIndex={-1}
      data-transition={item.key}
      aria-label={['Transition', text, ...notes].join(' ')}
      aria-pressed={isSelected}
      title={[text, ...notes].join('\n')}
      className={cn(look, 'z-10', isSelected ? 'border-accent ring-1 ring-accent' : 'border-white/50')}
      style={{ left: middle - width / 2, width, bottom: 3, height: Math.min(18, Math.round(laneHeight / 2)) }}
    >
      <NoFootage notes={notes} />
      {!item.isLocked && width > 14 && (
        <>
          {startFrame < cutFrame && <Handle edge="start" />}
          {endFrame > cutFrame && <Handle edge="end" />}
        </>
      )}
    </div>
  );
}

function Handle({ edge }: { edge: 'start' | 'end' }) {
  return (
    <span
      aria-hidden
      data-transition-edge={edge}
      title="Drag to change the length of the transition"
      className={cn('absolute inset-y-0 w-1.5 cursor-ew-resize', edge === 'start' ? 'left-0' : 'right-0')}
    />
  );
}

/** Where the parts of a variant meet: a click shows what happens there. */
export function SeamMarks({ scale }: { scale: number }) {
  const { seams } = useLiveEditor();
  const footage = useFootage();
  return seams.map((item) => <SeamMark key={item.key} item={item} scale={scale} notes={seamNotes(item, footage)} />);
}

function SeamMark({ item, scale, notes }: { item: SeamItem; scale: number; notes: readonly string[] }) {
  const { selection, view } = useLiveEditor();
  const { entrance, cutFrame, before, after } = item;
  const span = entrance?.span ?? { startFrame: cutFrame, endFrame: cutFrame };
  const width = Math.max(narrowestMark, (span.endFrame - span.startFrame) * scale);
  const middle = ((span.startFrame + span.endFrame) / 2) * scale;
  const isSelected = selection.has(item.key);
  const text = entrance ? transitionText(entrance.transition, view.rate) : 'Cut';
  return (
    // biome-ignore lint/a11y/useSemanticElements: as the clips beside it; keys reach it through the timeline's commands
    <div
      role="button"
      tabIndex={-1}
      data-seam={item.key}
      aria-label={[`${before.optionName} to ${after.optionName}: ${text}`, ...notes].join(' ')}
      aria-pressed={isSelected}
      title={[`${before.optionName} → ${after.optionName}: ${text}`, ...notes].join('\n')}
      className={cn(
        'inset-y-0 z-10',
        entrance
          ? look
          : 'absolute cursor-default rounded-full border bg-panel opacity-60 hover:opacity-100 aria-pressed:opacity-100',
        isSelected ? 'border-accent ring-1 ring-accent' : 'border-white/50',
      )}
      style={{ left: middle - width / 2, width }}
    >
      <NoFootage notes={notes} />
    </div>
  );
}
