import { useCallback } from 'react';
import { putCaptions, putWords, readCaptions } from '#shared/captions/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Asset, ProjectId, SequenceId } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { attempt, originalUrl, useApplyEdit, useMediaBase, useNewestProject, useUndo } from '../../engine/index.ts';
import { fontFamilies } from '../../preview/fonts.ts';
import { toast } from '../../ui/index.ts';
import { sectionAt, sharersOf, type TimelineView } from '../timeline/model/lanes.ts';

/** A caption file of the library, and the option it goes to. */
export interface PutWish {
  asset: Pick<Asset, 'id' | 'name'>;
  sequenceId: SequenceId;
  /** "Hook 3". */
  placeName: string;
}

async function readFile(url: string, name: string): Promise<Uint8Array> {
  const answer = await fetch(url);
  if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  throw new AppError(
    'media-missing',
    `“${name}” cannot be read at present. Find its file in the library, then try again.`,
    {
      message: `captions: HTTP ${answer.status}`,
      retry: 'relink',
    },
  );
}

/** Puts a caption file of the library onto an option's timeline as one step; says what became of it, and offers undo. */
export function usePutCaptions(projectId: ProjectId): (wish: PutWish) => Promise<void> {
  const mediaBase = useMediaBase();
  const apply = useApplyEdit(projectId);
  const newest = useNewestProject(projectId);
  const { undo } = useUndo(projectId);
  return useCallback(
    async ({ asset, sequenceId, placeName }) => {
      const file = await attempt(async () =>
        readCaptions(await readFile(originalUrl(mediaBase, asset.id), asset.name)),
      );
      // What is there may have changed while the file was read.
      const project = newest();
      const sequence = project?.sequences.find(({ id }) => id === sequenceId);
      if (!file || !project || !sequence) return;
      const families = fontFamilies().map(({ family }) => family);
      const put = putCaptions({ project, sequence, file, fontFamilies: families });
      const words = putWords(put, file, { name: placeName, sharers: sharersOf(project, sequenceId).length });
      if (!put.edit) toast.info(words);
      else if (apply(put.edit)) toast.done(words, { label: 'Undo', onClick: undo });
    },
    [mediaBase, apply, newest, undo],
  );
}

/** The same for the part of a timeline that is at a frame. */
export function usePutCaptionsAt(
  projectId: ProjectId,
): (view: TimelineView, frame: Frames, asset: PutWish['asset']) => Promise<void> {
  const put = usePutCaptions(projectId);
  return useCallback(
    async (view, frame, asset) => {
      const section = sectionAt(view, frame);
      if (section?.sequence) await put({ asset, sequenceId: section.sequence.id, placeName: section.optionName });
      else toast.info('There is nothing to put captions on yet. Add footage first.');
    },
    [put],
  );
}
