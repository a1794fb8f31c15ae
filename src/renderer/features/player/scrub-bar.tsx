import type { PointerEvent } from 'react';
import { formatTimecode } from '#shared/units/index.ts';
import type { Transport } from '../../preview/transport.ts';
import { useTransportState } from './use-transport.ts';

/** The whole length as a line: press or drag to scrub. */
export function ScrubBar({ transport }: { transport: Transport }) {
  const frame = useTransportState(transport, (state) => state.frame);
  const lengthFrames = useTransportState(transport, (state) => state.lengthFrames);
  const rate = useTransportState(transport, (state) => state.rate);
  const last = Math.max(1, lengthFrames - 1);
  const scrub = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    transport.seek(Math.round(((event.clientX - box.left) / Math.max(1, box.width)) * last));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Playhead"
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={frame}
      aria-valuetext={formatTimecode(frame, rate)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        transport.setScrubbing(true);
        scrub(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && scrub(event)}
      onPointerUp={() => transport.setScrubbing(false)}
      onPointerCancel={() => transport.setScrubbing(false)}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        transport.step(step * (event.shiftKey ? 10 : 1));
      }}
      className="group relative h-4 shrink-0 cursor-pointer touch-none px-0"
    >
      <div className="absolute inset-x-0 top-1.5 h-1 bg-lift" />
      <div className="absolute top-1.5 left-0 h-1 bg-accent" style={{ width: `${(frame / last) * 100}%` }} />
      <div
        className="absolute top-0.5 size-3 -translate-x-1/2 rounded-full bg-ink opacity-0 shadow-card group-hover:opacity-100 group-focus-visible:opacity-100"
        style={{ left: `${(frame / last) * 100}%` }}
      />
    </div>
  );
}
