import type { MarkedRange } from './model/range.ts';

/** The stretch between in and out, in the ruler. */
export function RangeBand({ range, scale }: { range: MarkedRange | null; scale: number }) {
  if (!range) return null;
  return (
    <div
      data-testid="range-band"
      className="pointer-events-none absolute inset-y-0 border-x border-accent bg-accent/25"
      style={{ left: range.startFrame * scale, width: Math.max(1, (range.endFrame - range.startFrame) * scale) }}
    />
  );
}
