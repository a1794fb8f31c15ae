import { useCallback, useRef } from 'react';
import type { AssetKind } from '#shared/model/index.ts';
import { useSettings } from '../../engine/queries.ts';
import { useAskForMedia } from '../../state/index.ts';
import type { Command } from '../../ui/index.ts';
import type { EditorModel } from './editor-model.ts';
import { type AddMode, addMediaEdit } from './model/add-media.ts';

const titles: Record<AddMode, string> = {
  insert: 'Insert at the playhead',
  overwrite: 'Put over what is at the playhead',
  append: 'Add at the end of the part',
};
const kinds: readonly AssetKind[] = ['video', 'image', 'audio'];

/** Media from the library onto the timeline without dragging: asks which, and puts them at the playhead. */
export function useAddMedia(current: () => EditorModel): { addMedia: () => void; addCommands: Command[] } {
  const pick = useAskForMedia();
  const stillSeconds = useSettings().data?.stillSeconds ?? 3;
  const add = async (mode: AddMode) => {
    const assets = await pick({ title: titles[mode], kinds, isMultiple: true });
    const { base, target, transport, commit, selectClips } = current();
    if (assets.length === 0) return;
    const { frame } = transport.getState();
    const { edit, clipIds } = addMediaEdit(base, target, assets, { mode, frame, stillSeconds });
    selectClips(clipIds);
    commit(edit);
  };
  const latest = useRef(add);
  latest.current = add;
  const addMedia = useCallback(() => void latest.current('insert'), []);
  const command = (mode: AddMode, label: string, keys: string): Command => ({
    ...{ id: `timeline.${mode}`, label, group: 'Timeline', keys },
    run: () => void add(mode),
  });
  return {
    addMedia,
    addCommands: [
      command('insert', 'Insert media at the playhead…', 'E'),
      command('overwrite', 'Overwrite with media at the playhead…', 'Shift+E'),
      command('append', 'Append media to the part…', 'Alt+Shift+E'),
    ],
  };
}
