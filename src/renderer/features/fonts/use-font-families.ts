import { useSyncExternalStore } from 'react';
import { fontFamilies, fontsVersion, onFontsChanged } from '../../preview/fonts.ts';

/** Families on offer with their weights; others as soon as fonts are added or removed. */
export function useFontFamilies(): ReturnType<typeof fontFamilies> {
  useSyncExternalStore(onFontsChanged, fontsVersion);
  return fontFamilies();
}
