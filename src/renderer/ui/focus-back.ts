import { useLayoutEffect, useRef } from 'react';

/** What has the focus; inside of a menu, what has opened the menu: its lines are gone when the focus comes back. */
function focusedThing(): HTMLElement | null {
  const { activeElement } = document;
  const opener = activeElement?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const found = opener ? document.getElementById(opener) : activeElement;
  return found instanceof HTMLElement ? found : null;
}

/**
 * For boxes that no button of their own opens (a key, the palette, a menu): puts the focus where it was when they close,
 * which Radix does for its own triggers only. `focusFirst` says what has the focus meanwhile.
 */
export function useFocusBack(isOpen: boolean, focusFirst?: (event: Event) => void) {
  const from = useRef<HTMLElement | null>(null);
  // Before anything in the box can have taken the focus.
  useLayoutEffect(() => {
    if (isOpen) from.current = focusedThing();
  }, [isOpen]);
  return {
    ...(focusFirst ? { onOpenAutoFocus: focusFirst } : {}),
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (from.current?.isConnected) from.current.focus();
    },
  };
}
