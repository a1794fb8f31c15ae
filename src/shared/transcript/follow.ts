import { type Edit, editSchema, type Project, type SimpleEditInput } from '../model/index.ts';
import type { Rate } from '../units/index.ts';
import { allLinkedCaptions, captionTextOf, captionTimesOf, isEditedByHand, type LinkedCaption } from './link.ts';
import type { Transcript, TranscriptWord } from './transcript.ts';

/** The edits that give a caption the words of its transcript; none when it has them. A caption without words goes. */
export function captionEdits(caption: LinkedCaption, words: readonly TranscriptWord[], rate: Rate): SimpleEditInput[] {
  const { sequence, clip, content, link } = caption;
  const text = captionTextOf(caption, words, rate);
  if (text === link.text && text === content.text) return [];
  if (text === '') return [{ type: 'clip.remove', sequenceId: sequence.id, clipIds: [clip.id] }];
  const times = captionTimesOf(caption, text, words, rate);
  const next = { ...content, text, words: times, transcript: { ...link, text } };
  return [{ type: 'clip.set', sequenceId: sequence.id, clipId: clip.id, patch: { content: next } }];
}

/** Most steps of one edit. */
const stepsAtOnce = 1000;

/** Steps as edits of one name: one, unless there are more than an edit can hold. */
export function editsOf(label: string, steps: readonly SimpleEditInput[]): Edit[] {
  const count = Math.ceil(steps.length / stepsAtOnce);
  return Array.from({ length: count }, (_, at) =>
    editSchema.parse({ type: 'batch', label, edits: steps.slice(at * stepsAtOnce, (at + 1) * stepsAtOnce) }),
  );
}

/**
 * The edits (mostly one; none when nothing changes) that let a project's captions follow a transcript that was changed.
 * Captions edited by hand stay as they are, as do those of locked tracks.
 */
export function followTranscript(project: Project, { assetId, words }: Pick<Transcript, 'assetId' | 'words'>): Edit[] {
  const steps = allLinkedCaptions(project)
    .filter((caption) => caption.link.assetId === assetId && !caption.isLocked && !isEditedByHand(caption))
    .flatMap((caption) => captionEdits(caption, words, project.rate));
  return editsOf('Correct words in captions', steps);
}
