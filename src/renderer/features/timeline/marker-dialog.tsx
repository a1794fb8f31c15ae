import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { markerColours } from '#shared/model/index.ts';
import { formatTimecode } from '#shared/units/index.ts';
import { Button, cn, Dialog, Field, TextArea } from '../../ui/index.ts';
import { useSettledEditor } from './editor-model.ts';
import { markerLooks } from './marker-colours.ts';
import type { MarkerItem } from './model/lanes.ts';
import { markerEdit, removeMarkerEdit } from './model/markers.ts';

/** Note and colour of a marker. */
export function MarkerDialog({ item, onClose }: { item: MarkerItem; onClose: () => void }) {
  const { commit, view } = useSettledEditor();
  const [note, setNote] = useState(item.marker.note);
  const [colour, setColour] = useState(item.marker.colour);
  const save = () => {
    commit(markerEdit(item, { note, colour }));
    onClose();
  };
  const remove = () => {
    commit(removeMarkerEdit(item));
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Marker at ${formatTimecode(item.frame, view.rate)}`}
      className="w-96"
      footerStart={
        <Button variant="ghost" icon={<Trash2 className="size-4" />} onClick={remove}>
          Remove
        </Button>
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label="Note">
          {(id) => (
            <TextArea
              id={id}
              value={note}
              maxLength={1000}
              onChange={(event) => setNote(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
              }}
            />
          )}
        </Field>
        <div role="radiogroup" aria-label="Colour" className="flex gap-2">
          {markerColours.map((one) => (
            // biome-ignore lint/a11y/useSemanticElements: a swatch, drawn as a whole
            <button
              key={one}
              type="button"
              role="radio"
              aria-checked={one === colour}
              aria-label={one}
              title={one}
              onClick={() => setColour(one)}
              className={cn(
                'size-6 rounded-full ring-offset-2 ring-offset-panel',
                one === colour ? 'ring-2 ring-ink' : 'hover:ring-2 hover:ring-line-strong',
              )}
              style={{ backgroundColor: markerLooks[one] }}
            />
          ))}
        </div>
      </div>
    </Dialog>
  );
}
