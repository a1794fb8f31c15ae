import { type PointerEvent, useRef } from 'react';
import type { Ratio } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { cn } from '../../ui/index.ts';
import { useEditor } from './editor-model.ts';
import { keyframeFrames, moveKeyframesEdit } from './model/keyframe-edits.ts';
import type { ClipItem } from './model/lanes.ts';

interface ClipKeyframesProps {
  item: ClipItem;
  ratio: Ratio;
  isSelected: boolean;
}

const markClass =
  'absolute bottom-0 size-3.5 -translate-x-1/2 after:absolute after:inset-[3px] after:rotate-45 after:rounded-[1px] after:bg-white after:shadow-[0_0_0_1px_#000000b0]';

/** What keyframes lie on, whatever is seen behind. */
const Ground = () => <span aria-hidden className="pointer-events-none absolute inset-x-0 bottom-0 h-3.5 bg-black/60" />;

/** In parts of the clip's width: a zoom moves marks with their clip. */
const placeOf = (frame: Frames, { clip }: ClipItem) => `${((frame + 0.5) / clip.lengthFrames) * 100}%`;

/** The keyframes of a clip along its lower edge; those of a selected clip are dragged to other frames. */
export function ClipKeyframes(props: ClipKeyframesProps) {
  const { item, ratio, isSelected } = props;
  const frames = keyframeFrames(item, ratio);
  if (frames.length === 0) return null;
  return (
    <>
      <Ground />
      {isSelected && !item.track.isLocked ? (
        <DraggableKeyframes {...props} frames={frames} />
      ) : (
        frames.map((frame) => (
          <span
            key={frame}
            aria-hidden
            className={cn(markClass, 'pointer-events-none opacity-70')}
            style={{ left: placeOf(frame, item) }}
          />
        ))
      )}
    </>
  );
}

interface Held {
  frame: Frames;
  fromX: number;
  to: Frames;
}

function DraggableKeyframes({ item, ratio, frames }: ClipKeyframesProps & { frames: Frames[] }) {
  const { base, view, draft, commit, transport } = useEditor();
  const held = useRef<Held | null>(null);
  /** The clip as it is kept: what is shown may have the drag in it already. */
  const kept = () => {
    const sequence = base.sequences.find((one) => one.id === item.section.sequence?.id);
    const clip = sequence?.tracks.flatMap((track) => track.clips).find((one) => one.id === item.clip.id);
    return clip ? { ...item, clip } : (view.items.find((one) => one.key === item.key) ?? item);
  };
  const press = (event: PointerEvent<HTMLElement>, frame: Frames) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { frame, fromX: event.clientX, to: frame };
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const now = held.current;
    if (!now) return;
    const block = event.currentTarget.parentElement?.getBoundingClientRect();
    const pixelsPerFrame = (block?.width ?? 0) / item.clip.lengthFrames || 1;
    const to = now.frame + Math.round((event.clientX - now.fromX) / pixelsPerFrame);
    if (to === now.to) return;
    now.to = to;
    draft(to === now.frame ? null : moveKeyframesEdit(kept(), ratio, now.frame, to));
  };
  const release = () => {
    const now = held.current;
    held.current = null;
    if (!now) return;
    if (now.to !== now.frame) commit(moveKeyframesEdit(kept(), ratio, now.frame, now.to));
    // The block is not drawn anew when it only moves: its item may be of an earlier place.
    else transport.seek((view.items.find((one) => one.key === item.key) ?? item).startFrame + now.frame);
  };
  const cancel = () => {
    held.current = null;
    draft(null);
  };
  return frames.map((frame, index) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: a drag changes the frame, and must not lose the element it holds
      key={`${index}/${frames.length}`}
      data-no-gesture
      data-testid="clip-keyframe"
      title="Keyframe: drag to move it, click to go there"
      className={cn(markClass, 'cursor-ew-resize hover:after:bg-accent')}
      style={{ left: placeOf(frame, item) }}
      onPointerDown={(event) => press(event, frame)}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={cancel}
    />
  ));
}
