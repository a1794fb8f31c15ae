import type { Clip, EditInput, SequenceId, TrackId } from '#shared/model/index.ts';
import { newId } from '#shared/model/index.ts';
import type { TimelineView } from './lanes.ts';

type Batch = Extract<EditInput, { type: 'batch' }>;

/** A timeline with these clips for an option that so far plays nothing; null when every option shown has one. */
export function newSequenceEdit(view: TimelineView, clips: readonly Clip[] = []): Batch | null {
  const section = view.sections.find((candidate) => !candidate.sequence);
  if (!section) return null;
  const sequenceId = newId<SequenceId>('sequence');
  return {
    type: 'batch',
    label: 'Start timeline',
    edits: [
      {
        type: 'sequence.add',
        sequence: {
          id: sequenceId,
          name: section.optionName,
          tracks: [
            { id: newId<TrackId>('track'), kind: 'visual', name: 'Video', clips: [...clips] },
            { id: newId<TrackId>('track'), kind: 'visual', name: 'Text' },
          ],
        },
      },
      {
        type: 'option.setContent',
        optionId: section.optionId,
        content: { kind: 'sequence', sequenceId },
      },
    ],
  };
}
