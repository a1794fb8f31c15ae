import { createHash } from 'node:crypto';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#main/platform/clock/index.ts';
import { encodeRun } from '#main/render/encode/encode-run.ts';
import { createSegmentCache } from '#main/render/encode/segment-cache.ts';
import { createWorkroom, type Workroom } from '#main/render/encode/workroom.ts';
import { audioArgs, videoArgs } from '#main/render/plan/encoder-args.ts';
import { planFingerprint } from '#main/render/plan/plan-fingerprint.ts';
import { type OutputPlan, type PlanInput, planRender } from '#main/render/plan/plan-render.ts';
import type { PlannedSegment } from '#main/render/plan/recipe.ts';
import { textColourMap } from '#main/render/plan/text-colour.ts';
import { workshopOf } from '#main/render/render-tools.ts';
import { soundFile } from '#main/render/sound/mix-sound.ts';
import { loadFonts } from '#main/render/sources/fonts.ts';
import { gatherSources } from '#main/render/sources/gather-sources.ts';
import type { SourceFacts } from '#main/render/sources/sources.ts';
import { presetSchema } from '#shared/contract/render.ts';
import { toAppError } from '#shared/errors/index.ts';
import { animatedProperties, type FontFace, projectSchema, type Variant } from '#shared/model/index.ts';
import { openRenderKit, type RenderKit, sourcesOf } from '../fixtures/render-kit.ts';
import { otherValues, walkSchema, walkValue, withValue } from '../fixtures/schema-walk.ts';
import { makeStaleFootage, stalePreset, staleProject, staleVariant } from '../fixtures/stale-base.ts';
import { acceptedMisses, knownPlaces, placeOf } from '../fixtures/stale-classes.ts';

const isLong = process.env.SPOTLOOM_LONG === '1';
const signal = new AbortController().signal;
let kit: RenderKit;
let workroom: Workroom;
let base: PlanInput;
let copyOfFootage: string;

beforeAll(async () => {
  kit = await openRenderKit();
  const assets = await makeStaleFootage(kit);
  copyOfFootage = join(kit.folder, 'copy.mp4');
  await copyFile(join(kit.folder, 'num.mp4'), copyOfFootage);
  workroom = createWorkroom(kit.paths, kit.fontsDir);
  const fonts = await loadFonts(kit.fontsDir);
  const tools = await kit.ffmpeg.tools();
  const { table } = await gatherSources(
    assets.map(({ id }) => id),
    sourcesOf(assets),
    kit.ffmpeg,
  );
  base = {
    ...{ project: staleProject, variants: [staleVariant], ratios: ['16:9'], preset: stalePreset, sources: table },
    ...{ faces: fonts.faces, workshop: workshopOf(tools, fonts) },
    mapTextColour: textColourMap(tools.capabilities.libavutil.major),
  };
});
afterAll(async () => {
  await workroom?.dispose();
  await kit?.dispose();
});

/** One change of one thing that a plan is made from. */
interface Change {
  place: string;
  what: string;
  /** Null where the model refuses it. */
  input: () => PlanInput | null;
}

/** Renames an id wherever it stands. */
function renamed(input: PlanInput, id: string): PlanInput {
  const swap = <Value>(value: Value): Value =>
    JSON.parse(JSON.stringify(value).replaceAll(`"${id}"`, `"${id}-x"`)) as Value;
  return { ...input, project: projectSchema.parse(swap(input.project)), variants: swap([...input.variants]) };
}

