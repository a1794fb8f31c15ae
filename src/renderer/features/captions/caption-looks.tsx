import { captionPresets, captionStyleEdit, chosenCaptionStyle } from '#shared/captions/index.ts';
import { type Layer, type TextStyle, textStyleSchema } from '#shared/model/index.ts';
import { cn } from '../../ui/index.ts';
import { PosterText } from '../board/poster-text.tsx';
import { useEditor } from '../timeline/editor-model.ts';

/** A piece of an upright picture, wide enough for a word: lengths are those of the picture. */
const swatch = { width: 420, height: 190 };

function swatchLayer(style: TextStyle): Extract<Layer, { kind: 'text' }> {
  const text = style.isUppercase ? 'WORDS' : 'Words';
  const anchor = { x: swatch.width / 2, y: swatch.height / 2 };
  return { kind: 'text', instance: 'swatch', text, style, anchor, pixelScale: 1.25, opacity: 1 };
}

/** Two styles that look alike, whatever order their parts are in. */
function isSame(a: TextStyle, b: TextStyle): boolean {
  return Object.keys(textStyleSchema.shape).every((key) => a[key as keyof TextStyle] === b[key as keyof TextStyle]);
}

/** Ready-made looks for all captions of the ad: seen in the picture while pointed at, kept by a click. */
export function CaptionLooks() {
  const { base, target, draft, commit } = useEditor();
  const variant = target.kind === 'variant' ? target.variant : undefined;
  const chosen = chosenCaptionStyle(base, variant);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label="Look of the captions" className="grid grid-cols-3 gap-1.5 px-3 py-2">
      {captionPresets.map(({ id, name, style }) => {
        const edit = () => captionStyleEdit(base, style, name, variant);
        const isChosen = chosen !== null && isSame(chosen, style);
        return (
          <button
            key={id}
            type="button"
            aria-pressed={isChosen}
            onPointerEnter={() => draft(edit())}
            onPointerLeave={() => draft(null)}
            onFocus={() => draft(edit())}
            onBlur={() => draft(null)}
            onClick={() => commit(isChosen ? null : edit())}
            className={cn(
              'flex flex-col overflow-hidden rounded-md border bg-raise text-xs',
              isChosen ? 'border-accent text-ink' : 'border-line-strong text-ink-2 hover:border-ink-3',
            )}
          >
            <span
              className="@container relative block w-full overflow-hidden bg-gradient-to-br from-[#4a5568] to-[#8a7a63]"
              style={{ aspectRatio: `${swatch.width} / ${swatch.height}` }}
            >
              <PosterText layer={swatchLayer(style)} output={swatch} />
            </span>
            <span className="truncate px-1 py-0.5">{name}</span>
          </button>
        );
      })}
    </div>
  );
}
