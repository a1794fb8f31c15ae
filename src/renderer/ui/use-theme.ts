import { useEffect } from 'react';

/** What the person has chosen. */
export type ThemeChoice = 'dark' | 'light' | 'system';

const storageKey = 'spotloom.theme';

const wantsLight = () => window.matchMedia('(prefers-color-scheme: light)');

function show(choice: ThemeChoice): void {
  const isLight = choice === 'light' || (choice === 'system' && wantsLight().matches);
  document.documentElement.dataset.theme = isLight ? 'light' : 'dark';
}

/** Shows the theme of the last time, before anything is drawn: the settings come later, and a flash would hurt the eye. */
export function showLastTheme(): void {
  let last: string | null = null;
  try {
    last = localStorage.getItem(storageKey);
  } catch {
    // Private windows: dark until the settings are read.
  }
  show(last === 'light' || last === 'system' ? last : 'dark');
}

/** Shows the chosen theme; `system` follows the operating system as it changes. Undefined = not known yet. */
export function useTheme(choice: ThemeChoice | undefined): void {
  useEffect(() => {
    if (!choice) return;
    show(choice);
    try {
      localStorage.setItem(storageKey, choice);
    } catch {
      // It is read from the settings again.
    }
    if (choice !== 'system') return;
    const media = wantsLight();
    const follow = () => show('system');
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, [choice]);
}