/** Values for places whose schema says too little to make one up. */
const special: Readonly<Record<string, readonly unknown[]>> = {
  'slots[].options[].content<sequence>.sequenceId': ['sequence-n'],
  'slots[].options[].content<sequence>.values{}<assetId>.assetId': ['alt', 'still'],
  'globals[].kind': ['music', 'logo'],
  'anchored.start.to': ['ad', 'slot-1', 'slot-2'],
  'anchored.end.to': ['ad', 'slot-1'],
  'globals[].options[].content<cover>.at.to': ['slot-1'],
  'sequence.fields[].key': ['other'],
  'sequence.fields[].default<assetId>.assetId': ['num', 'still'],
  'clip.content<media>.media<assetId>.assetId': ['num', 'alt', 'glass', 'still', 'tone', 'other'],
  'clip.content<media>.media<field>.field': ['nothing'],
  'clip.content<text>.transcript.assetId': ['alt'],
  'clip.content<sequence>.values{}<assetId>.assetId': ['alt', 'still'],
  'clip.content<composition>.values{}<assetId>.assetId': ['alt', 'still'],
  'clip.content<sequence>.sequenceId': ['sequence-a'],
  ...Object.fromEntries(
    animatedProperties.map((property) => [`clip.animation.${property}[].curve`, ['hold', [0.9, 0.1, 0.9, 0.2]]]),
  ),
  'sequence.tracks[].transitions[].curve': ['ease-in'],
  'seams[].transition<enum+enum+enum+enum>.curve': ['ease-in'],
  'style.fontFamily': ['Anton', 'Montserrat'],
  'style.fontWeight': [400, 900],
  'style.boxColour': ['#20C040', '#20C04080', null],
  'sequence.tracks[].transitions[].fromClipId': ['a2'],
  'sequence.tracks[].transitions[].toClipId': ['a1'],
  'seams[].afterSlotId': ['slot-2'],
  'seams[].pair.from': ['option-none'],
  'seams[].pair.to': ['option-none'],
  'pairingRules[].optionIds[]': ['option-a'],
  'facts.demuxer': ['mov', 'matroska', 'image2', 'wav', null],
  'facts.picture.codec': ['vp9', 'h264'],
  'facts.picture.colour.range': ['full', 'limited'],
  'facts.picture.colour.matrix': ['smpte170m', 'bt709', 'bt2020nc'],
  'facts.picture.colour.hdr': ['hlg', 'none'],
  'facts.picture.rotationDeg': [90, 180, 270],
  'facts.durationSeconds': [{ num: 1, den: 3 }],
  'facts.originSeconds': [{ num: 1, den: 5 }],
  'facts.graceSeconds': [{ num: 1, den: 40 }],
  'face.weight': [100, 900],
  'face.style': ['Bold', 'Regular'],
  'preset.bufferSeconds': [0.2],
  'preset.gopSeconds': [0.2],
  'preset.loudnessLufs': [-20],
};

/** Pins are named by two fields together. */
const pairs: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'compositions[].compositionId': ['"compositionId":"pinned"', '"compositionId":"other"'],
  'clip.content<composition>.compositionId': ['"compositionId":"pinned"', '"compositionId":"other"'],
  'compositions[].version': ['"version":3', '"version":4'],
  'clip.content<composition>.version': ['"version":3', '"version":4'],
};

function projectChanges(): Change[] {
  const withProject = (project: unknown): PlanInput | null => {
    const parsed = projectSchema.safeParse(project);
    return parsed.success ? { ...base, project: parsed.data } : null;
  };
  return walkSchema(projectSchema, base.project).flatMap((leaf): Change[] => {
    const place = placeOf(leaf.path);
    const { at, value } = leaf;
    if (at === null) return [];
    const what = `${at.join('.')} renamed`;
    if (/(^|\.|\])id$/.test(leaf.path)) return [{ place, what, input: () => renamed(base, String(value)) }];
    const pair = pairs[place];
    if (pair) {
      const text = JSON.stringify(base.project).replaceAll(...pair);
      return [{ place, what, input: () => withProject(JSON.parse(text)) }];
    }
    return (special[place] ?? otherValues(leaf)).flatMap((other): Change[] => {
      if (JSON.stringify(other) === JSON.stringify(value)) return [];
      const change = `${at.join('.')} = ${JSON.stringify(other)}`;
      return [{ place, what: change, input: () => withProject(withValue(base.project, at, other)) }];
    });
  });
}

function presetChanges(): Change[] {
  return walkSchema(presetSchema, base.preset).flatMap((leaf) => {
    const place = `preset.${leaf.path}`;
    return (special[place] ?? otherValues(leaf)).map((other) => {
      const preset = presetSchema.parse(withValue(base.preset, leaf.at ?? [], other));
      return { place, what: `${place} = ${JSON.stringify(other)}`, input: () => ({ ...base, preset }) };
    });
  });
}

/** Other values for plain data: one that is near, one of another kind. */
function othersOf(place: string, value: unknown): readonly unknown[] {
  const given = special[place];
  if (given) return given;
  if (place === 'facts.path') return value === join(kit.folder, 'num.mp4') ? [copyOfFootage] : [];
  if (typeof value === 'number') return [value + 2, value === 0 ? 1 : value - 1];
  if (typeof value === 'boolean') return [!value];
  return [`${value}x`];
}

function factsChanges(): Change[] {
  // What is see-through depends on more of its facts than the rest.
  const glassFirst = [...base.sources].sort(([a], [b]) => Number(b === 'glass') - Number(a === 'glass'));
  return glassFirst.flatMap(([id, facts]) =>
    walkValue(facts).flatMap(({ path, at, value }): Change[] => {
      const place = `facts.${path}`;
      return othersOf(place, value).flatMap((other): Change[] => {
        if (value === null || JSON.stringify(other) === JSON.stringify(value)) return [];
        const sources = new Map(base.sources).set(id, withValue<SourceFacts>(facts, at, other));
        return [{ place, what: `${id}.${path} = ${JSON.stringify(other)}`, input: () => ({ ...base, sources }) }];
      });
    }),
  );
}

