import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import type { ImportView } from '#shared/contract/index.ts';
import { isCancelled } from '#shared/errors/index.ts';
import type { Asset, AssetId } from '#shared/model/index.ts';
import { keys, useEngineHandle } from '../../engine/index.ts';
import { useOpenDialog, useReportUpload } from '../../state/index.ts';
import { formatCount, toast } from '../../ui/index.ts';
import type { Incoming } from './dropped-files.ts';
import { uploadAll } from './upload-all.ts';

/** What an import brought: its assets in the order of the files, duplicates included. */
export interface Imported {
  view: ImportView;
  assets: Asset[];
}

/** Imports files or paths and reports the outcome to the person. Null when it failed or was cancelled. */
export function useImport(): (incoming: Incoming) => Promise<Imported | null> {
  const engine = useEngineHandle();
  const queries = useQueryClient();
  const report = useReportUpload();
  const openDialog = useOpenDialog();
  const latest = useRef({ report, openDialog });
  latest.current = { report, openDialog };
  return useCallback(
    async ({ paths, files }) => {
      if (paths.length + files.length === 0) return null;
      try {
        const uploads = await uploadAll(engine, files, (id, progress) => latest.current.report(id, progress));
        const { importId } = await engine.client.library.import({ paths, uploads });
        const view = await engine.client.library.waitForImport({ importId });
        const assets = await assetsOf(view, (ids) => engine.client.library.getMany({ ids }));
        for (const asset of assets) queries.setQueryData(keys.asset(asset.id), asset);
        announce(view, () => latest.current.openDialog({ kind: 'import-result', importId: view.id }));
        return view.state === 'cancelled' ? null : { view, assets };
      } catch (error) {
        if (!isCancelled(error)) toast.error(error);
        return null;
      }
    },
    [engine, queries],
  );
}

async function assetsOf(view: ImportView, read: (ids: AssetId[]) => Promise<{ assets: Asset[] }>): Promise<Asset[]> {
  const ids = [...new Set(view.items.flatMap((item) => item.assetId ?? []))];
  if (ids.length === 0) return [];
  const { assets } = await read(ids);
  const order = new Map(ids.map((id, index) => [id, index]));
  return assets.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}

/** "12 files imported, 2 already there, 1 refused". */
export function importSummary(view: Pick<ImportView, 'imported' | 'duplicates' | 'refused'>): string {
  const parts = [
    view.imported > 0 ? `${formatCount(view.imported, 'file')} imported` : '',
    view.duplicates > 0 ? `${view.duplicates} already in the library` : '',
    view.refused > 0 ? `${view.refused} refused` : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(', ') : 'Nothing to import was found there';
}

function announce(view: ImportView, showDetails: () => void): void {
  const summary = importSummary(view);
  if (view.state === 'cancelled') toast.info('Import cancelled. What had been read stays in the library.');
  else if (view.refused > 0) toast.info(summary, { label: 'Show why', onClick: showDetails });
  else if (view.imported > 0) toast.done(summary);
  else toast.info(summary);
}
