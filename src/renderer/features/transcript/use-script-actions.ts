import { useCallback, useMemo, useRef } from 'react';
import {
  cutEdit,
  joinWords,
  type SequenceCuts,
  splitWords,
  type Transcript,
  type WordsByAsset,
} from '#shared/transcript/index.ts';
import { type Frames, formatTimecode, type Rate } from '#shared/units/index.ts';
import { attempt, useEngine } from '../../engine/index.ts';
import { toast } from '../../ui/index.ts';
import { type EditorModel, useEditor } from '../timeline/editor-model.ts';
import type { TimelineView } from '../timeline/model/lanes.ts';
import { correctable, cutLength, cutsOfWords, type Script } from './model/script.ts';
import { type KnownTranscripts, useAdoptTranscript } from './use-transcripts.ts';

/** Most stretches cut at once: each may need captions mended, and an edit holds a thousand steps. */
export const mostCuts = 250;

/** What can be done with the words shown. */
export interface ScriptActions {
  /** Cuts words out of the video; true when something was cut. */
  cutWords: (isMeant: (index: number) => boolean, label: string) => boolean;
  /** Cuts stretches out of the video; true when something was cut. */
  cut: (cuts: readonly SequenceCuts[], label: string) => boolean;
  /** Other words for those from `from` to `to`; none takes them out of the transcript. */
  correct: (from: number, to: number, text: string) => void;
}

interface Scene {
  model: EditorModel;
  view: TimelineView;
  script: Script;
  transcripts: KnownTranscripts;
}

/** "1.4 s", for people. */
export function secondsText(frames: Frames, rate: Rate): string {
  return `${((frames * rate.den) / rate.num).toFixed(1)} s`;
}

/** The first frame (of the timeline shown) that cuts take away. */
function firstFrame(cuts: readonly SequenceCuts[], view: TimelineView): Frames | null {
  const starts = view.sections.flatMap(({ sequence, startFrame }) =>
    cuts
      .filter(({ sequenceId }) => sequenceId === sequence?.id)
      .flatMap(({ stretches }) => stretches.map((stretch) => startFrame + stretch.startFrame)),
  );
  return starts.length === 0 ? null : Math.min(...starts);
}

/** At most {@link mostCuts} stretches, the first ones. */
function bounded(cuts: readonly SequenceCuts[]): SequenceCuts[] {
  let left = mostCuts;
  return cuts.flatMap(({ sequenceId, stretches }) => {
    const taken = stretches.slice(0, left);
    left -= taken.length;
    return taken.length === 0 ? [] : [{ sequenceId, stretches: taken }];
  });
}

function cutNow({ model, view }: Scene, cuts: readonly SequenceCuts[], words: WordsByAsset, label: string): boolean {
  const meant = bounded(cuts);
  const count = cuts.reduce((sum, { stretches }) => sum + stretches.length, 0);
  const at = firstFrame(meant, view);
  try {
    if (!model.commit(cutEdit(model.base, meant, words, label))) return false;
  } catch (error) {
    toast.error(error);
    return false;
  }
  model.transport.pause();
  if (at !== null) model.transport.seek(at);
  if (count > mostCuts) toast.info(`The first ${mostCuts} of ${count} were cut. Do it once more for the next ones.`);
  return true;
}

/** What the transcript view does, on what is shown when it is done; the same functions for as long as it is seen. */
export function useScriptActions(now: Omit<Scene, 'model'>): ScriptActions {
  const model = useEditor();
  const engine = useEngine();
  const adopt = useAdoptTranscript();
  const scene = useRef<Scene>({ ...now, model });
  scene.current = { ...now, model };
  const cut = useCallback<ScriptActions['cut']>((cuts, label) => {
    const isDone = cutNow(scene.current, cuts, scene.current.transcripts.words, label);
    const { rate } = scene.current.view;
    if (isDone) toast.done(`${secondsText(cutLength(bounded(cuts)), rate)} cut.`);
    return isDone;
  }, []);
  const cutWords = useCallback<ScriptActions['cutWords']>(
    (isMeant, label) => cut(cutsOfWords(scene.current.script, isMeant, scene.current.view), label),
    [cut],
  );
  const putBack = useCallback(
    async (corrected: Transcript, { assetId, words, language, origin }: Transcript) => {
      const now = scene.current.transcripts.byAsset.get(assetId);
      if (now?.revision !== corrected.revision) {
        toast.info('More was changed in this transcript since. Correct the words by hand.');
        return;
      }
      const answer = await attempt(() => engine.transcripts.set({ assetId, words, language, origin }));
      if (answer) adopt(answer);
    },
    [engine, adopt],
  );
  const correct = useCallback<ScriptActions['correct']>(
    async (first, last, text) => {
      const { script, transcripts } = scene.current;
      const { from, to } = correctable(script, first, last);
      const said = script.words.slice(from, to + 1);
      const [one] = said;
      const before = one && transcripts.byAsset.get(one.assetId);
      const old = joinWords(said.map((word) => word.text));
      const next = joinWords(splitWords(text));
      if (!before || next === old) return;
      const { assetId, index } = one;
      const answer = await attempt(() =>
        engine.transcripts.correct({ assetId, baseRevision: before.revision, index, count: said.length, text }),
      );
      if (!answer) return;
      adopt(answer);
      const what =
        next === '' ? `“${old}” taken out of the transcript; the video stays.` : `“${old}” is now “${next}”.`;
      toast.done(what, { label: 'Undo', onClick: () => void putBack(answer, before) });
    },
    [engine, adopt, putBack],
  );
  return useMemo(() => ({ cut, cutWords, correct }), [cut, cutWords, correct]);
}

/** "01:04:12" without hours that are none. */
export function shortTime(frame: Frames, rate: Rate): string {
  return formatTimecode(frame, rate).replace(/^00:/, '');
}
