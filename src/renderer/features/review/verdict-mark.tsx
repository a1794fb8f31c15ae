import { CircleCheck, Wrench } from 'lucide-react';
import type { Review } from '#shared/contract/index.ts';
import { cn } from '../../ui/index.ts';

const words = { none: 'Not looked at', approved: 'Approved', fix: 'To fix' } as const;

/** What was said of a file, as a word. */
export function verdictWord(verdict: Review['verdict']): string {
  return words[verdict];
}

/** What was said of a file, as a mark; nothing while nobody has looked at it. */
export function VerdictMark({ verdict, className }: { verdict: Review['verdict']; className?: string }) {
  if (verdict === 'none') return null;
  const Icon = verdict === 'approved' ? CircleCheck : Wrench;
  return (
    <Icon
      role="img"
      aria-label={words[verdict]}
      className={cn('size-4 shrink-0', verdict === 'approved' ? 'text-ok' : 'text-warn', className)}
    />
  );
}
