import { useLocation } from '@tanstack/react-router';
import { Lightbulb, X } from 'lucide-react';
import { useHints } from '../../state/index.ts';
import { IconButton, Kbd } from '../../ui/index.ts';
import { hintFor, partsOf } from './hints.ts';

/** One hint about the page that is open, in a place of its own, until it has been put away. */
export function HintLine() {
  const path = useLocation({ select: ({ pathname }) => pathname });
  const { seen, areOff, putAway } = useHints();
  const hint = areOff ? null : hintFor(path, seen);
  if (!hint) return <div className="grow" />;
  return (
    <aside aria-label="Hint" className="flex min-w-0 grow items-center justify-center gap-1.5 max-[1000px]:*:hidden">
      <Lightbulb className="size-3.5 shrink-0 text-warn" aria-hidden />
      <p className="truncate">
        {partsOf(hint.text).map((part, at) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one hint never change places
          at % 2 === 1 ? <Kbd key={at} keys={part} className="mx-0.5" /> : part,
        )}
      </p>
      <IconButton label="Put this hint away" size="sm" tooltipSide="top" onClick={() => putAway(hint.id)}>
        <X />
      </IconButton>
    </aside>
  );
}
