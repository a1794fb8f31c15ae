import { Check, RefreshCw } from 'lucide-react';
import { cn, Tooltip } from '../../ui/index.ts';

const texts = { exported: 'Exported as it is now', changed: 'Changed since it was exported' } as const;

/** Says whether a variant's export is up to date. */
export function StateMark({ state, className }: { state: 'exported' | 'changed'; className?: string }) {
  return (
    <Tooltip label={texts[state]}>
      <span role="img" aria-label={texts[state]} className={cn('inline-flex [&>svg]:size-3.5', className)}>
        {state === 'exported' ? <Check className="text-ok" /> : <RefreshCw className="text-warn" />}
      </span>
    </Tooltip>
  );
}
