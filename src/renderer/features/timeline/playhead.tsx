import { type RefObject, useEffect, useRef } from 'react';
import type { Transport } from '../../preview/transport.ts';

interface PlayheadProps {
  transport: Transport;
  pixelsPerFrame: number;
}

/** Keeps an element at the current frame without rendering anew. */
function usePlace({ transport, pixelsPerFrame }: PlayheadProps): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = () => {
      const x = transport.getState().frame * pixelsPerFrame;
      if (element.current) element.current.style.transform = `translateX(${x}px)`;
    };
    place();
    return transport.subscribe(place);
  }, [transport, pixelsPerFrame]);
  return element;
}

/** The line that stands at the current frame. */
export function Playhead(props: PlayheadProps) {
  return (
    <div
      ref={usePlace(props)}
      data-testid="playhead"
      aria-hidden
      className="pointer-events-none absolute inset-y-0 left-0 z-20 w-px bg-ink"
    />
  );
}

/** Its handle in the ruler. */
export function PlayheadHandle(props: PlayheadProps) {
  return (
    <div ref={usePlace(props)} aria-hidden className="pointer-events-none absolute inset-y-0 left-0 w-px bg-ink">
      <div className="absolute -left-[5px] bottom-0 h-4 w-[11px] bg-ink [clip-path:polygon(0_0,100%_0,100%_55%,50%_100%,0_55%)]" />
    </div>
  );
}
