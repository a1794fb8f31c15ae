import { type Project, type Ratio, type Transition, trackTransitionSchema } from '#shared/model/index.ts';
import { plainProject } from '../fixtures/render-kit.ts';

/** A composition whose preview is held against its export. */
export interface Golden {
  name: string;
  ratio: Ratio;
  project: Project;
  /** The frame compared. */
  frame: number;
}

type Layout = Record<string, unknown>;
type Track = Parameters<typeof plainProject>[0][number];

const lengthFrames = 24;
let nextId = 0;
const clip = (content: unknown, layout: Layout = {}, more: Record<string, unknown> = {}): Track[number] => ({
  ...{ id: `clip${nextId++}`, startFrame: 0, lengthFrames, content, layout },
  ...more,
});
const media = (assetId: string, layout: Layout = {}, more: Record<string, unknown> = {}) =>
  clip({ kind: 'media', media: { assetId }, ...more }, layout);
/** Footage that has some frames before its beginning. */
const handle = (assetId: string, layout: Layout = {}) =>
  media(assetId, layout, { sourceInSeconds: { num: 1, den: 3 } });
const text = (words: string, style: Record<string, unknown> = {}, layout: Layout = {}) =>
  clip({ kind: 'text', text: words, style: { sizePx: 120, ...style } }, layout);
/** Keyframes: over the whole length from the first value to the last. */
const from = (...values: number[]) =>
  values.map((value, n) => ({
    ...{ frame: Math.round((n * (lengthFrames - 1)) / Math.max(1, values.length - 1)), value },
    curve: n % 2 ? 'ease-in-out' : [0.2, 0.1, 0.4, 1],
  }));
const moving = (of: Track[number], animation: Record<string, unknown>) => ({ ...of, animation });
/** Spoken words over footage, at three moments of the clip. */
const said = (name: string, style: Record<string, unknown>, ratio: Ratio = '9:16') =>
  [1, 9, 17].map((frame) =>
    golden(`${name}, frame ${frame}`, ratio, [media('tall', fill), text('Every word is said in time 🔥', style)], {
      frame,
    }),
  );
const colour = (value: string, opacity = 1) => clip({ kind: 'colour', colour: value }, { opacity });

function golden(name: string, ratio: Ratio, layers: readonly Track[number][], more: Partial<Golden> = {}): Golden {
  return { name, ratio, frame: 11, project: plainProject(layers.map((layer) => [layer])), ...more };
}

/** Two clips that meet at frame 12, in the middle of a transition of ten frames; seen at frame 10 unless said. */
function between(
  name: string,
  ratio: Ratio,
  transition: Partial<Transition>,
  [from, to]: readonly [Track[number], Track[number]],
  frame = 10,
): Golden {
  const clips = [
    { ...from, startFrame: 0, lengthFrames: 12 },
    { ...to, startFrame: 12, lengthFrames: 12 },
  ];
  const plain = plainProject([clips]);
  const ids = { fromClipId: clips[0]?.id, toClipId: clips[1]?.id };
  const set = trackTransitionSchema.parse({ ...ids, kind: 'crossfade', lengthFrames: 10, ...transition });
  const sequences = plain.sequences.map((sequence) => ({
    ...sequence,
    tracks: sequence.tracks.map((track) => ({ ...track, transitions: [set] })),
  }));
  return { name, ratio, frame, project: { ...plain, sequences } };
}

const fill = { fit: 'fill' };
const fit = { fit: 'fit' };
const blur = { fit: 'blur-fill' };

