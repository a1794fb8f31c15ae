import { useCallback, useRef } from 'react';
import { chosenCaptionStyle } from '#shared/captions/index.ts';
import {
  type AssetId,
  type ClipId,
  type Edit,
  editSchema,
  type FieldValues,
  type Project,
  type Sequence,
} from '#shared/model/index.ts';
import { type CaptionGrouping, heardClips, makeCaptions, type WordsByAsset } from '#shared/transcript/index.ts';
import { attempt, useEngine, useUndo } from '../../engine/index.ts';
import { fontFamilies } from '../../preview/fonts.ts';
import { toast } from '../../ui/index.ts';
import { type EditorModel, useEditor } from '../timeline/editor-model.ts';
import type { TimelineView } from '../timeline/model/lanes.ts';

/** Makes captions for the clips selected, for what is shown, or for every option of the ad. */
export type MakeCaptions = (scope: 'clips' | 'shown' | 'all', grouping: CaptionGrouping) => Promise<void>;

/** A sequence with the values of the option it is looked at by. */
interface Place {
  sequence: Sequence;
  values: FieldValues;
}

/** Every sequence that options play, once each. */
function allPlaces(project: Project): Place[] {
  const places = new Map<string, Place>();
  for (const { content } of project.slots.flatMap(({ options }) => options)) {
    if (content.kind !== 'sequence' || places.has(content.sequenceId)) continue;
    const sequence = project.sequences.find(({ id }) => id === content.sequenceId);
    if (sequence) places.set(sequence.id, { sequence, values: content.values });
  }
  return [...places.values()];
}

function shownPlaces(view: TimelineView): Place[] {
  const places = view.sections.flatMap(({ sequence, values }) => (sequence ? [{ sequence, values }] : []));
  return [...new Map(places.map((place) => [place.sequence.id, place])).values()];
}

const are = (count: number, one: string, many: string): string => (count === 1 ? `1 ${one}` : `${count} ${many}`);

/** One edit that makes the captions of several sequences, and what it does in words; null when nothing is said. */
function captionsOf(
  project: Project,
  places: readonly Place[],
  options: { words: WordsByAsset; grouping: CaptionGrouping; clipIds?: ReadonlySet<ClipId> },
): { edit: Edit; text: string } | null {
  const families = fontFamilies().map(({ family }) => family);
  const style = chosenCaptionStyle(project) ?? {};
  const made = places.flatMap(({ sequence, values }) => {
    const put = makeCaptions({ ...options, project, sequence, values, style, fontFamilies: families });
    return put.edit ? [{ ...put, edit: put.edit }] : [];
  });
  const steps = made.flatMap(({ edit }) => (edit.type === 'batch' ? edit.edits : [edit]));
  if (steps.length === 0) return null;
  const sum = (count: (one: (typeof made)[number]) => number) => made.reduce((all, one) => all + count(one), 0);
  const text = [
    `${are(
      sum(({ placed }) => placed),
      'caption',
      'captions',
    )} made${made.length > 1 ? ` on ${made.length} timelines` : ''}.`,
    sum(({ replaced }) => replaced) > 0 &&
      `${are(
        sum(({ replaced }) => replaced),
        'that was there was',
        'that were there were',
      )} replaced.`,
  ];
  return {
    edit: editSchema.parse({ type: 'batch', label: 'Make captions', edits: steps }),
    text: text.filter((one) => typeof one === 'string').join(' '),
  };
}

/** Media heard in any option of the ad. */
function heardAnywhere(project: Project): AssetId[] {
  const ids = allPlaces(project).flatMap(({ sequence, values }) => heardClips(sequence, values));
  return [...new Set(ids.map(({ assetId }) => assetId))];
}

/** See {@link MakeCaptions}; the same function for as long as it is seen. */
export function useMakeCaptions(now: { view: TimelineView; words: WordsByAsset }): MakeCaptions {
  const model = useEditor();
  const engine = useEngine();
  const { undo } = useUndo(model.projectId);
  const scene = useRef<{ model: EditorModel; view: TimelineView; words: WordsByAsset }>({ ...now, model });
  scene.current = { ...now, model };
  return useCallback<MakeCaptions>(
    async (scope, grouping) => {
      const assetIds = heardAnywhere(scene.current.model.base);
      const read = scope === 'all' && (await attempt(() => engine.transcripts.getMany({ assetIds })));
      // What is there may have changed while transcripts were read.
      const { view, words: shown, model: latest } = scene.current;
      const words = read ? new Map(read.transcripts.map((one) => [one.assetId, one.words])) : shown;
      const clipIds = new Set(latest.selectedItems.map(({ clip }) => clip.id));
      const places = scope === 'all' ? allPlaces(latest.base) : shownPlaces(view);
      try {
        const captions = captionsOf(latest.base, places, {
          words,
          grouping,
          ...(scope === 'clips' ? { clipIds } : {}),
        });
        if (!captions) toast.info('Nothing is said there, as far as the transcripts tell.');
        else if (latest.commit(captions.edit)) toast.done(captions.text, { label: 'Undo', onClick: undo });
      } catch (error) {
        toast.error(error);
      }
    },
    [engine, undo],
  );
}
