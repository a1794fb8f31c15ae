import { useEffect, useMemo, useState } from 'react';
import type { SoundStretch } from '#shared/contract/index.ts';
import type { DuckingCurve, PlacedClip, SoundLevels, Timeline } from '#shared/model/index.ts';
import { useEngine } from '../../engine/context.tsx';
import { duckingFrom, voicesOf } from '../../preview/sound/ducking.ts';
import type { PreviewSources } from '../../preview/source.ts';

/** Edits come in a row while something is dragged: levels are asked for when they pause. */
const pauseMs = 250;
/** Stretches whose levels are kept. */
const mostKept = 5000;

/** Levels by stretch, for all players; what was not asked for longest goes first. */
const kept = new Map<string, SoundLevels>();

function keyOf(clip: PlacedClip): string {
  if (clip.content.kind !== 'media') return '';
  const { assetId, sourceInSeconds, speed } = clip.content;
  const rationals = [sourceInSeconds.num, sourceInSeconds.den, speed.num, speed.den];
  return [assetId, ...rationals, clip.lengthFrames].join(' ');
}

function stretchOf(clip: PlacedClip): SoundStretch[] {
  if (clip.content.kind !== 'media') return [];
  const { assetId, sourceInSeconds, speed } = clip.content;
  return [{ assetId, sourceInSeconds, speed, startFrame: clip.startFrame, lengthFrames: clip.lengthFrames }];
}

/**
 * How the music of a timeline gives way to its voices, from the same levels as exports; worked out when it is asked for.
 * Stable while nothing changes. A voice counts from when the engine has told its levels.
 */
export function useDucking(timeline: Timeline, sources: PreviewSources): () => DuckingCurve | null {
  const engine = useEngine();
  const [version, setVersion] = useState(0);
  const voices = useMemo(
    () =>
      voicesOf(timeline).filter(({ content }) => content.kind === 'media' && sources.get(content.assetId)?.hasSound),
    [timeline, sources],
  );
  const missing = [...new Set(voices.map(keyOf))].filter((key) => !kept.has(key)).join('|');
  useEffect(() => {
    if (missing === '') return;
    const abort = new AbortController();
    const ask = async () => {
      const wanted = voices.filter((clip) => !kept.has(keyOf(clip))).slice(0, 200);
      const stretches = wanted.flatMap(stretchOf);
      if (stretches.length === 0) return;
      const { levels } = await engine.render.soundLevels({ rate: timeline.rate, stretches }, { signal: abort.signal });
      for (const [n, clip] of wanted.entries()) {
        const found = levels[n];
        if (found) kept.set(keyOf(clip), Int16Array.from(found));
      }
      for (const key of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(key);
      setVersion((before) => before + 1);
    };
    // What cannot be read now (a file gone missing) simply does not count until something changes.
    const timer = setTimeout(() => void ask().catch(() => undefined), pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [engine, missing, voices, timeline.rate]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept changes with the version
  return useMemo(() => {
    let curve: DuckingCurve | null | undefined;
    return () => {
      if (curve === undefined) curve = duckingFrom(timeline, voices, (clip) => kept.get(keyOf(clip)) ?? null);
      return curve;
    };
  }, [timeline, voices, version]);
}