/** The first eleven are the ones every test run compares. */
export const goldens: readonly Golden[] = [
  golden('fill, shrunk', '16:9', [media('wide', fill)]),
  golden('wide in tall, blurred behind', '9:16', [media('wide', blur)]),
  golden('turned phone clip, filled', '9:16', [media('turned', fill)]),
  golden('bt601, fitted', '1:1', [media('bt601', fit)]),
  golden('full range, half opaque over colour', '4:5', [colour('#203880'), media('full', { ...fill, opacity: 0.5 })]),
  golden('logo with soft edges over footage', '9:16', [
    media('tall', fill),
    media('logo', { ...fit, scale: 0.4, y: 0.3 }),
  ]),
  golden('title with outline', '9:16', [media('tall', fill), text('Half off\ntoday')]),
  golden('see-through video over a photo', '1:1', [media('photo', fill), media('clear', fit)]),
  golden('keyframed: grows, turns, moves', '16:9', [
    moving(media('wide', fill), { scale: from(1.05, 1.6), rotationDeg: from(-2, 11), x: from(0, 0.05) }),
  ]),
  golden('keyframed: fades and moves over footage', '9:16', [
    media('tall', fill),
    moving(media('bt601', { ...fit, cropLeft: 0.2, temperature: 0.4 }), {
      ...{ opacity: from(0.2, 0.9), x: from(-0.3, 0.3), scale: from(0.4, 0.7) },
    }),
  ]),
  golden('colours and blur', '9:16', [
    media('tall', { ...fill, exposure: 0.5, contrast: 0.3, saturation: 1.4, temperature: -0.3, blurPx: 9 }),
  ]),
  ...(['9:16', '4:5', '1:1', '16:9'] as const).flatMap((ratio) => [
    golden(`fill ${ratio}`, ratio, [media('odd', fill)]),
    golden(`fit ${ratio}`, ratio, [media('tall', fit)]),
    golden(`blurred behind ${ratio}`, ratio, [media('narrow', blur)]),
  ]),
  golden('enlarged', '16:9', [media('bars', { ...fill, scale: 1.7, x: 0.13, y: -0.07 })]),
  golden('much smaller, off centre', '9:16', [
    colour('#FFFFFF'),
    media('wide', { ...fit, scale: 0.33, x: -0.21, y: 0.3 }),
  ]),
  golden('hanging over the edge', '4:5', [colour('#101010'), media('tall', { ...fit, scale: 0.8, x: 0.4 })]),
  golden('ten bits', '16:9', [media('ten', fill)]),
  golden('4:4:4', '9:16', [media('dense', fill)]),
  golden('uneven times', '16:9', [media('uneven', fill)]),
  golden('sped up', '16:9', [media('wide', fill, { speed: { num: 5, den: 4 }, sourceInSeconds: { num: 1, den: 7 } })]),
  golden('freeze frame', '16:9', [media('wide', fill, { isFrozen: true, sourceInSeconds: { num: 1, den: 7 } })]),
  golden('slowed down', '9:16', [
    media('tall', fill, { speed: { num: 1, den: 3 }, sourceInSeconds: { num: 1, den: 5 } }),
  ]),
  golden('not square pixels', '16:9', [media('narrow', fit)]),
  golden('upside down', '1:1', [media('upside', fill)]),
  golden('turned left', '4:5', [media('left', fit)]),
  golden('mirrored', '16:9', [media('mirrored', { ...fill, scale: 1.3 })]),
  golden('turned, blurred behind', '16:9', [media('turned', blur)]),
  golden('photo filled', '9:16', [media('photo', fill)]),
  golden('chart fitted', '1:1', [media('chart', fit)]),
  golden('chart enlarged', '16:9', [media('chart', { ...fill, scale: 2 })]),
  golden('photo blurred behind', '9:16', [media('photo', blur)]),
  golden('colour', '1:1', [colour('#C04080')]),
  golden('see-through colour', '9:16', [media('wide', fill), colour('#22AA5580')]),
  golden('see-through colour, fainter', '9:16', [media('wide', fill), colour('#FF0000', 0.3)]),
  golden('full range half opaque in bt601', '16:9', [
    media('wide', fill),
    media('bt601', { ...fit, scale: 0.6, opacity: 0.7 }),
  ]),
  golden('two videos side by side', '16:9', [
    media('wide', { ...fit, scale: 0.5, x: -0.25 }),
    media('tall', { ...fit, scale: 0.9, x: 0.25 }),
  ]),
  golden('logo faint', '4:5', [
    media('wide', fill),
    media('logo', { ...fit, scale: 0.3, x: 0.3, y: -0.3, opacity: 0.4 }),
  ]),
  golden('words in a box', '9:16', [
    media('wide', blur),
    text('Only today', { boxColour: '#FF3300', outlinePx: 0 }, { y: 0.3 }),
  ]),
  golden('words with a shadow', '1:1', [media('photo', fill), text('Shadow', { shadowPx: 12, outlinePx: 0 })]),
  golden('faint words', '16:9', [media('wide', fill), text('Faint', { fill: '#FFE000' }, { opacity: 0.5 })]),
  golden('coloured words, long', '4:5', [
    media('tall', fill),
    text(
      'Many words that wrap over some lines',
      { fill: '#40C0FF', sizePx: 90, fontFamily: 'Montserrat' },
      { y: -0.2 },
    ),
  ]),
  golden('words under a logo', '9:16', [media('tall', fill), text('Under'), media('logo', { ...fit, scale: 0.5 })]),
  golden('words above and below', '9:16', [
    text('Hidden'),
    media('clear', { ...fit, scale: 0.9 }),
    text('Above', { fill: '#FFFFFF' }, { y: 0.35 }),
  ]),
  golden('turned by 30°, over a colour', '1:1', [colour('#E0A020'), media('wide', { ...fit, rotationDeg: 30 })]),
  golden('turned upside down and enlarged', '9:16', [media('tall', { ...fill, rotationDeg: 180, scale: 1.4 })]),
  golden('phone clip turned and cropped', '4:5', [
    colour('#305030'),
    media('turned', { ...fit, rotationDeg: -17, cropTop: 0.15, cropRight: 0.1 }),
  ]),
  golden('mirrored, moving', '16:9', [moving(media('mirrored', fill), { x: from(-0.2, 0.3), scale: from(1.3, 1.5) })]),
  golden('cropped', '9:16', [media('tall', fill), media('wide', { ...fit, cropLeft: 0.25, cropBottom: 0.3, y: 0.1 })]),
  golden('keyframed: shrinks away', '16:9', [
    colour('#FFFFFF'),
    moving(media('wide', fit), { scale: from(0.5, 0.12), y: from(0, 0.3), rotationDeg: from(0, 90) }),
  ]),
  golden('keyframed: logo flies in', '9:16', [
    media('tall', fill),
    moving(media('logo', fit), { scale: from(0.2, 0.6), rotationDeg: from(-40, 0), opacity: from(0, 1) }),
  ]),
  golden('see-through video turned and cropped', '1:1', [
    media('photo', fill),
    media('clear', { ...fit, rotationDeg: 12, cropLeft: 0.1 }),
  ]),
  golden('photo, slow zoom', '9:16', [moving(media('photo', fill), { scale: from(1, 1.15) })]),
  golden('chart, slow pan', '16:9', [moving(media('chart', { ...fill, scale: 1.2 }), { x: from(0.05, -0.05) })]),
  golden('colours of full range, faint', '16:9', [
    media('wide', fill),
    media('full', { ...fit, exposure: -0.8, contrast: -0.4, opacity: 0.6 }),
  ]),
  golden('grey', '1:1', [media('bt601', { ...fill, saturation: 0 })]),
  golden('warm, blurred behind', '9:16', [media('wide', { ...blur, temperature: 1, exposure: 0.3 })]),
  golden('logo blurred', '9:16', [media('tall', fill), media('logo', { ...fit, scale: 0.5, blurPx: 14 })]),
  golden('turned phone clip blurred', '16:9', [media('turned', { ...fill, blurPx: 25, saturation: 0.6 })]),
  golden('ten bits, keyframed', '16:9', [moving(media('ten', fill), { rotationDeg: from(0, 30), scale: from(1, 2) })]),
  golden('colour fades', '9:16', [media('wide', fill), moving(colour('#2060FF'), { opacity: from(0, 0.8) })]),
  golden('blurred behind, fades', '9:16', [colour('#FFFFFF'), moving(media('wide', blur), { opacity: from(0, 1) })]),
  golden('words turn, grow and fade', '9:16', [
    media('tall', fill),
    moving(text('Turning'), { rotationDeg: from(-30, 20), scale: from(0.5, 1.2), opacity: from(0.2, 1) }),
  ]),
  golden('keyframed: crop over footage', '9:16', [
    media('tall', fill),
    moving(media('wide', fit), { cropLeft: from(0, 0.5), cropBottom: from(0.4, 0.1), y: from(0.1, -0.1) }),
  ]),
  golden('keyframed: crop of see-through video, turned', '1:1', [
    media('photo', fill),
    moving(media('clear', { ...fit, rotationDeg: 12 }), { cropRight: from(0.6, 0), cropTop: from(0, 0.3) }),
  ]),
  golden('keyframed: crop of what fills the frame', '16:9', [
    colour('#305080'),
    moving(media('bt601', fill), { cropTop: from(0, 0.3), cropRight: from(0.02, 0.3) }),
  ]),
  ...[12, 22].map((frame) =>
    golden(
      `keyframed: crop until nothing is left, frame ${frame}`,
      '16:9',
      [media('bars', fill), moving(media('wide', fit), { cropLeft: from(0, 0.9), cropRight: from(0.1, 0.5) })],
      { frame },
    ),
  ),
  golden('keyframed: colours', '16:9', [
    moving(media('wide', fill), { exposure: from(-1, 1), contrast: from(0, 0.5), saturation: from(0, 2) }),
  ]),
  golden('keyframed: colours of full range, fading', '4:5', [
    colour('#203880'),
    moving(media('full', fill), { temperature: from(-1, 1), opacity: from(0.2, 0.9) }),
  ]),
  golden('keyframed: colours, blurred behind', '9:16', [
    moving(media('wide', blur), { temperature: from(0, 1), exposure: from(0.5, -0.5) }),
  ]),
  golden('keyframed: blur', '9:16', [moving(media('tall', fill), { blurPx: from(0, 40) })]),
  golden('keyframed: blur of a logo over footage', '9:16', [
    media('tall', fill),
    moving(media('logo', { ...fit, scale: 0.5 }), { blurPx: from(30, 2), rotationDeg: from(-20, 10) }),
  ]),
  golden('keyframed: photo sharpens, in colour', '1:1', [
    moving(media('photo', fill), { blurPx: from(20, 0), saturation: from(0, 1), scale: from(1.2, 1) }),
  ]),
  golden('emoji', '9:16', [media('tall', fill), text('Wow 🔥', { sizePx: 160 })]),
  between('crossfade', '16:9', {}, [media('wide', fill), handle('bars', fill)]),
  between('crossfade of bt601 into blurred behind', '9:16', {}, [media('bt601', fill), handle('wide', blur)]),
  between(
    'crossfade into see-through video',
    '1:1',
    { curve: 'ease-in-out' },
    [media('photo', fill), handle('clear', fit)],
    13,
  ),
  between('dip to white, going', '16:9', { kind: 'dip', colour: '#FFFFFF' }, [
    media('wide', fill),
    handle('bars', fill),
  ]),
  between('dip to black, coming', '9:16', { kind: 'dip' }, [media('tall', fill), handle('wide', fill)], 14),
  between('wipe', '4:5', { kind: 'wipe', direction: 'up' }, [media('wide', fill), handle('tall', fit)]),
  between('slide', '16:9', { kind: 'slide', direction: 'left' }, [media('wide', fill), handle('bars', fill)]),
  between('push', '9:16', { kind: 'push', direction: 'down' }, [media('tall', fill), handle('wide', fill)], 13),
  between('zoom', '16:9', { kind: 'zoom' }, [media('wide', fill), handle('bars', fill)]),
  between('words pushed away', '9:16', { kind: 'push' }, [text('Going'), handle('wide', fill)]),
  // Words that follow the voice, and texts that come and go: each at a moment at which something is under way.
  ...said('words: coloured', { highlight: 'fill', wordsPerLine: 3, maxLines: 2 }),
  ...said('words: in a box', { highlight: 'box', highlightColour: '#E01050', outlinePx: 0, shadowPx: 6 }, '1:1'),
  ...said('words: larger', { highlight: 'pop', outlinePx: 8, wordsPerLine: 2, maxLines: 1 }),
  ...said('words: karaoke', { highlight: 'karaoke', highlightColour: '#00E0A0', fontFamily: 'Anton', fontWeight: 400 }),
  ...said('words: typed', { highlight: 'typewriter', boxColour: '#101010C0', outlinePx: 0 }, '4:5'),
  ...said('words: one by one', { highlight: 'one-word', sizePx: 200 }),
  ...(['fade', 'rise', 'slide-left', 'pop', 'zoom', 'blur', 'typewriter'] as const).map((entrance, n) =>
    golden(
      `coming: ${entrance}`,
      n % 2 === 0 ? '9:16' : '1:1',
      [
        media('tall', fill),
        text('Summer sale\nends today', {
          entrance,
          entranceMs: 400,
          motionCurve: n % 2 === 0 ? 'ease-out' : 'overshoot',
        }),
      ],
      { frame: 4 },
    ),
  ),
  golden(
    'going: sliding, in a box',
    '9:16',
    [
      media('wide', blur),
      text('Last chance', { exit: 'slide-right', exitMs: 400, boxColour: '#2030D0', outlinePx: 0 }),
    ],
    { frame: 20 },
  ),
  golden('set wide, in lines apart', '9:16', [
    media('tall', fill),
    text('Spaced lines of words', { letterSpacingPx: 12, lineSpacing: 1.5, boxColour: '#00000080', sizePx: 90 }),
  ]),
  golden('fitted to the width, from the top', '4:5', [
    colour('#304050'),
    text('This is one long line\nshort', { isFitted: true, verticalAlign: 'top', sizePx: 160, fontFamily: 'Anton' }),
  ]),
  golden('right to left, joined letters', '9:16', [
    media('tall', fill),
    text('خصم كبير\nاليوم فقط!', { fontFamily: 'Noto Sans Arabic' }),
  ]),
  golden('right to left, the word that is said', '9:16', [
    media('tall', fill),
    text('מבצע', { fontFamily: 'Noto Sans Hebrew', highlight: 'fill', sizePx: 140 }),
  ]),
  golden('joined letters, karaoke', '1:1', [
    media('photo', fill),
    text('خصم كبير اليوم', { fontFamily: 'Noto Sans Arabic', highlight: 'karaoke', sizePx: 110 }),
  ]),
];