/** A face without the widths of its letters: those are read from the file, whose bytes are in the workshop's fonts. */
function named({ metrics: _, ...face }: FontFace): FontFace {
  return face;
}

function workshopChanges(): Change[] {
  const faces = base.faces.flatMap((whole, index) =>
    walkValue(named(whole)).flatMap(({ path, at, value }) =>
      othersOf(`face.${path}`, value).map((other) => ({
        ...{ place: `face.${path}`, what: `${whole.family}.${path} = ${JSON.stringify(other)}` },
        input: () => {
          const face = { ...whole, ...withValue<FontFace>(named(whole), at, other) };
          return { ...base, faces: base.faces.with(index, face) };
        },
      })),
    ),
  );
  const workshop = walkValue(base.workshop).map(({ path, at, value }) => ({
    ...{ place: `workshop.${path}`, what: `workshop.${path}` },
    input: () => ({ ...base, workshop: withValue(base.workshop, at, `${value}x`) }),
  }));
  return [...faces, ...workshop];
}

/** Everything a plan is made from, and where it is changed. A part added to {@link PlanInput} must be added here. */
const partsOfPlans: Record<keyof PlanInput, string> = {
  ...{ project: 'projectChanges', preset: 'presetChanges', sources: 'factsChanges', faces: 'workshopChanges' },
  workshop: 'workshopChanges',
  ...{ variants: 'otherWays', ratios: 'otherWays', versions: 'otherWays', mapTextColour: 'otherWays' },
};

/** What is chosen for an export, and how colours are told to this ffmpeg. */
function otherWays(): Change[] {
  const none: Variant = { ...staleVariant, ['slot-1' as never]: 'option-none' as never };
  const ways: [string, Partial<PlanInput>][] = [
    ['variants', { variants: [none] }],
    ...(['9:16', '4:5', '1:1'] as const).map((ratio): [string, Partial<PlanInput>] => ['ratios', { ratios: [ratio] }]),
    ...(['textless', 'music-free', 'clean'] as const).map((version): [string, Partial<PlanInput>] => [
      'versions',
      { versions: [version] },
    ]),
    ['mapTextColour', { mapTextColour: (colour) => `#${colour.slice(3, 5)}${colour.slice(1, 3)}${colour.slice(5)}` }],
  ];
  return ways.map(([place, more]) => ({
    place,
    what: `${place} ${JSON.stringify(more)}`,
    input: () => ({ ...base, ...more }),
  }));
}

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** A thing that can be in the cache, with all that goes into making it. */
interface Made {
  fingerprint: string;
  /** Everything that its maker is given: the same things make the same. */
  ingredients: string;
  /** Null: the sound. */
  segment: PlannedSegment | null;
}

const factsUsed = (input: PlanInput, identities: readonly string[]) =>
  [...input.sources.values()].filter(({ identity }) => identities.includes(identity));

function segmentToMake(input: PlanInput, segment: PlannedSegment): Made {
  const picks = segment.recipe.spans.flatMap(({ layers }) =>
    layers.flatMap((layer) => (layer.kind === 'picture' ? [layer.pick.source] : [])),
  );
  const encoderArgs = videoArgs(input.preset, segment.recipe.rate);
  const ingredients = hash([segment.recipe, encoderArgs, factsUsed(input, picks)]);
  return { fingerprint: segment.fingerprint, ingredients, segment };
}

function soundToMake(input: PlanInput, { sound }: OutputPlan): Made {
  const used = factsUsed(
    input,
    sound.parts.map(({ stem }) => stem.source),
  );
  return {
    fingerprint: sound.fingerprint,
    ingredients: hash([sound, audioArgs(input.preset), used]),
    segment: null,
  };
}

const bySource = (input: PlanInput) => new Map([...input.sources.values()].map((facts) => [facts.identity, facts]));

/** Hashes of what comes out of encoding these segments, without any cache; of all together, or of each where that fails. */
async function encoded(input: PlanInput, segments: readonly PlannedSegment[]): Promise<string[]> {
  const tools = { ffmpeg: kit.ffmpeg, workroom, cache: freshCache() };
  const encoderArgs = videoArgs(input.preset, input.project.rate);
  try {
    const made = await encodeRun(tools, { segments, encoderArgs, sources: bySource(input) }, { signal });
    return made.map(({ packets }) => hash(packets));
  } catch (error) {
    if (segments.length === 1) return [`error: ${toAppError(error).code}`];
    const alone: string[] = [];
    for (const segment of segments) alone.push(...(await encoded(input, [segment])));
    return alone;
  }
}

