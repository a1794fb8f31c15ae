import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ClipBlock, type PicturePart, roomOf } from './clip-block.tsx';
import { type DragStore, useDrag } from './drag-store.ts';
import type { DragView } from './gesture-view.ts';
import { type LaidView, stretchLanes } from './laid-scale.ts';
import type { LaneContents, LaneLooks } from './lane-contents.ts';
import { overscanPixels } from './lane-sizes.ts';
import { clipName } from './model/clip-name.ts';
import type { ClipItem, Lane } from './model/lanes.ts';
import { assetOf } from './model/trim.ts';
import { bandOfClip } from './model/volume-band.ts';
import { useClipPlaces } from './place-clips.ts';
import { TransitionMarks } from './transition-marks.tsx';
import { hasVolumeBand, VolumeBand } from './volume-band.tsx';

interface LaneClipsProps extends LaneContents {
  looks: LaneLooks;
  scroll: LaidView;
  drag: DragStore;
  height: number;
}

/** Clips up to this width are painted whole; of longer ones, what is in view. */
const widestWhole = 2048;
/** Painted parts of long clips begin and end at multiples of this: scrolling does not paint them anew with every pixel. */
const partStep = 512;

function partOf(item: ClipItem, scroll: LaidView): PicturePart | null {
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
export function LaneClips({ lane, items, transitions, looks, scroll, drag, height }: LaneClipsProps) {
  const { assets, selection } = looks;
  const { pixelsPerFrame, scrollLeft, width, overscan, stretch } = scroll;
  const whole = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (whole.current) stretchLanes(whole.current, stretch.current);
  }, [stretch]);
  const lifted = useDrag(drag, (view) => view.ghost?.items ?? nothing);
  const fromPixel = scrollLeft - overscan;
  const toPixel = scrollLeft + width + overscan;
  const shown = items.filter(
    (item) => item.endFrame * pixelsPerFrame >= fromPixel && item.startFrame * pixelsPerFrame <= toPixel,
  );
  const framesPerSecond = looks.rate.num / looks.rate.den;
  const places = useClipPlaces(shown, pixelsPerFrame);
  return (
    <div ref={whole} data-stretch className="relative h-full origin-left">
      <div ref={places}>
        {shown.map((item) => {
          const assetId = assetOf(item);
          const clipWidth = item.clip.lengthFrames * pixelsPerFrame;
          return (
            <ClipBlock
              key={item.key}
              item={item}
              asset={(assetId && assets.get(assetId)) ?? null}
              mediaBase={looks.mediaBase}
              ratio={looks.ratio}
              framesPerSecond={framesPerSecond}
              room={scroll.isBare ? 'none' : roomOf(clipWidth - 1)}
              picture={partOf(item, scroll)}
              // The name stays in view while a long clip is scrolled past.
              hiddenPixels={Math.max(0, Math.min(clipWidth - 81, scrollLeft - item.startFrame * pixelsPerFrame))}
              height={height}
              isSelected={selection.has(item.key)}
              isLifted={lifted.some((one) => one.key === item.key)}
            />
          );
        })}
      </div>
      <TransitionMarks transitions={transitions} looks={looks} scroll={scroll} height={height} />
      {shown.map((item) => {
        const isHeld = !scroll.isBare && selection.has(item.key) && !lifted.some((one) => one.key === item.key);
        const assetId = isHeld ? assetOf(item) : null;
        const asset = (assetId && assets.get(assetId)) ?? null;
        return isHeld && hasVolumeBand(item, asset, pixelsPerFrame, height) ? (
          <VolumeBand key={item.key} band={bandOfClip(item)} pixelsPerFrame={pixelsPerFrame} height={height} />
        ) : null;
      })}
      <Ghosts lane={lane} looks={looks} drag={drag} pixelsPerFrame={pixelsPerFrame} height={height} />
    </div>
  );
}

interface GhostsProps {
  lane: Lane;
  looks: LaneLooks;
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
  const { lane, looks, pixelsPerFrame, height } = props;
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
        <span className="truncate">{clipName(item, (assetId && looks.assets.get(assetId)) ?? null)}</span>
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
