import {
  chosenOption,
  completeVariant,
  type Edit,
  editSchema,
  newId,
  type OptionId,
  type Project,
  type SimpleEditInput,
  type SlotId,
  type TextStyle,
  textStyleSchema,
  type Variant,
} from '../model/index.ts';

/** A ready-made look of captions. */
export interface CaptionPreset {
  id: string;
  /** For people. */
  name: string;
  style: TextStyle;
}

const preset = (id: string, name: string, style: Partial<TextStyle>): CaptionPreset => ({
  id,
  name,
  style: textStyleSchema.parse({ maxWidth: 0.82, ...style }),
});

/** The looks on offer, in fonts that are shipped; the first is what captions begin with. */
export const captionPresets = [
  preset('outline', 'Outline', { fontFamily: 'Inter', fontWeight: 700, sizePx: 72, outlinePx: 6 }),
  preset('box', 'Box', {
    ...{ fontFamily: 'Inter', fontWeight: 600, sizePx: 62, outlinePx: 0 },
    ...{ boxColour: '#000000CC', boxPaddingPx: 18 },
  }),
  preset('light-box', 'Light box', {
    ...{ fontFamily: 'Poppins', fontWeight: 700, sizePx: 62, fill: '#111111', outlinePx: 0 },
    ...{ boxColour: '#FFFFFF', boxPaddingPx: 18 },
  }),
  preset('yellow', 'Yellow', { fontFamily: 'Montserrat', fontWeight: 900, sizePx: 76, fill: '#FFE14D', outlinePx: 8 }),
  preset('capitals', 'Capitals', {
    ...{ fontFamily: 'Anton', fontWeight: 400, sizePx: 96, outlinePx: 6, isUppercase: true },
  }),
  preset('shadow', 'Soft shadow', {
    ...{ fontFamily: 'Poppins', fontWeight: 700, sizePx: 66, outlinePx: 0 },
    ...{ shadowPx: 4, shadowColour: '#000000CC' },
  }),
  preset('word-colour', 'Word in colour', {
    ...{ fontFamily: 'Montserrat', fontWeight: 900, sizePx: 78, outlinePx: 8, isUppercase: true },
    ...{ highlight: 'fill', highlightColour: '#FFE14D', wordsPerLine: 3, maxLines: 2 },
  }),
  preset('word-box', 'Word in a box', {
    ...{ fontFamily: 'Poppins', fontWeight: 700, sizePx: 76, outlinePx: 0, shadowPx: 3, shadowColour: '#000000CC' },
    ...{ highlight: 'box', highlightColour: '#7C3AED', wordsPerLine: 3, maxLines: 2, lineSpacing: 1.15 },
  }),
  preset('pop', 'Pop', {
    ...{ fontFamily: 'Anton', fontWeight: 400, sizePx: 104, outlinePx: 7, isUppercase: true },
    ...{ highlight: 'pop', highlightColour: '#3DF07A', wordsPerLine: 3, maxLines: 1 },
  }),
  preset('karaoke', 'Karaoke', {
    ...{ fontFamily: 'Inter', fontWeight: 700, sizePx: 74, outlinePx: 6 },
    ...{ highlight: 'karaoke', highlightColour: '#35C8FF', maxLines: 2 },
  }),
  preset('typewriter', 'Typewriter', {
    ...{ fontFamily: 'Inter', fontWeight: 600, sizePx: 64, outlinePx: 0, boxColour: '#101010D9', boxPaddingPx: 18 },
    ...{ highlight: 'typewriter', maxLines: 2 },
  }),
  preset('one-word', 'One word', {
    ...{ fontFamily: 'Bebas Neue', fontWeight: 400, sizePx: 190, outlinePx: 10, isUppercase: true },
    ...{ highlight: 'one-word' },
  }),
] as const satisfies readonly CaptionPreset[];

/** The look captions have where neither their file nor the ad says any. */
export const usualCaptionStyle: TextStyle = captionPresets[0].style;

/** The look that the caption-style slot gives this variant (default: the ad's first); null when there is none. */
export function chosenCaptionStyle(project: Project, variant?: Variant): TextStyle | null {
  const complete = variant ?? completeVariant(project, {}) ?? {};
  for (const slot of project.globals) {
    const content = chosenOption(slot, complete)?.content;
    if (content?.kind === 'caption-style') return content.style;
  }
  return null;
}

/**
 * Gives all captions a look: changes the caption style this variant (default: the ad's first) uses, and makes the slot and
 * its option where they are missing. Never adds an alternative, which would multiply the variants.
 */
export function captionStyleEdit(project: Project, style: TextStyle, name: string, variant?: Variant): Edit {
  const edits = [styleEdit(project, style, name, variant)];
  return editSchema.parse({ type: 'batch', label: 'Change look of captions', edits });
}

function styleEdit(project: Project, style: TextStyle, name: string, variant?: Variant): SimpleEditInput {
  const content = { kind: 'caption-style' as const, style };
  const complete = variant ?? completeVariant(project, {}) ?? {};
  const slot = project.globals.find(({ kind }) => kind === 'caption-style');
  const option = slot && (chosenOption(slot, complete) ?? slot.options[0]);
  if (option) return { type: 'global.setContent', optionId: option.id, content };
  const added = { id: newId<OptionId>('option'), name, content };
  if (slot) return { type: 'global.addOption', slotId: slot.id, option: added };
  return {
    type: 'global.add',
    slot: { id: newId<SlotId>('slot'), name: 'Caption style', kind: 'caption-style', options: [added] },
  };
}
