import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AssetId, Timeline } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { useEngine } from '../../engine/context.tsx';
import { rememberedAtom, useAtom } from '../../state/index.ts';
import { beatAssets, beatFrames } from './model/beats.ts';

const isShownAtom = rememberedAtom('timeline.beats', false);

/** Whether beats of the music are shown and snapped to. */
export function useBeatsShown(): [boolean, () => void] {
  const [isShown, setShown] = useAtom(isShownAtom);
  return [isShown, () => setShown((isOn) => !isOn)];
}

/** Beats of a timeline's music. */
export interface BeatView {
  frames: readonly Frames[];
  /** Tempo of the music; null without a steady one, or before it was found. */
  bpm: number | null;
  /** The engine is still listening. */
  isFinding: boolean;
}

interface Answer {
  bpm: number | null;
  seconds: number[];
}

const none: readonly Frames[] = [];

/** Beats of the music of a timeline, found by the engine when they are first shown. */
export function useBeats(timeline: Timeline): BeatView {
  const engine = useEngine();
  const [isShown] = useBeatsShown();
  const key = useMemo(() => (isShown ? beatAssets(timeline).join(' ') : ''), [isShown, timeline]);
  const ids = useMemo(() => (key === '' ? [] : (key.split(' ') as AssetId[])), [key]);
  const { answers, isFinding } = useQueries({
    queries: ids.map((assetId) => ({
      queryKey: ['beats', assetId],
      queryFn: ({ signal }: { signal: AbortSignal }) => engine.render.beats({ assetId }, { signal }),
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    })),
    combine: combineAnswers,
  });
  return useMemo(() => {
    const byId = new Map(ids.map((id, n) => [id, answers[n]] as const));
    const frames = ids.length === 0 ? none : beatFrames(timeline, (id) => byId.get(id)?.seconds ?? []);
    return { frames, bpm: answers.find((one) => one?.bpm != null)?.bpm ?? null, isFinding };
  }, [ids, answers, isFinding, timeline]);
}

function combineAnswers(results: readonly { data?: Answer | undefined; isFetching: boolean }[]) {
  return { answers: results.map(({ data }) => data), isFinding: results.some(({ isFetching }) => isFetching) };
}

/** The tempo of the music in words. */
export function tempoWords({ bpm, frames, isFinding }: BeatView): string {
  if (isFinding) return 'Listening…';
  if (frames.length === 0) return 'No beat';
  return bpm === null ? '' : `${Math.round(bpm * 10) / 10} BPM`;
}
