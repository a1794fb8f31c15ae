import { useEffect, useState } from 'react';

/** Things loaded once per URL and kept while they are among the last used. Failures are tried again next time. */
function boundedCache<Thing>(limit: number, load: (url: string) => Promise<Thing>) {
  const kept = new Map<string, Promise<Thing>>();
  return (url: string): Promise<Thing> => {
    const known = kept.get(url);
    if (known) {
      kept.delete(url);
      kept.set(url, known);
      return known;
    }
    const loading = load(url);
    kept.set(url, loading);
    loading.catch(() => kept.delete(url));
    for (const old of kept.keys()) {
      if (kept.size <= limit) break;
      kept.delete(old);
    }
    return loading;
  };
}

const loadImage = boundedCache(120, async (url) => {
  const image = new Image();
  image.decoding = 'async';
  image.src = url;
  await image.decode();
  return image;
});

/** Waveform peaks of a URL: signed 8-bit pairs (min, max), kept while they are among the last used. */
export const loadWaveform = boundedCache(200, async (url) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`waveform ${response.status}`);
  return new Int8Array(await response.arrayBuffer());
});

function useLoaded<Thing>(load: (url: string) => Promise<Thing>, url: string | null): Thing | null {
  const [loaded, setLoaded] = useState<{ url: string; thing: Thing } | null>(null);
  useEffect(() => {
    if (!url) return;
    let isWanted = true;
    load(url).then(
      (thing) => isWanted && setLoaded({ url, thing }),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [load, url]);
  return loaded && loaded.url === url ? loaded.thing : null;
}

/** A decoded picture; null until it is there, or when it cannot be read. */
export function useImage(url: string | null): HTMLImageElement | null {
  return useLoaded(loadImage, url);
}

/** Waveform peaks: signed 8-bit pairs (min, max); null until they are there. */
export function usePeaks(url: string | null): Int8Array | null {
  return useLoaded(loadWaveform, url);
}
