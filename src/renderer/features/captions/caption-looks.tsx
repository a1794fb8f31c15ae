import { captionPresets, captionStyleEdit, chosenCaptionStyle } from '#shared/captions/index.ts';
import { isSameLook, TextLooks } from '../looks/index.ts';
import { useEditor } from '../timeline/editor-model.ts';

/** Looks for all captions of the ad: seen in the picture while pointed at, kept by a click. */
export function CaptionLooks() {
  const { base, target, draft, commit } = useEditor();
  const variant = target.kind === 'variant' ? target.variant : undefined;
  const chosen = chosenCaptionStyle(base, variant);
  return (
    <div className="px-3 py-2">
      <TextLooks
        label="Look of the captions"
        looks={captionPresets}
        chosen={chosen}
        onPreview={(look) => draft(look && captionStyleEdit(base, look.style, look.name, variant))}
        onChoose={({ style, name }) =>
          commit(chosen && isSameLook(chosen, style) ? null : captionStyleEdit(base, style, name, variant))
        }
      />
    </div>
  );
}
