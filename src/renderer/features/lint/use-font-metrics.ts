import { useEffect, useMemo, useState } from 'react';
import {
  emojiFamily,
  type FontMetrics,
  hasEmoji,
  type MetricsOf,
  pickFace,
  readFontMetrics,
  type Timeline,
} from '#shared/model/index.ts';
import { fontFaces, fonts } from '../../preview/fonts.ts';

type FaceWish = Parameters<MetricsOf>[0];

const loading = new Map<string, Promise<void>>();
const loaded = new Map<string, FontMetrics | null>();

const nameOf = ({ fontFamily, fontWeight, isItalic }: FaceWish) => `${fontFamily}/${fontWeight}/${isItalic}`;

/** Where the file of a face is; the one that stands in for families that are not there otherwise. */
function urlOf({ fontFamily: family, fontWeight: weight, isItalic }: FaceWish): string | null {
  const face =
    pickFace(fontFaces(), { family, weight, isItalic }) ?? pickFace(fontFaces(), { family: 'Inter', weight, isItalic });
  const font = fonts().find(
    (one) => one.family === face?.typographicFamily && one.weight === face.weight && one.isItalic === face.isItalic,
  );
  return font ? new URL(font.url, document.baseURI).href : null;
}

async function load(url: string): Promise<void> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the font ${url} was answered with ${answer.status}`);
  loaded.set(url, readFontMetrics(new Uint8Array(await answer.arrayBuffer())));
}

function loadOnce(url: string): Promise<void> {
  let known = loading.get(url);
  if (!known) {
    // One that failed is asked for again with the next change.
    known = load(url).catch(() => void loading.delete(url));
    loading.set(url, known);
  }
  return known;
}

/** Whether texts have emoji: asked again with every change, and slow to find out. */
const withEmoji = new Map<string, boolean>();
const mostKnown = 5000;

function knownEmoji(text: string): boolean {
  let known = withEmoji.get(text);
  if (known === undefined) {
    if (withEmoji.size >= mostKnown) withEmoji.clear();
    known = hasEmoji(text);
    withEmoji.set(text, known);
  }
  return known;
}

/** The faces that a timeline's words are set in, each once. */
function wishesOf(timeline: Timeline): FaceWish[] {
  const wishes = new Map<string, FaceWish>();
  for (const { content } of timeline.clips) {
    if (content.kind !== 'text') continue;
    wishes.set(nameOf(content.style), content.style);
    if (knownEmoji(content.text))
      wishes.set(emojiFamily, { fontFamily: emojiFamily, fontWeight: 700, isItalic: false });
  }
  return [...wishes.values()];
}

/** Metrics of the fonts that a timeline's words are set in; those still being read are null. Stable until more are there. */
export function useFontMetrics(timeline: Timeline): MetricsOf {
  const key = wishesOf(timeline)
    .flatMap((wish) => urlOf(wish) ?? [])
    .toSorted()
    .join(' ');
  const [ready, setReady] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    const missing = key.split(' ').filter((url) => url !== '' && !loaded.has(url));
    if (missing.length > 0) void Promise.all(missing.map(loadOnce)).then(() => isCurrent && setReady((n) => n + 1));
    return () => {
      isCurrent = false;
    };
  }, [key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new function says that it knows more
  return useMemo(() => {
    const found = new Map<string, FontMetrics | null>();
    return (wish) => {
      const name = nameOf(wish);
      let metrics = found.get(name);
      if (metrics === undefined) {
        metrics = loaded.get(urlOf(wish) ?? '') ?? null;
        found.set(name, metrics);
      }
      return metrics;
    };
  }, [key, ready]);
}