async function mixed(input: PlanInput, { sound }: OutputPlan): Promise<string> {
  const tools = { ffmpeg: kit.ffmpeg, cache: freshCache(), besides: pLimit(2) };
  return soundFile(tools, sound, bySource(input), audioArgs(input.preset), signal).then(
    async ({ path }) =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    (error: unknown) => `error: ${toAppError(error).code}`,
  );
}

let caches = 0;
const freshCache = () =>
  createSegmentCache({ folder: join(kit.folder, 'caches', String(caches++)), clock: systemClock() });

function outputsOf(input: PlanInput): OutputPlan[] {
  try {
    return planRender(input).outputs;
  } catch (error) {
    if (toAppError(error).code !== 'edit-refused') throw error;
    return [];
  }
}

interface Planned {
  output: OutputPlan;
  pieces: Made[];
  /** What the board compares to tell whether an export is still of today. */
  plan: string;
}

/** Null for what is refused. */
function planned(input: PlanInput): Planned | null {
  const [output] = outputsOf(input);
  if (!output) return null;
  return {
    output,
    pieces: [...output.segments.map((segment) => segmentToMake(input, segment)), soundToMake(input, output)],
    plan: planFingerprint(output.timeline, output.ratio, input.preset),
  };
}

/** What was made so far, by fingerprint; and by ingredients, so that nothing is made twice for nothing. */
interface Shelf {
  byFingerprint: Map<string, { result: string; what: string }>;
  byIngredients: Map<string, string>;
}

/** Makes what is not on the shelf yet. */
async function make(shelf: Shelf, input: PlanInput, output: OutputPlan, pieces: readonly Made[]): Promise<void> {
  const missing = pieces.filter(({ ingredients }) => !shelf.byIngredients.has(ingredients));
  const pictures = missing.filter(({ segment }) => segment !== null);
  const segments = pictures.flatMap(({ segment }) => segment ?? []);
  const results = segments.length > 0 ? await encoded(input, segments) : [];
  for (const [index, { ingredients }] of pictures.entries()) shelf.byIngredients.set(ingredients, results[index] ?? '');
  for (const { ingredients, segment } of missing)
    if (segment === null) shelf.byIngredients.set(ingredients, await mixed(input, output));
}

const prints = ({ pieces }: Planned) => pieces.map(({ fingerprint }) => fingerprint);

test('every field of the model, of presets, of facts about sources and fonts is known to this suite', () => {
  const found = new Set(
    [...projectChanges(), ...presetChanges(), ...factsChanges(), ...workshopChanges()].map(({ place }) => place),
  );
  const inSchemas = new Set([
    ...walkSchema(projectSchema, base.project).map(({ path }) => placeOf(path)),
    ...walkSchema(presetSchema, base.preset).map(({ path }) => `preset.${path}`),
    ...[...base.sources.values()].flatMap((facts) => walkValue(facts).map(({ path }) => `facts.${path}`)),
    ...base.faces.flatMap((face) => walkValue(named(face)).map(({ path }) => `face.${path}`)),
    ...walkValue(base.workshop).map(({ path }) => `workshop.${path}`),
  ]);
  // Facts that a source does not have are null as a whole.
  for (const whole of ['facts.picture', 'facts.sound', 'facts.durationSeconds']) inSchemas.delete(whole);
  inSchemas.add('facts.durationSeconds');
  expect(
    [...inSchemas].filter((place) => !knownPlaces.has(place)),
    'fields that nobody classified',
  ).toEqual([]);
  expect(
    [...knownPlaces.keys()].filter((place) => !inSchemas.has(place)),
    'classified, but no field',
  ).toEqual([]);
  expect(
    [...inSchemas].filter((place) => !found.has(place)),
    'the base project has none of these',
  ).toEqual([]);
  expect(Object.values(partsOfPlans)).toHaveLength(9);
});

test('a field that nobody knows would be noticed', () => {
  const grown = projectSchema.extend({ mood: presetSchema.shape.name });
  const places = walkSchema(grown, base.project).map(({ path }) => placeOf(path));
  expect(places.filter((place) => !knownPlaces.has(place))).toEqual(['mood']);
});

