import type { Command } from '../../ui/index.ts';
import type { EditorModel } from './editor-model.ts';
import { withLinked } from './model/links.ts';
import { type Selectable, selectableBeside, selectableHere } from './model/select-by-key.ts';

/** Selects with what is linked, and brings it into view. */
function choose(model: EditorModel, item: Selectable | null, isAdding = false): void {
  if (!item) return;
  const items = 'lane' in item ? withLinked(model.view, [item]) : [];
  const before = isAdding ? model.selection : [];
  model.select([...before, item.key, ...items.map(({ key }) => key)]);
  const name = CSS.escape(item.key);
  const block = document.querySelector(`[data-clip="${name}"], [data-global="${name}"]`);
  block?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** Selecting clips without a pointer. */
export function selectCommands(current: () => EditorModel): Command[] {
  const frame = () => current().transport.getState().frame;
  const here = () => {
    const model = current();
    const globals = model.globals.flatMap(({ items }) => items);
    choose(model, selectableHere(model.view, globals, model.selection, frame()));
  };
  const beside = (direction: 1 | -1, isAdding: boolean) => () => {
    const model = current();
    choose(model, selectableBeside(model.view, model.selection, frame(), direction), isAdding);
  };
  const command = (id: string, label: string, keys: string, run: () => void): Command => ({
    ...{ id: `timeline.${id}`, label, group: 'Timeline', keys, run, repeats: true },
  });
  return [
    { ...command('selectHere', 'Select what is at the playhead, then what is below', 'D', here), repeats: false },
    command('selectNext', 'Select the next clip of the track', 'Mod+ArrowDown', beside(1, false)),
    command('selectPrevious', 'Select the previous clip of the track', 'Mod+ArrowUp', beside(-1, false)),
    command('selectMore', 'Also select the next clip of the track', 'Mod+Shift+ArrowDown', beside(1, true)),
    command('selectMoreBack', 'Also select the previous clip of the track', 'Mod+Shift+ArrowUp', beside(-1, true)),
  ];
}
