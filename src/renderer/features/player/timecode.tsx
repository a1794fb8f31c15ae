import { useState } from 'react';
import { type Frames, formatTimecode, parseTimecode, type Rate } from '#shared/units/index.ts';
import type { Transport } from '../../preview/transport.ts';
import { cn } from '../../ui/index.ts';
import { useTransportState } from './use-transport.ts';

interface TimecodeFieldProps {
  label: string;
  frame: Frames;
  rate: Rate;
  onCommit: (frame: Frames) => void;
  className?: string;
  isDisabled?: boolean;
}

/** A moment or length as timecode that can be typed over: "15", "2:15", "00:00:02:15" or "2.5s". */
export function TimecodeField({ label, frame, rate, onCommit, className, isDisabled }: TimecodeFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    const parsed = draft === null ? null : parseTimecode(draft, rate);
    setDraft(null);
    if (parsed !== null && parsed !== frame) onCommit(parsed);
  };
  return (
    <input
      aria-label={label}
      value={draft ?? formatTimecode(frame, rate)}
      disabled={isDisabled}
      spellCheck={false}
      onFocus={(event) => {
        setDraft(formatTimecode(frame, rate));
        event.target.select();
      }}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          event.stopPropagation();
          setDraft(null);
          requestAnimationFrame(() => (event.target as HTMLInputElement).blur());
        }
      }}
      className={cn(
        'tabular w-25 rounded-sm bg-transparent px-1 text-center font-mono text-sm text-ink enabled:hover:bg-lift focus:bg-raise',
        className,
      )}
    />
  );
}

/** Where the player stands and how long it is. */
export function PlayerTimecode({ transport }: { transport: Transport }) {
  const frame = useTransportState(transport, (state) => state.frame);
  const lengthFrames = useTransportState(transport, (state) => state.lengthFrames);
  const rate = useTransportState(transport, (state) => state.rate);
  return (
    <div className="flex items-center font-mono text-sm">
      <TimecodeField label="Position" frame={frame} rate={rate} onCommit={(next) => transport.seek(next)} />
      <span className="text-ink-3 @max-[560px]:hidden" aria-hidden>
        /
      </span>
      <span className="tabular px-1 text-ink-3 @max-[560px]:hidden" role="note" aria-label="Length">
        {formatTimecode(lengthFrames, rate)}
      </span>
    </div>
  );
}
