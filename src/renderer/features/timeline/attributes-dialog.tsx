import { useState } from 'react';
import { Button, Checkbox, Dialog } from '../../ui/index.ts';
import { useEditor } from './editor-model.ts';
import type { ClipItem } from './model/lanes.ts';
import {
  type AttributeKey,
  type AttributeSource,
  attributeKeys,
  offeredAttributes,
  pasteAttributesEdit,
} from './model/paste-attributes.ts';

const words: Record<AttributeKey, string> = {
  place: 'Place, size and rotation',
  opacity: 'Opacity',
  crop: 'Crop',
  colours: 'Colours',
  blur: 'Blur',
  keyframes: 'Keyframes of what is chosen above',
  transitions: 'Transitions at its beginning and end',
  audio: 'Sound: gain, curve, pan, fades and mute',
  style: 'Look of the text',
};

/** Asks which properties of the copied clip the selected ones take over. */
export function AttributesDialog(props: { from: AttributeSource; items: readonly ClipItem[]; onClose: () => void }) {
  const { from, items, onClose } = props;
  const { commit } = useEditor();
  const offered = offeredAttributes(from, items);
  const [chosen, setChosen] = useState(offered);
  const shown = attributeKeys.filter((key) => offered[key]);
  const paste = () => {
    commit(pasteAttributesEdit(from, items, chosen));
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Paste attributes"
      description={
        shown.length === 0
          ? 'The copied clip has nothing that the selected ones could take over.'
          : `From the copied clip to ${items.length === 1 ? 'the selected clip' : `${items.length} selected clips`}.`
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={paste} disabled={!shown.some((key) => key !== 'keyframes' && chosen[key])}>
            Paste
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        {shown.map((key) => (
          <Checkbox
            key={key}
            label={words[key]}
            value={chosen[key]}
            onChange={(isOn) => setChosen((old) => ({ ...old, [key]: isOn }))}
          />
        ))}
      </div>
    </Dialog>
  );
}
