import { AttributesDialog } from './attributes-dialog.tsx';
import { copiedClip } from './clipboard.ts';
import type { TimelineDialog } from './edit-actions.ts';
import { useSettledEditor } from './editor-model.ts';
import { FindTextDialog } from './find-text-dialog.tsx';
import { MarkerDialog } from './marker-dialog.tsx';

/** The timeline's open dialog, if any. */
export function TimelineDialogs({ dialog, onClose }: { dialog: TimelineDialog | null; onClose: () => void }) {
  const { view, selectedItems } = useSettledEditor();
  if (!dialog) return null;
  if (dialog.kind === 'find') return <FindTextDialog onClose={onClose} />;
  if (dialog.kind === 'attributes') {
    const from = copiedClip();
    return from ? <AttributesDialog from={from} items={selectedItems} onClose={onClose} /> : null;
  }
  const marker = view.markers.find((candidate) => candidate.key === dialog.key);
  return marker ? <MarkerDialog key={marker.key} item={marker} onClose={onClose} /> : null;
}
