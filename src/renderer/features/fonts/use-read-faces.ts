import { useEffect, useState, useSyncExternalStore } from 'react';
import type { FontFace } from '#shared/model/index.ts';
import { areFacesRead, readFaces, setFaces } from '../../preview/font-metrics.ts';
import { fontsVersion, onFontsChanged } from '../../preview/fonts.ts';

/** The faces of all fonts with what they can draw; null until they are read, and again when fonts are added or removed. */
export function useReadFaces(): readonly FontFace[] | null {
  const version = useSyncExternalStore(onFontsChanged, fontsVersion);
  const [read, setRead] = useState(-1);
  useEffect(() => {
    let isWanted = true;
    void readFaces().then(() => isWanted && areFacesRead() && setRead(version));
    return () => {
      isWanted = false;
    };
  }, [version]);
  return read === version && areFacesRead() ? setFaces() : null;
}
