import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { Asset, EditInput } from '#shared/model/index.ts';
import { type Frames, formatTimecode } from '#shared/units/index.ts';
import { cn } from '../../ui/index.ts';
import { useEditor } from './editor-model.ts';
import type { ClipItem } from './model/lanes.ts';
import {
  type BandTarget,
  bandDb,
  bandLine,
  bandPart,
  decibelWords,
  gainEdit,
  pointEdit,
  pointOf,
  removePointEdit,
} from './model/volume-band.ts';

interface VolumeBandProps {
  band: BandTarget;
  pixelsPerFrame: number;
  height: number;
}

/** True where the volume line of a clip can be held. */
export function hasVolumeBand(
  { clip, track }: ClipItem,
  asset: Asset | null,
  pixelsPerFrame: number,
  height: number,
): boolean {
  const isHeard = clip.content.kind === 'media' && !clip.audio.isMuted && (asset?.probe.audio.length ?? 0) > 0;
  return isHeard && !track.isLocked && clip.lengthFrames * pixelsPerFrame > 40 && height >= 36;
}

/** Room above and below the line, so that its ends can be held. */
const marginPx = 6;

/** What is held: the whole line, or a point by its frame when it was pressed. */
interface Held {
  kind: 'line' | 'point';
  band: BandTarget;
  frame: Frames;
}

/** The volume of a selected clip as a line over it: drag it, add points with Ctrl (⌘), drag these or use their keys. */
export function VolumeBand({ band, pixelsPerFrame, height }: VolumeBandProps) {
  const { view } = useEditor();
  const yOf = (gainDb: number) => marginPx + (1 - bandPart(gainDb)) * (height - 2 * marginPx);
  const { held, tip, press, handlers } = useBandDrag({ band, pixelsPerFrame, height });
  const { audio, lengthFrames } = band;
  const width = lengthFrames * pixelsPerFrame;
  const line = bandLine(band).map(({ frame, gainDb }) => `${frame * pixelsPerFrame},${yOf(gainDb)}`);
  const points = audio.volume.filter(({ frame }) => frame >= 0 && frame < lengthFrames);
  return (
    // Beside the clip's own element: that is a button, which holds nothing else to press.
    <div
      data-band={band.key}
      className="pointer-events-none absolute top-0"
      style={{ left: band.startFrame * pixelsPerFrame, width, height }}
    >
      <svg aria-hidden width={width} height={height} className="absolute inset-0 overflow-visible">
        <polyline points={line.join(' ')} className="fill-none stroke-black/60" strokeWidth={3} />
        <polyline points={line.join(' ')} className="fill-none stroke-warn" strokeWidth={1.25} />
      </svg>
      {/* Clear of the handles at the ends. */}
      <svg aria-hidden width={width} height={height} className="absolute inset-0 [clip-path:inset(0_8px)]">
        <polyline
          data-no-gesture
          points={line.join(' ')}
          className="pointer-events-none cursor-ns-resize fill-none stroke-transparent in-data-[tool=select]:pointer-events-auto"
          strokeWidth={9}
          onPointerDown={(event) => press(event, null)}
          {...handlers}
        >
          <title>Drag to change the volume; Ctrl-click adds a point</title>
        </polyline>
      </svg>
      {points.map((point, at) => (
        <BandPoint
          // biome-ignore lint/suspicious/noArrayIndexKey: a point that is dragged past another stays in the hand
          key={at}
          band={band}
          frame={point.frame}
          left={point.frame * pixelsPerFrame}
          top={yOf(audio.gainDb + point.gainDb)}
          timecode={formatTimecode(Math.max(0, band.startFrame + point.frame), view.rate)}
          isHeld={held?.kind === 'point'}
          onPress={(event) => press(event, point.frame)}
          handlers={handlers}
        />
      ))}
      {tip && (
        <span
          className="tabular absolute rounded-sm bg-black/80 px-1 text-2xs text-white"
          style={{
            left: Math.min(width - 44, Math.max(2, tip.x + 8)),
            top: Math.min(height - 14, Math.max(0, tip.y - 14)),
          }}
        >
          {tip.text}
        </span>
      )}
    </div>
  );
}

interface BandPointProps {
  band: BandTarget;
  frame: Frames;
  left: number;
  top: number;
  timecode: string;
  isHeld: boolean;
  onPress: (event: PointerEvent<Element>) => void;
  handlers: ReturnType<typeof useBandDrag>['handlers'];
}

