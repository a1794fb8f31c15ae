import { useEffect } from 'react';
import { fontUrl, useMediaBase, useOwnFonts } from '../../engine/index.ts';
import { setAddedFonts } from '../../preview/fonts.ts';

/** Tells whoever draws text which fonts were added to the library. Draws nothing. */
export function AddedFonts() {
  const mediaBase = useMediaBase();
  const fonts = useOwnFonts().data?.fonts;
  useEffect(() => {
    if (mediaBase === '' || !fonts) return;
    setAddedFonts(fonts.map((font) => ({ ...font, url: fontUrl(mediaBase, font.file) })));
  }, [mediaBase, fonts]);
  return null;
}
