import { type CSSProperties, useEffect, useState } from 'react';
import { emojiFamily, hasEmoji, type Layer } from '#shared/model/index.ts';
import { adFontFamily, isAdFontLoaded, lineHeightOf, loadAdFont } from '../../preview/page-fonts.ts';

type TextLayer = Extract<Layer, { kind: 'text' }>;

const sides = { left: '0', centre: '-50%', right: '-100%' } as const;
const rises = { top: '0', middle: '-50%', bottom: '-100%' } as const;
const alignments = { left: 'left', centre: 'center', right: 'right' } as const;

/** Everything in container units, so that a poster of any size shows the same. */
function styleOf({ style, anchor, pixelScale }: TextLayer, outputWidth: number, outputHeight: number): CSSProperties {
  const unit = (px: number) => `${(px / outputWidth) * 100}cqw`;
  const size = style.sizePx * pixelScale;
  const outline = style.outlinePx * pixelScale;
  const shadow = style.shadowPx * pixelScale;
  const padding = style.boxPaddingPx * pixelScale;
  return {
    position: 'absolute',
    left: `${(anchor.x / outputWidth) * 100}%`,
    top: `${(anchor.y / outputHeight) * 100}%`,
    width: 'max-content',
    maxWidth: `calc(${style.maxWidth * 100}cqw${style.boxColour ? ` + ${unit(padding * 2)}` : ''})`,
    transform: `translate(${sides[style.align]}, ${rises[style.verticalAlign]})`,
    textAlign: alignments[style.align],
    textWrap: 'balance',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'normal',
    fontFamily: `"${adFontFamily(style.fontFamily)}", "${adFontFamily(emojiFamily)}", var(--font-sans)`,
    fontWeight: style.fontWeight,
    fontStyle: style.isItalic ? 'italic' : 'normal',
    // libass makes a line as high as the size says; the page makes the letters' square so.
    fontSize: unit(size / lineHeightOf(style)),
    lineHeight: unit(size * style.lineSpacing),
    letterSpacing: unit(style.letterSpacingPx * pixelScale),
    color: style.fill,
    ...(outline > 0 && { WebkitTextStroke: `${unit(outline * 2)} ${style.outlineColour}`, paintOrder: 'stroke fill' }),
    ...(style.boxColour
      ? { backgroundColor: style.boxColour, padding: unit(padding) }
      : shadow > 0 && { textShadow: `${unit(shadow)} ${unit(shadow)} ${style.shadowColour}` }),
  };
}

/** Words on a poster, near enough to how libass sets them to tell posters apart: same place, font, size and colours. */
export function PosterText({ layer, output }: { layer: TextLayer; output: { width: number; height: number } }) {
  const { fontFamily, fontWeight, isItalic } = layer.style;
  const needsEmoji = hasEmoji(layer.text);
  const faces = [{ fontFamily, fontWeight, isItalic }];
  if (needsEmoji) faces.push({ fontFamily: emojiFamily, fontWeight: 700, isItalic: false });
  const key = JSON.stringify(faces);
  const [settled, setSettled] = useState('');
  // Known at once where another poster has loaded them: no second drawing while scrolling.
  const isReady = faces.every(isAdFontLoaded) || settled === key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is what the faces are
  useEffect(() => {
    if (isReady) return;
    let isWanted = true;
    void Promise.all(faces.map(loadAdFont)).then(() => isWanted && setSettled(key));
    return () => {
      isWanted = false;
    };
  }, [key, isReady]);
  if (!isReady) return null;
  return (
    <span aria-hidden style={{ ...styleOf(layer, output.width, output.height), opacity: layer.opacity }}>
      {layer.text}
    </span>
  );
}
