import { useEffect, useState } from 'react';
import type { GlobalOption } from '#shared/model/index.ts';
import { adFontFamily, loadAdFont } from '../../preview/page-fonts.ts';
import { cn } from '../../ui/index.ts';

/** A logo that is set in type instead of being a picture: its first words in their own font and colour, small. */
export function LogoWords({ option, className }: { option: GlobalOption; className?: string }) {
  const clips = option.content.kind === 'clips' ? option.content.clips : [];
  const words = clips.map(({ content }) => content).find((content) => content.kind === 'text');
  const [isReady, setIsReady] = useState(false);
  const family = words?.style.fontFamily;
  const weight = words?.style.fontWeight;
  const isItalic = words?.style.isItalic;
  useEffect(() => {
    if (family === undefined || weight === undefined || isItalic === undefined) return;
    let isWanted = true;
    void loadAdFont({ fontFamily: family, fontWeight: weight, isItalic }).then(() => isWanted && setIsReady(true));
    return () => {
      isWanted = false;
    };
  }, [family, weight, isItalic]);
  if (!words || !family || !isReady) return null;
  const longest = Math.max(...words.text.split('\n').map((line) => line.length), 3);
  return (
    <span
      aria-hidden
      data-testid="logo-words"
      className={cn('flex items-center justify-center overflow-hidden bg-checker leading-none', className)}
      style={{
        fontFamily: `"${adFontFamily(family)}", var(--font-sans)`,
        fontWeight: weight,
        fontStyle: isItalic ? 'italic' : 'normal',
        fontSize: `${Math.max(5, Math.min(16, 42 / longest))}px`,
        color: words.style.fill,
      }}
    >
      {words.text}
    </span>
  );
}
