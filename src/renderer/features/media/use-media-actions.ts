import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { type AppError, toAppError } from '#shared/errors/index.ts';
import { type Asset, type AssetId, newId, type ProjectId, type SlotId } from '#shared/model/index.ts';
import { setMusicEdit, stillFramesAt } from '#shared/model/recipes.ts';
import { attempt, type EngineClient, useApplyEdit, useEngine, useSettings } from '../../engine/index.ts';
import { formatCount, toast } from '../../ui/index.ts';
import { addOptionsEdit, splitForPart } from '../import/sort-media.ts';
import { useOfferSound } from '../import/use-offer-sound.ts';
import { useChoosePath } from '../paths/use-choose-path.ts';
import { useCurrentProject } from '../projects/use-current-project.ts';

type Patch = Parameters<EngineClient['library']['update']>[0]['patch'];

/** Things that can be done with media of the library. Each shows its failure; those that take away offer undo. */
export interface MediaActions {
  update: (ids: readonly AssetId[], patch: Patch) => void;
  /** `onGone` once they are really gone: a refusal leaves them. */
  remove: (ids: readonly AssetId[], onGone?: () => void) => void;
  derive: (ids: readonly AssetId[]) => void;
  addToCollection: (ids: readonly AssetId[], collection: { id: string; name: string } | { name: string }) => void;
  /** One new option per asset. */
  addToSlot: (assets: readonly Asset[], slotId: SlotId) => void;
  addMusic: (asset: Asset) => void;
  /** Asks for the file of one asset, or for a folder to look for all missing ones in. */
  relink: (assetId: AssetId | null) => void;
}

async function removeAssets(engine: EngineClient, ids: AssetId[], force: boolean): Promise<void> {
  await engine.library.remove({ ids, force });
  toast.done(`${formatCount(ids.length, 'item')} removed. Your files stay where they are.`, {
    label: 'Undo',
    onClick: () => void attempt(() => engine.library.restore({ ids })),
  });
}

function useRemove(): MediaActions['remove'] {
  const engine = useEngine();
  return useCallback(
    (ids, onGone = () => undefined) => {
      removeAssets(engine, [...ids], false).then(onGone, (failure: unknown) => {
        const error: AppError = toAppError(failure);
        if (error.code !== 'conflict') return toast.error(error);
        toast.error(error, {
          label: 'Remove anyway',
          onClick: () => void attempt(() => removeAssets(engine, [...ids], true).then(onGone)),
        });
      });
    },
    [engine],
  );
}

function useRelink(): (assetId: AssetId | null) => void {
  const engine = useEngine();
  const choose = useChoosePath();
  return (assetId) => {
    const relink = async () => {
      const path = assetId
        ? await choose.mediaFile('Where is this file now?')
        : await choose.folder('Look for missing files in');
      if (!path) return;
      const answer = await attempt(() => engine.library.relink({ path, ...(assetId ? { assetId } : {}) }));
      if (!answer) return;
      const rest = answer.stillMissing > 0 ? ` ${formatCount(answer.stillMissing, 'file')} still missing.` : '';
      if (answer.relinked.length > 0) toast.done(`${formatCount(answer.relinked.length, 'file')} found again.${rest}`);
      else toast.info(`None of the missing files was found there.${rest}`);
    };
    void relink();
  };
}

function useAddToProject(): Pick<MediaActions, 'addToSlot' | 'addMusic'> {
  const { id, state } = useCurrentProject();
  const apply = useApplyEdit(id ?? ('none' as ProjectId));
  const stillSeconds = useSettings().data?.stillSeconds ?? 3;
  const project = state?.project;
  const offerSound = useOfferSound(project ?? null);
  return {
    addToSlot: (assets, slotId) => {
      if (!project) return;
      const { shown, sounds } = splitForPart(assets);
      const wanted = shown.map((asset) => ({ slotId, item: { asset } }));
      const edit = addOptionsEdit(project, wanted, stillFramesAt(project.rate, stillSeconds));
      const slot = project.slots.find((one) => one.id === slotId);
      if (!edit && sounds.length > 0) return offerSound(sounds, slot?.name ?? 'a part');
      if (!edit)
        return toast.info(
          'Captions go onto a timeline, by “Put captions on” in their menu. Documents cannot be put into an ad.',
        );
      if (apply(edit)) toast.done(`${formatCount(shown.length, 'option')} added to ${slot?.name ?? 'the ad'}.`);
    },
    addMusic: (asset) => {
      if (!project) return;
      const music = project.globals.find((slot) => slot.kind === 'music');
      const isNewOption = (music?.options.length ?? 0) > 0;
      if (apply(setMusicEdit({ project, asset, isNewOption, ids: newId })))
        toast.done(`“${asset.name}” added as music.`);
    },
  };
}

/** See {@link MediaActions}. */
export function useMediaActions(): MediaActions {
  const engine = useEngine();
  const queries = useQueryClient();
  const remove = useRemove();
  const relink = useRelink();
  const adding = useAddToProject();
  const plain = useMemo(
    () => ({
      update: (ids: readonly AssetId[], patch: Patch) =>
        void attempt(() => engine.library.update({ ids: [...ids], patch })),
      derive: (ids: readonly AssetId[]) => void attempt(() => engine.library.derive({ ids: [...ids] })),
      addToCollection: (ids: readonly AssetId[], collection: { id?: string; name: string }) => {
        const add = async () => {
          const known = collection.id ?? (await engine.library.addCollection({ name: collection.name })).id;
          type CollectionId = Parameters<EngineClient['library']['changeCollection']>[0]['id'];
          await engine.library.changeCollection({ id: known as CollectionId, add: [...ids] });
          await queries.invalidateQueries({ queryKey: ['collections'] });
          toast.done(`${formatCount(ids.length, 'item')} put into “${collection.name}”.`);
        };
        void attempt(add);
      },
    }),
    [engine, queries],
  );
  return { ...plain, ...adding, remove, relink };
}
