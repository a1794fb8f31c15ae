import { type PlacementId, placements } from './placement.ts';
import { fullSizes, type Ratio, ratios } from './ratio.ts';
import { type Area, areaOnPicture, areaWithin, sharedArea } from './safe-zones-area.ts';

/** Parts of a platform's interface that lie over a video. */
export type InterfacePart = 'top-bar' | 'buttons' | 'caption' | 'call-to-action' | 'sound-button';

/** What people call a part of the interface. */
export const interfacePartNames: Readonly<Record<InterfacePart, string>> = {
  'top-bar': 'bar at the top',
  buttons: 'buttons',
  caption: 'caption',
  'call-to-action': 'call to action',
  'sound-button': 'sound button',
};

/** A part of the frame that the platform draws over. */
export interface CoveredArea {
  part: InterfacePart;
  area: Area;
}

/** What a placement covers of a frame in one ratio, and where words and logos are safe. */
export interface SafeZone {
  placement: PlacementId;
  ratio: Ratio;
  covered: readonly CoveredArea[];
  /** The cautious box: the largest margins that are said of the placement. It meets nothing that is covered. */
  safe: Area;
  /** Whose numbers the box has: the platform's own (as quoted), others' measurements, or a usual margin. */
  basis: 'platform' | 'measured' | 'usual';
  /** Where the numbers are from. */
  source: string;
  /** When they were read, YYYY-MM-DD. */
  date: string;
}

const checked = '2026-11-21';
/** The screen that the upright numbers are stated for. */
const screen = fullSizes['9:16'];
const [across, down] = [screen.width, screen.height];

/** An area in pixels of a 1080 × 1920 screen. */
const pixels = (part: InterfacePart, x: number, y: number, width: number, height: number): CoveredArea => ({
  part,
  area: { x: x / across, y: y / down, width: width / across, height: height / down },
});
/** A box that leaves these pixels of a 1080 × 1920 screen free. */
const clearOf = (top: number, right: number, bottom: number, left: number): Area =>
  areaWithin({ top: top / down, right: right / across, bottom: bottom / down, left: left / across });

type Row = Omit<SafeZone, 'placement' | 'ratio'>;

/**
 * Published margins disagree (top 130–150, right 86–180, bottom 440–500, left 60–120 px): the parts drawn are in the
 * middle of them, the box takes the largest. How far up the buttons reach is as the app shows them.
 */
const tiktok: Row = {
  covered: [
    pixels('top-bar', 0, 0, 1080, 130),
    pixels('buttons', 940, 760, 140, 720),
    pixels('caption', 0, 1480, 1080, 320),
    pixels('call-to-action', 0, 1800, 1080, 120),
  ],
  safe: clearOf(150, 180, 500, 120),
  basis: 'measured',
  source:
    'TikTok gives template files and no numbers (ads.tiktok.com/help/article?aid=10002742); margins of adfuseai.com/blog/tiktok-ad-sizes-specs-guide and shotstack.io/learn/vertical-video-safe-zones',
  date: checked,
};

/** Meta asks for 14 % at the top, 35 % at the bottom and 6 % at the sides; what it draws itself is less. */
const reels: Row = {
  covered: [
    pixels('top-bar', 0, 0, 1080, 220),
    pixels('buttons', 960, 1248, 120, 252),
    pixels('caption', 0, 1500, 1080, 420),
  ],
  safe: areaWithin({ top: 0.14, right: 0.06, bottom: 0.35, left: 0.06 }),
  basis: 'platform',
  source:
    'Meta, margins of Reels ads, as quoted by mediamaxnetwork.com/digital-specifications/social-ads and shotstack.io/learn/vertical-video-safe-zones; the parts drawn: docs.rs/ffcine-reframe 0.2',
  date: checked,
};

/** One box for Stories and Reels since March 2026; Stories alone used to ask for 14 % and 20 %, which is what is drawn. */
const stories: Row = {
  covered: [pixels('top-bar', 0, 0, 1080, 268), pixels('call-to-action', 0, 1536, 1080, 384)],
  safe: areaWithin({ top: 0.14, right: 0.06, bottom: 0.35, left: 0.06 }),
  basis: 'platform',
  source:
    'Meta, margins of Stories ads (14 % and 20 %), as quoted by mediamaxnetwork.com/digital-specifications/social-ads; the box shared with Reels since March 2026: primores.org/wiki/marketing/meta-ad-placement-safe-zones',
  date: checked,
};

