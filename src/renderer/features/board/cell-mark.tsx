import { Check, CircleAlert, CirclePause, Clock3, RefreshCw } from 'lucide-react';
import { cn, Tooltip } from '../../ui/index.ts';
import type { CellMark } from './use-cell-marks.ts';

const icons = {
  queued: <Clock3 className="text-ink-3" />,
  running: null,
  paused: <CirclePause className="text-warn" />,
  failed: <CircleAlert className="text-bad" />,
  wrong: <CircleAlert className="text-bad" />,
  exported: <Check className="text-ok" />,
  changed: <RefreshCw className="text-warn" />,
} as const;

interface CellMarkIconProps {
  mark: CellMark;
  name: string;
  /** Plays the finished file. */
  onPlay: (exportId: string) => void;
}

/** How a variant's export stands, as a small sign; where there is a finished file it plays it. */
export function CellMarkIcon({ mark, name, onPlay }: CellMarkIconProps) {
  const icon = icons[mark.state];
  const { exportId } = mark;
  if (!icon) return null;
  const look = 'flex size-4 shrink-0 items-center justify-center rounded-sm [&>svg]:size-3.5';
  return (
    <Tooltip label={exportId ? `${mark.text}. Click to play the file.` : mark.text}>
      {exportId ? (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Play the finished file of ${name}. ${mark.text}`}
          onClick={() => onPlay(exportId)}
          className={cn(look, 'hover:bg-lift')}
        >
          {icon}
        </button>
      ) : (
        <span role="img" aria-label={mark.text} className={look}>
          {icon}
        </span>
      )}
    </Tooltip>
  );
}

const radius = 11;
const around = 2 * Math.PI * radius;

/** Progress as a ring over the picture. */
export function ProgressRing({ fraction, label }: { fraction: number; label: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className="pointer-events-none absolute inset-0 flex items-center justify-center dark-area bg-black/35"
    >
      <svg viewBox="0 0 28 28" className="size-9 rounded-full bg-black/65" aria-hidden="true">
        <circle cx="14" cy="14" r={radius} fill="none" className="stroke-line-strong" strokeWidth="3" />
        <circle
          cx="14"
          cy="14"
          r={radius}
          fill="none"
          className="stroke-accent transition-[stroke-dashoffset]"
          strokeWidth="3"
          strokeLinecap="round"
          strokeDasharray={around}
          strokeDashoffset={around * (1 - percent / 100)}
          transform="rotate(-90 14 14)"
        />
      </svg>
    </span>
  );
}
