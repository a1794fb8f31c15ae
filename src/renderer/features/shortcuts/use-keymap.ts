import { useEffect } from 'react';
import { useSettings } from '../../engine/index.ts';
import { setKeyOverrides } from '../../ui/index.ts';

/** Makes the shortcuts that the person has chosen work everywhere; once, at the top of the page. */
export function useKeymap(): void {
  const shortcuts = useSettings().data?.shortcuts;
  useEffect(() => {
    if (shortcuts) setKeyOverrides(shortcuts);
  }, [shortcuts]);
}
