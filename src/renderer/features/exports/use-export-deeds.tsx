import { useNavigate } from '@tanstack/react-router';
import { z } from 'zod';
import type { ExportView } from '#shared/contract/index.ts';
import { assetIdSchema } from '#shared/model/index.ts';
import { attempt, useEngine } from '../../engine/index.ts';
import { useOpenDialog } from '../../state/index.ts';

/** True when a finished file lies where it should. */
export const isThere = (one: ExportView) => one.state === 'finished' && !one.isFileMissing;
const damagedSchema = z.object({ assetIds: z.array(assetIdSchema).min(1) });
const assetOf = (details: unknown) => damagedSchema.safeParse(details).data?.assetIds[0] ?? null;
const isGoingOn = (one: ExportView) => one.state === 'queued' || one.state === 'running';

/** What can be done with one export, by button and by key. */
export function useExportDeeds() {
  const engine = useEngine();
  const navigate = useNavigate();
  const openDialog = useOpenDialog();
  const deeds = {
    play: (one: ExportView) => openDialog({ kind: 'play-export', exportId: one.id }),
    why: (one: ExportView) => openDialog({ kind: 'why-export', exportId: one.id }),
    pause: (one: ExportView) => void attempt(() => engine.render.pause({ exportIds: [one.id] })),
    resume: (one: ExportView) => void attempt(() => engine.render.resume({ exportIds: [one.id] })),
    cancel: (one: ExportView) => void attempt(() => engine.render.cancel({ id: one.id })),
    again: (one: ExportView) => void attempt(() => engine.render.rerun({ id: one.id })),
    forget: (one: ExportView) => void attempt(() => engine.render.forget({ ids: [one.id] })),
    /** Shows the media that an export failed because of: the damaged one, else all that is missing. */
    relink: ({ error }: ExportView) => {
      const asset = error?.code === 'media-damaged' ? assetOf(error.details) : null;
      void navigate({ to: '/library', search: asset ? { asset } : { missing: true } });
    },
  };
  /** Does what a key stands for; false when it stands for nothing here. */
  const byKey = (key: string, one: ExportView): boolean => {
    switch (key.toLowerCase()) {
      case 'enter':
        if (!isThere(one)) return false;
        deeds.play(one);
        return true;
      case 'delete':
        if (isGoingOn(one) || one.state === 'paused') return false;
        deeds.forget(one);
        return true;
      case 'w':
        if (one.state !== 'finished') return false;
        deeds.why(one);
        return true;
      case 'r':
        if (isGoingOn(one)) return false;
        deeds.again(one);
        return true;
      case ' ':
        if (one.state === 'paused') deeds.resume(one);
        else if (isGoingOn(one)) deeds.pause(one);
        else return false;
        return true;
      default:
        return false;
    }
  };
  return { ...deeds, byKey };
}
