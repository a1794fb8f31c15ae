import { type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import type { Asset } from '#shared/model/index.ts';
import { formatTimecode } from '#shared/units/index.ts';
import { durationOf } from '../../preview/source.ts';
import type { Transport } from '../../preview/transport.ts';
import { useTransportState } from '../player/index.ts';
import { ClipPicture } from '../timeline/clip-picture.tsx';
import { type Marks, sourceFrames, sourceRate } from './marks.ts';

interface SourceStripProps {
  asset: Asset;
  mediaBase: string;
  transport: Transport;
  marks: Marks;
  onMarks: (marks: Marks) => void;
}

const stripHeight = 60;

/** The whole source as a strip of pictures and sound: press or drag to scrub, drag the ends of the range. */
export function SourceStrip({ asset, mediaBase, transport, marks, onMarks }: SourceStripProps) {
  const box = useRef<HTMLDivElement>(null);
  const held = useRef<'playhead' | 'in' | 'out' | null>(null);
  const [width, setWidth] = useState(0);
  const frame = useTransportState(transport, (state) => state.frame);
  const frames = sourceFrames(asset);
  const rate = sourceRate(asset);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const drag = (event: PointerEvent<HTMLElement>) => {
    const bounds = box.current?.getBoundingClientRect();
    if (!bounds || !held.current) return;
    const part = Math.min(1, Math.max(0, (event.clientX - bounds.left) / Math.max(1, bounds.width)));
    const at = Math.min(frames - 1, Math.floor(part * frames));
    transport.seek(at);
    if (held.current === 'in') onMarks({ ...marks, inFrame: Math.min(at, (marks.outFrame ?? frames) - 1) });
    if (held.current === 'out') onMarks({ ...marks, outFrame: Math.max(at + 1, (marks.inFrame ?? 0) + 1) });
  };
  const release = () => {
    held.current = null;
    transport.setScrubbing(false);
  };
  return (
    <div
      ref={box}
      role="slider"
      tabIndex={0}
      aria-label="Source position"
      aria-valuemin={0}
      aria-valuemax={frames - 1}
      aria-valuenow={frame}
      aria-valuetext={formatTimecode(frame, rate)}
      onPointerDown={(event) => {
        const handle = (event.target as HTMLElement).closest<HTMLElement>('[data-mark]')?.dataset.mark;
        held.current = handle === 'in' || handle === 'out' ? handle : 'playhead';
        event.currentTarget.setPointerCapture(event.pointerId);
        transport.setScrubbing(true);
        drag(event);
      }}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        transport.step(step * (event.shiftKey ? 10 : 1));
      }}
      className="ring-inset-focus relative shrink-0 cursor-ew-resize touch-none overflow-hidden rounded-md bg-raise"
      style={{ height: stripHeight }}
    >
      {width > 0 && (
        <ClipPicture
          asset={asset}
          mediaBase={mediaBase}
          sourceInSeconds={0}
          secondsPerPixel={durationOf(asset) / width}
          fromPixel={0}
          toPixel={width}
          height={stripHeight}
          hasPicture={asset.probe.video !== null}
          hasSound={asset.probe.audio.length > 0}
          gain={1}
          colour={asset.probe.video ? 'rgba(255,255,255,0.75)' : '#5fb3a8'}
        />
      )}
      <RangeMarks marks={marks} frames={frames} />
      <div
        aria-hidden
        className="pointer-events-none absolute inset-y-0 w-0.5 -translate-x-px bg-white shadow-[0_0_3px_#000]"
        style={{ left: `${(frame / frames) * 100}%` }}
      />
    </div>
  );
}

/** The range, with what lies outside of it dimmed. */
function RangeMarks({ marks, frames }: { marks: Marks; frames: number }) {
  const percent = (at: number) => `${(at / frames) * 100}%`;
  const inFrame = marks.inFrame ?? 0;
  const outFrame = marks.outFrame ?? frames;
  const handle = 'absolute inset-y-0 w-2 bg-accent';
  return (
    <>
      <div className="absolute inset-y-0 left-0 bg-black/65" style={{ width: percent(inFrame) }} />
      <div className="absolute inset-y-0 right-0 bg-black/65" style={{ left: percent(outFrame) }} />
      {(marks.inFrame !== null || marks.outFrame !== null) && (
        <div
          data-testid="source-range"
          className="absolute inset-y-0 rounded-sm ring-2 ring-accent ring-inset"
          style={{ left: percent(inFrame), width: percent(outFrame - inFrame) }}
        >
          <span data-mark="in" title="Drag the in point" className={`${handle} left-0 cursor-w-resize`} />
          <span data-mark="out" title="Drag the out point" className={`${handle} right-0 cursor-e-resize`} />
        </div>
      )}
    </>
  );
}
