import { type RefObject, useEffect, useState } from 'react';
import { ClipBlock, type PicturePart, roomOf } from './clip-block.tsx';
import { type DragStore, useDrag } from './drag-store.ts';
import { useEditor } from './editor-model.ts';
import type { DragView } from './gesture-view.ts';
import { overscanPixels } from './lane-sizes.ts';
import { clipName } from './model/clip-name.ts';
import type { ClipItem, Lane } from './model/lanes.ts';
import { assetOf } from './model/trim.ts';
import { bandOfClip } from './model/volume-band.ts';
import { useClipPlaces } from './place-clips.ts';
import { TransitionMarks } from './transition-marks.tsx';
import type { ScrollView } from './use-timeline-view.ts';
import { hasVolumeBand, VolumeBand } from './volume-band.tsx';

interface LaneClipsProps {
  lane: Lane;
  /** Those of this lane. */
  items: readonly ClipItem[];
  scroll: ScrollView;
  drag: DragStore;
  height: number;
}

/** Clips up to this width are painted whole; of longer ones, what is in view. */
const widestWhole = 2048;
/** Painted parts of long clips begin and end at multiples of this: scrolling does not paint them anew with every pixel. */
const partStep = 512;

function partOf(item: ClipItem, scroll: ScrollView): PicturePart | null {
  const { restScale: pixelsPerFrame, scrollLeft, width: viewWidth } = scroll;
  const width = item.clip.lengthFrames * pixelsPerFrame;
  if (width <= widestWhole) return { pixelsPerFrame, fromPixel: 0, toPixel: width };
  const left = item.startFrame * pixelsPerFrame;
  const down = (pixel: number) => Math.floor(pixel / partStep) * partStep;
  const fromPixel = Math.max(0, down(scrollLeft - overscanPixels - left));
  const toPixel = Math.min(width, down(scrollLeft + viewWidth + overscanPixels - left) + partStep);
  return toPixel > fromPixel ? { pixelsPerFrame, fromPixel, toPixel } : null;
}

const nothing: readonly ClipItem[] = [];

/** The clips of a lane that are in view. */
export function LaneClips({ lane, items, scroll, drag, height }: LaneClipsProps) {
  const model = useEditor();
  const { pixelsPerFrame, scrollLeft, width } = scroll;
  const lifted = useDrag(drag, (view) => view.ghost?.items ?? nothing);
  const fromPixel = scrollLeft - overscanPixels;
  const toPixel = scrollLeft + width + overscanPixels;
  const shown = items.filter(
    (item) => item.endFrame * pixelsPerFrame >= fromPixel && item.startFrame * pixelsPerFrame <= toPixel,
  );
  const places = useClipPlaces(shown, pixelsPerFrame);
  const framesPerSecond = model.view.rate.num / model.view.rate.den;
  return (
    <div className="relative h-full">
      <div ref={places}>
        {shown.map((item) => {
          const assetId = assetOf(item);
          const clipWidth = item.clip.lengthFrames * pixelsPerFrame;
          return (
            <ClipBlock
              key={item.key}
              item={item}
              asset={(assetId && model.assets.get(assetId)) ?? null}
              mediaBase={model.mediaBase}
              ratio={model.ratio}
              framesPerSecond={framesPerSecond}
              room={roomOf(clipWidth - 1)}
              picture={partOf(item, scroll)}
              // The name stays in view while a long clip is scrolled past.
              hiddenPixels={Math.max(0, Math.min(clipWidth - 81, scrollLeft - item.startFrame * pixelsPerFrame))}
              height={height}
              isSelected={model.selection.has(item.key)}
              isLifted={lifted.some((one) => one.key === item.key)}
            />
          );
        })}
      </div>
      <TransitionMarks lane={lane} scroll={scroll} height={height} />
      {shown.map((item) => {
        const isHeld = model.selection.has(item.key) && !lifted.some((one) => one.key === item.key);
        const assetId = isHeld ? assetOf(item) : null;
        const asset = (assetId && model.assets.get(assetId)) ?? null;
        return isHeld && hasVolumeBand(item, asset, pixelsPerFrame, height) ? (
          <VolumeBand key={item.key} band={bandOfClip(item)} pixelsPerFrame={pixelsPerFrame} height={height} />
        ) : null;
      })}
      <Ghosts lane={lane} drag={drag} pixelsPerFrame={pixelsPerFrame} height={height} />
    </div>
  );
}

interface GhostsProps {
  lane: Lane;
  drag: DragStore;
  pixelsPerFrame: number;
  height: number;
}

/** The dragged clips that would come to lie on a lane. */
function ghostsOn(lane: Lane, ghost: DragView['ghost']): { held: ClipItem; items: ClipItem[] } | null {
  const held = ghost?.items[0];
  if (!ghost || !held) return null;
  const isHere = (item: ClipItem) =>
    item.lane.key === held.lane.key ? ghost.laneKey === lane.key : item.lane.key === lane.key;
  return { held, items: ghost.items.filter(isHere) };
}

function Ghosts(props: GhostsProps) {
  const model = useEditor();
  const { lane, pixelsPerFrame, height } = props;
  // Lanes without a ghost are not drawn anew while it moves elsewhere.
  const ghost = useDrag(props.drag, ({ ghost: one }) => (ghostsOn(lane, one)?.items.length ? one : null));
  const found = ghostsOn(lane, ghost);
  if (!ghost || !found) return null;
  const shift = ghost.startFrame - found.held.startFrame;
  return found.items.map((item) => {
    const assetId = assetOf(item);
    return (
      <div
        key={item.key}
        aria-hidden
        className="pointer-events-none absolute top-0 left-0 z-10 flex items-start overflow-hidden rounded-md bg-accent/65 px-1.5 py-0.5 text-xs text-white shadow-pop ring-2 ring-accent ring-inset"
        style={{
          transform: `translateX(${Math.max(0, item.startFrame + shift) * pixelsPerFrame}px)`,
          width: Math.max(4, item.clip.lengthFrames * pixelsPerFrame),
          height,
        }}
      >
        <span className="truncate">{clipName(item, (assetId && model.assets.get(assetId)) ?? null)}</span>
      </div>
    );
  });
}

/** Pixels above and below what is visible within which lanes have their clips. */
const laneOverscan = 96;

/** True while a lane is in view of the element that scrolls, or nearly. */
export function useIsInView(lane: RefObject<HTMLElement | null>, scroller: RefObject<HTMLElement | null>): boolean {
  const [isInView, setInView] = useState(true);
  useEffect(() => {
    if (!lane.current || !scroller.current) return;
    const options = { root: scroller.current, rootMargin: `${laneOverscan}px 0px` };
    const observer = new IntersectionObserver((seen) => setInView(seen.at(-1)?.isIntersecting ?? true), options);
    observer.observe(lane.current);
    return () => observer.disconnect();
  }, [lane, scroller]);
  return isInView;
}