const shorts: Row = {
  covered: [
    pixels('top-bar', 0, 0, 1080, 120),
    pixels('buttons', 960, 800, 120, 640),
    pixels('caption', 0, 1440, 1080, 480),
  ],
  safe: clearOf(288, 192, 672, 48),
  basis: 'platform',
  source:
    'Google, safe zone of vertical video ads (support.google.com/google-ads/answer/13547298), as quoted by shotstack.io/learn/vertical-video-safe-zones; the parts drawn: youraithumbnailgenerator.com/guides/youtube-shorts-safe-zones-complete-guide',
  date: checked,
};

/** Feeds put their words around the video; only the sound button lies on it. */
const feed = (bottom: number): Row => ({
  covered: [{ part: 'sound-button', area: { x: 0.89, y: 1 - bottom, width: 0.08, height: bottom * 0.72 } }],
  safe: areaWithin({ top: 0.05, right: 0.05, bottom, left: 0.05 }),
  basis: 'usual',
  source:
    'No numbers of Meta: the usual 5 % margin, which also clears the 3:4 profile grid (docs.rs/ffcine-reframe 0.2); the sound button as the app shows it',
  date: checked,
});

const landscape: Row = {
  covered: [],
  safe: areaWithin({ top: 0.05, right: 0.05, bottom: 0.05, left: 0.05 }),
  basis: 'usual',
  source: 'The usual title margin of television, 5 % (EBU R 95)',
  date: checked,
};

/** The rows that sources state; other shapes in the same places are worked out from them. */
const table: Record<PlacementId, Partial<Record<Ratio, Row>>> = {
  'tiktok-post': { '9:16': tiktok },
  'tiktok-in-feed': { '9:16': tiktok },
  'instagram-reels': { '9:16': reels },
  'instagram-stories': { '9:16': stories },
  'facebook-reels': { '9:16': reels },
  'meta-feed-square': { '1:1': feed(0.11) },
  'meta-feed-vertical': { '4:5': feed(0.09) },
  'youtube-shorts': { '9:16': shorts },
  landscape: { '16:9': landscape },
};

/** A shape that is shown in the middle of an upright screen, under the same interface. */
function inTheMiddle(upright: Row, ratio: Ratio): Row {
  const onPicture = (area: Area) => areaOnPicture(area, screen, fullSizes[ratio]);
  const covered = upright.covered.flatMap(({ part, area }) => {
    const shared = onPicture(area);
    return shared ? [{ part, area: shared }] : [];
  });
  const margin = areaWithin({ top: 0.05, right: 0.05, bottom: 0.05, left: 0.05 });
  const safe = sharedArea(onPicture(upright.safe) ?? margin, margin) ?? margin;
  return { ...upright, covered, safe, source: `Shown in the middle of the screen. ${upright.source}` };
}

function rowOf(placement: PlacementId, ratio: Ratio): Row | null {
  const row = table[placement][ratio];
  if (row) return row;
  const upright = table[placement]['9:16'];
  return upright && placements[placement].ratios.includes(ratio) ? inTheMiddle(upright, ratio) : null;
}

const zones = new Map<string, SafeZone>(
  (Object.keys(table) as PlacementId[]).flatMap((placement) =>
    ratios.flatMap((ratio): [string, SafeZone][] => {
      const row = rowOf(placement, ratio);
      return row ? [[`${placement} ${ratio}`, { placement, ratio, ...row }]] : [];
    }),
  ),
);

/** What a placement covers in a ratio; null when it does not take that ratio. */
export function safeZoneOf(placement: PlacementId, ratio: Ratio): SafeZone | null {
  return zones.get(`${placement} ${ratio}`) ?? null;
}

/** Every row of the table. */
export function allSafeZones(): SafeZone[] {
  return [...zones.values()];
}

/** The rows of a list of placements that take a ratio. */
export function safeZonesFor(ids: readonly PlacementId[], ratio: Ratio): SafeZone[] {
  return ids.flatMap((id) => safeZoneOf(id, ratio) ?? []);
}

/** The box that is safe in all of these zones; null when there is none. */
export function safeInAll(list: readonly SafeZone[]): Area | null {
  return list.reduce<Area | null>(
    (box, zone) => box && sharedArea(box, zone.safe),
    areaWithin({ top: 0, right: 0, bottom: 0, left: 0 }),
  );
}

/** The box that is safe wherever a ratio is published: the largest margin of every side. */
export function cautiousBox(ratio: Ratio): Area {
  return (
    safeInAll(allSafeZones().filter((zone) => zone.ratio === ratio)) ??
    areaWithin({ top: 0.05, right: 0.05, bottom: 0.05, left: 0.05 })
  );
}