function BandPoint({ band, frame, left, top, timecode, isHeld, onPress, handlers }: BandPointProps) {
  const { commit } = useEditor();
  const { audio, lengthFrames } = band;
  const own = audio.volume.find((point) => point.frame === frame)?.gainDb ?? 0;
  const onKeyDown = (event: React.KeyboardEvent) => {
    const many = event.shiftKey ? 10 : 1;
    const moves: Record<string, () => EditInput | null> = {
      ArrowLeft: () => pointEdit(band, { frame: Math.max(0, frame - many), gainDb: own }, frame),
      ArrowRight: () => pointEdit(band, { frame: Math.min(lengthFrames - 1, frame + many), gainDb: own }, frame),
      ArrowUp: () => pointEdit(band, pointOf(audio, frame, audio.gainDb + own + 0.5 * many), frame),
      ArrowDown: () => pointEdit(band, pointOf(audio, frame, audio.gainDb + own - 0.5 * many), frame),
      Delete: () => removePointEdit(band, frame),
      Backspace: () => removePointEdit(band, frame),
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    commit(move());
  };
  return (
    <span
      data-no-gesture
      data-volume-point={frame}
      role="slider"
      tabIndex={0}
      aria-label={`Volume point at ${timecode}`}
      aria-orientation="vertical"
      aria-valuemin={-96}
      aria-valuemax={24}
      aria-valuenow={own}
      aria-valuetext={decibelWords(audio.gainDb + own)}
      title="Drag, or use the arrow keys; Delete removes it"
      onPointerDown={onPress}
      onKeyDown={onKeyDown}
      {...handlers}
      className={cn(
        'pointer-events-none absolute z-10 -mt-1.25 -ml-1.25 size-2.5 cursor-move rounded-full border border-black/70 bg-warn in-data-[tool=select]:pointer-events-auto hover:bg-white focus-visible:ring-2 focus-visible:ring-white focus-visible:outline-none',
        isHeld && 'bg-white',
      )}
      style={{ left, top }}
    />
  );
}

/** Drags of the line and its points: shown as a draft, made on release, taken back by Escape. */
function useBandDrag({ band, pixelsPerFrame, height }: VolumeBandProps) {
  const { draft, commit } = useEditor();
  const [held, setHeld] = useState<Held | null>(null);
  const [tip, setTip] = useState<{ x: number; y: number; text: string } | null>(null);
  const last = useRef<EditInput | null>(null);
  const end = () => {
    setHeld(null);
    setTip(null);
    last.current = null;
  };
  useEffect(() => {
    if (!held) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      draft(null);
      setHeld(null);
      setTip(null);
      last.current = null;
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [held, draft]);

  const placeOf = (event: PointerEvent<Element>) => {
    const box = event.currentTarget.closest('[data-band]')?.getBoundingClientRect();
    const x = event.clientX - (box?.left ?? 0);
    const y = event.clientY - (box?.top ?? 0);
    const frame = Math.round(x / pixelsPerFrame);
    return {
      ...{ x, y, db: bandDb(1 - (y - marginPx) / (height - 2 * marginPx)) },
      frame: Math.min(band.lengthFrames - 1, Math.max(0, frame)),
    };
  };
  const show = (edit: EditInput | null, x: number, y: number, db: number) => {
    last.current = edit;
    draft(edit);
    setTip({ x, y, text: decibelWords(db) });
  };
  const press = (event: PointerEvent<Element>, pointFrame: Frames | null) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { frame, x, y } = placeOf(event);
    if (pointFrame !== null) return setHeld({ kind: 'point', band, frame: pointFrame });
    if (!event.ctrlKey && !event.metaKey) return setHeld({ kind: 'line', band, frame });
    // On the line as it is: adding a point changes nothing yet.
    const total = lineDbAt(bandLine(band), frame);
    setHeld({ kind: 'point', band, frame });
    return show(pointEdit(band, pointOf(band.audio, frame, total), null), x, y, total);
  };
  const onPointerMove = (event: PointerEvent<Element>) => {
    if (!held) return;
    const { frame, db, x, y } = placeOf(event);
    const { audio } = held.band;
    if (held.kind === 'line') {
      // A line with points moves as a whole.
      const atPress = lineDbAt(bandLine(held.band), held.frame);
      const gainDb = audio.gainDb + db - atPress;
      show(gainEdit(held.band, db <= -96 ? -96 : gainDb), x, y, db);
    } else show(pointEdit(held.band, pointOf(audio, frame, db), held.frame), x, y, db);
  };
  const onPointerUp = () => {
    if (!held) return;
    const edit = last.current;
    end();
    if (edit) commit(edit);
  };
  const onPointerCancel = () => {
    draft(null);
    end();
  };
  return { held, tip, press, handlers: { onPointerMove, onPointerUp, onPointerCancel } };
}

/** Loudness of a line at a frame. */
function lineDbAt(line: readonly { frame: Frames; gainDb: number }[], frame: Frames): number {
  const next = line.findIndex((point) => point.frame >= frame);
  const after = line[next];
  const before = line[Math.max(0, next - 1)];
  if (!after || !before) return line.at(-1)?.gainDb ?? 0;
  if (after.frame === before.frame) return after.gainDb;
  return before.gainDb + ((after.gainDb - before.gainDb) * (frame - before.frame)) / (after.frame - before.frame);
}
