import { useSettledEditor } from './editor-model.ts';
import { clipName } from './model/clip-name.ts';
import { assetOf } from './model/trim.ts';

/** For those who cannot see it: what has just been selected. */
export function SelectionWords() {
  const { selectedItems, selectedGlobal, assets } = useSettledEditor();
  const names = selectedItems.map((item) => {
    const assetId = assetOf(item);
    return `${clipName(item, (assetId && assets.get(assetId)) ?? null)} on ${item.lane.name}`;
  });
  if (selectedGlobal) names.push(selectedGlobal.slot.name);
  const [first] = names;
  return (
    <p role="status" className="sr-only">
      {first && (names.length === 1 ? `Selected: ${first}` : `${names.length} clips selected`)}
    </p>
  );
}
