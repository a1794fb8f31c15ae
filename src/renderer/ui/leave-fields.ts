import { useEffect } from 'react';

const around = '[role="dialog"], [role="alertdialog"], [data-radix-popper-content-wrapper]';

function isTyped(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement {
  if (element instanceof HTMLTextAreaElement) return true;
  return element instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(element.type);
}

/**
 * Leaves a text box as soon as something beside it is pressed. A press may already select something else and so take the
 * box away, before the browser moves the focus: what was typed would be lost. Boxes of dialogs look after themselves.
 */
function leaveField(event: PointerEvent): void {
  const { activeElement } = document;
  if (!isTyped(activeElement) || !(event.target instanceof Node) || activeElement.closest(around)) return;
  const isOwn = activeElement.contains(event.target) || event.target.parentElement?.closest('label')?.control;
  const isAbove = event.target instanceof Element && event.target.closest(around) !== null;
  if (!isOwn && !isAbove) activeElement.blur();
}

/** Once, at the top of the page: see {@link leaveField}. */
export function useLeaveFields(): void {
  useEffect(() => {
    window.addEventListener('pointerdown', leaveField, true);
    return () => window.removeEventListener('pointerdown', leaveField, true);
  }, []);
}