test("a project's own loudness counts where the preset brings sound to one: for the sound and the plan, not for pictures", () => {
  const preset = { ...base.preset, loudnessLufs: -14 };
  const [usual, own] = [null, -18].map((loudnessLufs) =>
    planned({ ...base, preset, project: { ...base.project, loudnessLufs } }),
  );
  if (!usual || !own) throw new Error('the base project is refused');
  const pictures = (one: Planned) => one.output.segments.map(({ fingerprint }) => fingerprint);
  expect(own.output.sound?.fingerprint).not.toBe(usual.output.sound?.fingerprint);
  expect(own.plan).not.toBe(usual.plan);
  expect(pictures(own)).toEqual(pictures(usual));
});

test(
  'whatever changes a picture or a sound changes its fingerprint; what does not is made anew only where that is accepted',
  async () => {
    const shelf: Shelf = { byFingerprint: new Map(), byIngredients: new Map() };
    const resultOf = (piece: Made) => shelf.byIngredients.get(piece.ingredients) ?? 'not made';
    const original = planned(base);
    if (!original) throw new Error('the original is refused');
    await make(shelf, base, original.output, original.pieces);
    for (const piece of original.pieces)
      shelf.byFingerprint.set(piece.fingerprint, { result: resultOf(piece), what: 'the original' });
    expect([...shelf.byFingerprint.values()].filter(({ result }) => result.startsWith('error'))).toEqual([]);
    const stale: string[] = [];
    const moved = new Set<string>();
    const missed = new Map<string, string>();
    const needed = new Set<string>();
    const lookedAt = new Set<string>();
    const changes = [...projectChanges(), ...presetChanges(), ...factsChanges(), ...workshopChanges(), ...otherWays()];
    const tried = new Map<string, number>();
    for (const { place, what, input: makeInput } of changes) {
      // A few of each place, and more until one of them matters; in the long run, all of them.
      const times = tried.get(place) ?? 0;
      if (!isLong && times >= 2 && (moved.has(place) || knownPlaces.get(place) === 'idle')) continue;
      const input = makeInput();
      const now = input && planned(input);
      if (!now) continue;
      tried.set(place, times + 1);
      const isOther = prints(now).join() !== prints(original).join();
      if (isOther) moved.add(place);
      if (
        isOther &&
        now.plan === original.plan &&
        /^(project|ducking|slots|globals|anchored|sequence|clip|style|preset)/.test(place)
      )
        stale.push(`${what}: the board would call the old export up to date`);
      // Other ingredients under a known fingerprint are what may go wrong: of each place one such picture and one sound
      // are made; in the long run, everything.
      const toMake = now.pieces.filter((piece) => {
        if (isLong || shelf.byIngredients.has(piece.ingredients)) return true;
        const mark = `${place} ${piece.segment === null}`;
        if (!shelf.byFingerprint.has(piece.fingerprint) || lookedAt.has(mark)) return false;
        lookedAt.add(mark);
        return true;
      });
      await make(shelf, input, now.output, toMake);
      for (const piece of toMake) {
        const result = resultOf(piece);
        const known = shelf.byFingerprint.get(piece.fingerprint);
        if (!known) shelf.byFingerprint.set(piece.fingerprint, { result, what });
        else if (known.result !== result && !result.startsWith('error'))
          stale.push(
            `${what}: ${piece.segment ? `segment at ${piece.segment.startFrame}` : 'the sound'} as in ${known.what}, of other content`,
          );
        const before = original.pieces[now.pieces.indexOf(piece)];
        if (known || !before || now.pieces.length !== original.pieces.length) continue;
        if (resultOf(before) === result) missed.set(place, what);
        else needed.add(place);
      }
    }
    const ofKind = (effect: string) => [...knownPlaces].flatMap(([place, one]) => (one === effect ? [place] : []));
    const tries = [...tried.values()].reduce((sum, times) => sum + times, 0);
    console.log(
      JSON.stringify({ changes: changes.length, tries, places: knownPlaces.size, made: shelf.byIngredients.size }),
    );
    const unneeded = [...missed].filter(([place]) => !needed.has(place));
    if (isLong)
      console.log(`made anew for nothing:\n${[...missed].map(([place, what]) => `  ${place} (${what})`).join('\n')}`);
    expect(stale, 'stale').toEqual([]);
    expect(
      ofKind('counts').filter((place) => !moved.has(place)),
      'said to count, and no change of it does',
    ).toEqual([]);
    expect(
      ofKind('idle').filter((place) => moved.has(place)),
      'said to be idle, and makes pieces anew',
    ).toEqual([]);
    expect(
      unneeded.map(([place]) => place).filter((place) => !acceptedMisses.has(place)),
      'needless',
    ).toEqual([]);
  },
  isLong ? 3_600_000 : 240_000,
);
