import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeEach, expect } from 'vitest';
import type { Clip, Project, Ratio } from '#shared/model/index.ts';
import { makeSound, makeVideo } from '../../fixtures/media.ts';
import { callEngine } from './call-engine.ts';
import { framesOf, likeness, measureVideo, type Picture, readPng, scaledFrameOf } from './pictures.ts';
import { until } from './studio-page.ts';

/** What an editor gets from others: an upright and a lying film, a bed, captions. */
export interface Shoot {
  folder: string;
  talk: string;
  table: string;
  bed: string;
  captions: string;
}

/** Frames of each of the two films. */
export const filmFrames = 90;
/** Tones of the voice (the first half of the talk) and of the bed, Hz. */
export const tones = { voice: 300, bed: 880 };

const captions = `1
00:00:00,200 --> 00:00:01,200
Stop scrolling now

2
00:00:01,400 --> 00:00:02,600
This takes ten seconds
`;

/**
 * Makes the footage. Each film has a bright line that sinks from top to bottom once and a dark one that goes from left to
 * right: neighbouring frames differ clearly, and so does whatever is shifted, scaled or cropped.
 */
export async function makeShoot(parent: string): Promise<Shoot> {
  const folder = join(parent, 'shoot');
  mkdirSync(folder);
  const path = (name: string) => join(folder, name);
  const shoot = {
    ...{ folder, talk: path('talk.mp4'), table: path('table.mp4') },
    ...{ bed: path('bed.wav'), captions: path('words.srt') },
  };
  const part = 'T/3';
  const lines = `format=yuv420p,geq=lum='if(lt(abs(Y-${part}*H),H/24),225,if(lt(abs(X-${part}*W),W/24),30,lum(X,Y)))':cb='cb(X,Y)':cr='cr(X,Y)'`;
  const film = { seconds: 3, filter: lines };
  const half = ['-af', "volume=0:enable='gt(t,1)'"];
  await makeVideo(shoot.talk, {
    ...{ ...film, size: '180x320', source: 'color=c=0x8a5a3a', tonesHz: [tones.voice], args: half },
  });
  await makeVideo(shoot.table, { ...film, size: '320x180', source: 'color=c=0x2a6a5a' });
  await makeSound(shoot.bed, { seconds: 12, hz: tones.bed });
  writeFileSync(shoot.captions, captions);
  return shoot;
}

/** The only ad of the library, as the engine keeps it. */
export async function readAd(page: Page): Promise<Project> {
  const { projects } = await callEngine<{ projects: { id: string }[] }>(page, '/projects/list', { isRemoved: false });
  return (await callEngine<{ project: Project }>(page, '/projects/get', { id: projects[0]?.id })).project;
}

/** The steps of one story: those after a failed one are skipped, and none is tried again in the middle of it. */
export function tellAsOneStory(): void {
  let isBroken = false;
  beforeEach(({ skip, onTestFailed }) => {
    if (isBroken) skip('a step before failed');
    onTestFailed(() => {
      isBroken = true;
    });
  });
}

/** Clips of all tracks of an ad. */
export function clipsOf({ sequences }: Project): Clip[] {
  return sequences.flatMap(({ tracks }) => tracks.flatMap(({ clips }) => clips));
}

/** "talk 0-40, table 40-100": what the main track plays, by their names, which are those of the media. */
export async function mainTrack(page: Page): Promise<string> {
  const { sequences } = await readAd(page);
  const clips = sequences[0]?.tracks[0]?.clips ?? [];
  return clips
    .map(({ name, startFrame, lengthFrames }) => {
      const film = name?.replace(/\.\w+$/, '');
      return `${film} ${startFrame}-${startFrame + lengthFrames}`;
    })
    .join(', ');
}

/** A still of the preview, as the person saw it. */
export interface Still {
  ratio: Ratio;
  frame: number;
  /** What it shows, for messages. */
  what: string;
  picture: Picture;
}

/** The exact still of the standing playhead, once it is there. */
export async function takeStill(page: Page, ratio: Ratio, what: string): Promise<Still> {
  const position = page.getByRole('textbox', { name: 'Position', exact: true });
  await page.getByLabel(`Preview, ${ratio}`).waitFor();
  const canvas = page.getByTestId('exact-still').last();
  const ask = async () => {
    const frame = framesOf(await position.inputValue());
    const url = await canvas.evaluate((one, wanted) => {
      if (!(one instanceof HTMLCanvasElement)) return null;
      const isThere = one.dataset.frame === String(wanted) && getComputedStyle(one).visibility === 'visible';
      return isThere ? one.toDataURL('image/png') : null;
    }, frame);
    return url === null ? null : { frame, url };
  };
  const seen = await until(`the still: ${what}`, ask, (answer) => answer !== null, 30_000);
  if (!seen) throw new Error('no still');
  const png = Buffer.from(seen.url.slice(seen.url.indexOf(',') + 1), 'base64');
  return { ratio, frame: seen.frame, what, picture: await readPng(png) };
}

/** The files of a folder by their ratio. */
export async function filmsOf(folder: string): Promise<Map<Ratio, string>> {
  const films = new Map<Ratio, string>();
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.mp4'))) {
    const path = join(folder, name);
    const { width, height } = await measureVideo(path);
    films.set(width === height ? '1:1' : width < height ? '9:16' : '16:9', path);
  }
  return films;
}

/**
 * True when a still of the preview and a frame of an export show the same, but for the encoder's loss and the scaling to
 * the screen. Same ones have 38 dB and more, in the worst of 36 parts 28; a frame off has 22 (15), a caption that is
 * missing 29 (18), a title in another place 23 (10).
 */
export function isSameShot(still: Picture, frame: Picture): boolean {
  return likeness(still, frame) >= 34 && likeness(still, frame, 6) >= 23;
}

/** True when a still is the frame of the exported file that lies `away` frames from its own. */
export async function isInFilm(films: ReadonlyMap<Ratio, string>, still: Still, away = 0): Promise<boolean> {
  const { ratio, frame, picture } = still;
  return isSameShot(picture, await scaledFrameOf(films.get(ratio) ?? '', frame + away, picture));
}

/** Fails unless every still is the frame of its file, and the frames beside the first one's are not. */
export async function expectShots(films: ReadonlyMap<Ratio, string>, stills: readonly Still[]): Promise<void> {
  expect([...films.keys()].sort()).toEqual(['16:9', '1:1', '9:16']);
  for (const still of stills) expect([still.what, await isInFilm(films, still)]).toEqual([still.what, true]);
  const [first] = stills;
  if (!first) throw new Error('no still');
  for (const away of [-1, 1]) expect([away, await isInFilm(films, first, away)]).toEqual([away, false]);
}
