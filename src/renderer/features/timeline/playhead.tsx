import { useEffect, useRef } from 'react';
import type { Transport } from '../../preview/transport.ts';

/** The line that stands at the current frame; moved without rendering anew. */
export function Playhead({ transport, pixelsPerFrame }: { transport: Transport; pixelsPerFrame: number }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = () => {
      if (line.current) line.current.style.transform = `translateX(${transport.getState().frame * pixelsPerFrame}px)`;
    };
    place();
    return transport.subscribe(place);
  }, [transport, pixelsPerFrame]);
  return (
    <div
      ref={line}
      data-testid="playhead"
      aria-hidden
      className="pointer-events-none absolute inset-y-0 left-0 z-20 w-px bg-white shadow-[0_0_2px_#000]"
    >
      <div className="sticky top-3.5 -ml-[5px] h-3.5 w-[11px] rounded-sm rounded-b-full bg-white" />
    </div>
  );
}
