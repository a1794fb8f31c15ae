import { useEffect, useRef } from 'react';
import type { TextStyle } from '#shared/model/index.ts';
import { drawLook, lookSize } from './draw-look.ts';

/** A look of text, drawn as the export draws it; empty until it is there. */
export function LookPicture({ style }: { style: TextStyle }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const key = JSON.stringify(style);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is what the style is
  useEffect(() => {
    let isWanted = true;
    void drawLook(style).then((image) => {
      const context = isWanted ? canvas.current?.getContext('2d') : null;
      context?.clearRect(0, 0, lookSize.width, lookSize.height);
      if (image) context?.putImageData(image, 0, 0);
    });
    return () => {
      isWanted = false;
    };
  }, [key]);
  return <canvas ref={canvas} {...lookSize} aria-hidden className="block w-full" />;
}
