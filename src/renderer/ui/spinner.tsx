import { LoaderCircle } from 'lucide-react';
import { cn } from './cn.ts';

/** Something is under way and its length is unknown. Give it a `label` when no text beside it says what. */
export function Spinner({ className, label }: { className?: string; label?: string }) {
  return (
    <LoaderCircle
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
      className={cn('size-3.5 animate-spin text-current', className)}
    />
  );
}
