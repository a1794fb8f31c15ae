import { ChevronDown, SquareDashed } from 'lucide-react';
import type { Ratio } from '#shared/model/index.ts';
import { IconButton, Menu, type MenuItem } from '../../ui/index.ts';
import { overlayChoices, overlayName, useOverlay } from './overlay-choice.ts';

/** Turns the interface over the picture on and off, and chooses whose it is. */
export function SafeZoneMenu({ ratio }: { ratio: Ratio }) {
  const overlay = useOverlay(ratio);
  const items: MenuItem[] = [
    { kind: 'heading', label: `Safe zones in ${ratio}` },
    ...overlayChoices(ratio).map((choice) => ({
      label: choice === 'all' ? 'All placements: the box safe in each' : overlayName(choice),
      isChecked: overlay.isShown && overlay.choice === choice,
      onSelect: () => overlay.choose(choice),
    })),
    { kind: 'separator' },
    { label: 'Hide', shortcut: 'Shift+S', isDisabled: !overlay.isShown, onSelect: overlay.toggle },
  ];
  return (
    <span className="flex items-center">
      <IconButton
        label={overlay.isShown ? `Safe zones: ${overlayName(overlay.choice)}` : 'Safe zones'}
        shortcut="Shift+S"
        isActive={overlay.isShown}
        onClick={overlay.toggle}
        tooltipSide="top"
      >
        <SquareDashed />
      </IconButton>
      <Menu items={items} align="end" side="top">
        <button
          type="button"
          aria-label="Choose whose safe zones"
          className="flex h-7 w-3.5 items-center @max-[560px]:hidden justify-center rounded-sm text-ink-3 hover:bg-lift hover:text-ink data-[state=open]:bg-lift"
        >
          <ChevronDown className="size-3" aria-hidden />
        </button>
      </Menu>
    </span>
  );
}
