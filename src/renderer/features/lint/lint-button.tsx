import { ScanText } from 'lucide-react';
import { cn, IconButton, Popover } from '../../ui/index.ts';
import { LintList, type LintListProps } from './lint-list.tsx';
import { lintSummary } from './lint-rows.ts';

/** What the button and its list need. */
export interface LintButtonProps extends LintListProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Says how many texts and logos a platform would cover; opens the list of them. */
export function LintButton(props: LintButtonProps) {
  const { lint, ratio, isOpen, onOpenChange } = props;
  const rows = lint.rows[ratio];
  const hidden = rows.filter(({ isHidden }) => isHidden).length;
  const label = lintSummary(rows);
  return (
    <Popover
      label="Safe zone check"
      align="end"
      side="top"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      className="w-88"
      trigger={
        <IconButton label={label} shortcut="Alt+Z" tooltipSide="top" className="relative">
          <ScanText />
          {rows.length > 0 && (
            <span
              aria-hidden
              className={cn(
                'tabular absolute top-0 right-0 rounded-full text-center text-2xs leading-3.5 font-semibold text-panel',
                hidden > 0 ? 'min-w-3.5 bg-warn px-0.5' : 'size-1.5 bg-ink-3',
              )}
            >
              {hidden > 0 && hidden}
            </span>
          )}
        </IconButton>
      }
    >
      <LintList {...props} />
    </Popover>
  );
}
