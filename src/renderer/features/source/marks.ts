import {
  type Asset,
  clipAudioSchema,
  layoutSchema,
  type PlacedClip,
  plainMix,
  type Ratio,
  type Timeline,
} from '#shared/model/index.ts';
import {
  compare,
  type Frames,
  floor,
  frameToSeconds,
  multiply,
  type Rate,
  type Rational,
  toNumber,
} from '#shared/units/index.ts';

/** In and out as whole frames of the source's own rate: `inFrame` is the first frame, `outFrame` the one after the last. */
export interface Marks {
  inFrame: Frames | null;
  outFrame: Frames | null;
}

/** No marks: the whole. */
export const noMarks: Marks = { inFrame: null, outFrame: null };

const usualRate: Rate = { num: 30, den: 1 };

/** Frames per second in which a source is stepped: its own where it is plausible. */
export function sourceRate(asset: Asset): Rate {
  const rate = asset.probe.video?.averageRate;
  return rate && toNumber(rate) >= 5 && toNumber(rate) <= 120 ? rate : usualRate;
}

/** Length of a source in frames of its own rate; 1 for stills. */
export function sourceFrames(asset: Asset): Frames {
  const { durationSeconds } = asset.probe;
  return durationSeconds ? Math.max(1, floor(multiply(durationSeconds, sourceRate(asset)))) : 1;
}

/** I at a frame: the range begins there; an out before it is dropped. */
export function markIn(marks: Marks, frame: Frames): Marks {
  return { inFrame: frame, outFrame: marks.outFrame !== null && marks.outFrame <= frame ? null : marks.outFrame };
}

/** O at a frame: it is the last of the range; an in after it is dropped. */
export function markOut(marks: Marks, frame: Frames): Marks {
  return { inFrame: marks.inFrame !== null && marks.inFrame > frame ? null : marks.inFrame, outFrame: frame + 1 };
}

/** The marked range in seconds of the source; an end without a mark is left out. */
export function rangeSeconds(asset: Asset, marks: Marks): { inSeconds?: Rational; outSeconds?: Rational } {
  const rate = sourceRate(asset);
  const { durationSeconds } = asset.probe;
  if (!durationSeconds) return {};
  const out = marks.outFrame === null ? null : frameToSeconds(marks.outFrame, rate);
  return {
    ...(marks.inFrame === null || marks.inFrame === 0 ? {} : { inSeconds: frameToSeconds(marks.inFrame, rate) }),
    ...(out && compare(out, durationSeconds) < 0 ? { outSeconds: out } : {}),
  };
}

/** The shape of stage a source is looked at in: upright, square or wide. */
export function stageRatio(asset: Asset): Ratio {
  const video = asset.probe.video;
  if (!video) return '16:9';
  const shape = video.width / video.height;
  if (shape > 1.2) return '16:9';
  if (shape > 0.9) return '1:1';
  return shape > 0.68 ? '4:5' : '9:16';
}

/** A timeline that plays a whole source as it is. */
export function sourceTimeline(asset: Asset): Timeline {
  const rate = sourceRate(asset);
  const lengthFrames = sourceFrames(asset);
  const clip: PlacedClip = {
    clipId: `source-${asset.id}` as PlacedClip['clipId'],
    instance: `source/${asset.id}`,
    slotId: null,
    startFrame: 0,
    lengthFrames,
    content: {
      kind: 'media',
      assetId: asset.id,
      sourceInSeconds: { num: 0, den: 1 },
      speed: { num: 1, den: 1 },
    },
    layout: layoutSchema.parse({ fit: 'fit' }),
    overrides: {},
    animation: {},
    originFrame: 0,
    movers: [],
    audio: clipAudioSchema.parse({}),
    mix: plainMix(),
    cutStartFrames: 0,
    cutEndFrames: 0,
    hasPicture: asset.probe.video !== null,
    hasSound: asset.probe.audio.length > 0,
  };
  return { rate, lengthFrames, sections: [], clips: [clip] };
}

/** A neighbour in a list, `step` places on; null at its ends. */
export function neighbour<Item>(list: readonly Item[], item: Item, step: 1 | -1): Item | null {
  const index = list.indexOf(item);
  return index < 0 ? null : (list[index + step] ?? null);
}

/** "bottle-detection 0:04": what a new subclip is called. */
export function subclipName(asset: Pick<Asset, 'name'>, inSeconds: number, taken: readonly string[]): string {
  const stem = asset.name.replace(/\.[^.]+$/, '').slice(0, 150) || asset.name.slice(0, 150);
  const minutes = Math.floor(inSeconds / 60);
  const name = `${stem} ${minutes}:${String(Math.floor(inSeconds) % 60).padStart(2, '0')}`;
  if (!taken.includes(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.includes(`${name} (${number})`)) return `${name} (${number})`;
}
