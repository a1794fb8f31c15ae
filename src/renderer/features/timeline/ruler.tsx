import { memo } from 'react';
import { type Frames, formatTimecode, type Rate } from '#shared/units/index.ts';
import { rulerSteps } from './model/zoom.ts';

interface RulerProps {
  rate: Rate;
  pixelsPerFrame: number;
  scrollLeft: number;
  width: number;
}

/** Timecode labels and ticks of what is visible. */
export const Ruler = memo(function Ruler({ rate, pixelsPerFrame, scrollLeft, width }: RulerProps) {
  const { majorFrames, minorFrames } = rulerSteps(pixelsPerFrame, rate);
  const first = Math.floor(scrollLeft / pixelsPerFrame / minorFrames) * minorFrames;
  const last = Math.ceil((scrollLeft + width) / pixelsPerFrame);
  const ticks: Frames[] = [];
  for (let frame = first; frame <= last; frame += minorFrames) ticks.push(frame);
  return (
    <>
      {ticks.map((frame) => {
        const isMajor = frame % majorFrames === 0;
        return (
          <div
            key={frame}
            aria-hidden
            className="pointer-events-none absolute bottom-0 border-l border-line-strong"
            style={{ left: frame * pixelsPerFrame, height: isMajor ? 12 : 5 }}
          >
            {isMajor && (
              <span className="tabular absolute bottom-0.5 left-1.5 font-mono text-2xs whitespace-nowrap text-ink-3">
                {formatTimecode(frame, rate).replace(/^00:/, '')}
              </span>
            )}
          </div>
        );
      })}
    </>
  );
});
