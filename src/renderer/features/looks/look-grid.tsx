import type { ReactNode } from 'react';
import { type TextStyle, textStyleSchema } from '#shared/model/index.ts';
import { ContextMenu, cn, type MenuItem } from '../../ui/index.ts';
import { LookPicture } from './look-picture.tsx';

/** A look on offer. */
export interface OfferedLook {
  id: string;
  name: string;
  style: TextStyle;
}

interface LookGridProps {
  /** What the looks are for. */
  label: string;
  looks: readonly OfferedLook[];
  /** The style in force. */
  chosen: TextStyle | null;
  /** Shown in the picture while pointed at or focused; null = no longer. */
  onPreview: (look: OfferedLook | null) => void;
  onChoose: (look: OfferedLook) => void;
  /** What a right click offers. */
  menuOf?: (look: OfferedLook) => readonly MenuItem[];
}

/** Two styles that look alike, whatever order their parts are in. */
export function isSameLook(a: TextStyle, b: TextStyle): boolean {
  return Object.keys(textStyleSchema.shape).every((key) => a[key as keyof TextStyle] === b[key as keyof TextStyle]);
}

/** Looks as pictures of words: one pointed at shows in the picture, a click keeps it. */
export function LookGrid({ label, looks, chosen, onPreview, onChoose, menuOf }: LookGridProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label={label} className="grid grid-cols-3 gap-1.5">
      {looks.map((look) => {
        const isChosen = chosen !== null && isSameLook(chosen, look.style);
        const button = (
          <button
            key={look.id}
            type="button"
            aria-pressed={isChosen}
            onPointerEnter={() => onPreview(look)}
            onPointerLeave={() => onPreview(null)}
            onFocus={() => onPreview(look)}
            onBlur={() => onPreview(null)}
            onClick={() => onChoose(look)}
            className={cn(
              'flex min-w-0 flex-col overflow-hidden rounded-md border bg-raise text-left text-xs',
              isChosen ? 'border-accent text-ink' : 'border-line-strong text-ink-2 hover:border-ink-3',
            )}
          >
            <span className="block w-full bg-gradient-to-br from-[#4a5568] to-[#8a7a63]">
              <LookPicture style={look.style} />
            </span>
            <span className="truncate px-1 py-0.5">{look.name}</span>
          </button>
        );
        const items = menuOf?.(look) ?? [];
        return items.length === 0 ? button : <WithMenu key={look.id} items={items} button={button} />;
      })}
    </div>
  );
}

function WithMenu({ items, button }: { items: readonly MenuItem[]; button: ReactNode }) {
  return <ContextMenu items={items}>{button}</ContextMenu>;
}
