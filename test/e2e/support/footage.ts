import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePicture, makeSound, makeVideo, setDisplayMatrix } from '../../fixtures/media.ts';

/** A shoot as it comes from a phone and a desk: small clips one can tell apart by colour, and one that is broken. */
export interface Footage {
  folder: string;
  red: string;
  green: string;
  blue: string;
  /** Stored lying, to be shown upright. */
  phone: string;
  still: string;
  music: string;
  /** Text that calls itself a video. */
  broken: string;
}

const moving = (colour: string) => `color=c=${colour}`;

/** A white line that sinks from top to bottom once, so that every frame tells its time. */
const bar = (seconds: number) =>
  `format=yuv420p,geq=lum='if(lt(abs(Y-T/${seconds}*H),6),235,lum(X,Y))':cb='if(lt(abs(Y-T/${seconds}*H),6),128,cb(X,Y))':cr='if(lt(abs(Y-T/${seconds}*H),6),128,cr(X,Y))'`;

/** Makes the footage into a folder. */
export async function makeFootage(parent: string): Promise<Footage> {
  const folder = join(parent, 'shoot');
  mkdirSync(folder);
  const path = (name: string) => join(folder, name);
  const footage: Footage = {
    folder,
    red: path('red talk.mp4'),
    green: path('green table.mp4'),
    blue: path('blue close-up.mp4'),
    phone: path('phone.mp4'),
    still: path('product.png'),
    music: path('beat.wav'),
    broken: path('broken.mp4'),
  };
  const upright = { size: '180x320', seconds: 3 };
  await makeVideo(footage.red, { ...upright, source: moving('red'), filter: bar(3), tonesHz: [300] });
  await makeVideo(footage.green, { ...upright, source: moving('green'), filter: bar(3), tonesHz: [300] });
  await makeVideo(footage.blue, { ...upright, source: moving('blue'), filter: bar(3) });
  await makeVideo(footage.phone, { size: '320x180', seconds: 2 });
  await setDisplayMatrix(footage.phone, [0, 1, -1, 0]);
  await makePicture(footage.still, { size: '320x320' });
  await makeSound(footage.music, { seconds: 12, hz: 880 });
  writeFileSync(footage.broken, 'This is no video at all.\n'.repeat(40));
  return footage;
}

/** Hooks, a body and calls to action that were cut elsewhere, named as people name them. */
export async function makeNamedCuts(parent: string): Promise<{ folder: string; paths: string[] }> {
  const folder = join(parent, 'cuts');
  mkdirSync(folder);
  const colours = { 'hook1.mp4': 'red', 'hook2.mp4': 'orange', 'body.mp4': 'green', 'cta1.mp4': 'blue' };
  const paths: string[] = [];
  for (const [name, colour] of Object.entries(colours)) {
    paths.push(join(folder, name));
    await makeVideo(join(folder, name), { size: '180x320', source: moving(colour), filter: bar(1) });
  }
  return { folder, paths };
}
