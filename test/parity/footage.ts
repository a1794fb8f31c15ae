import { join } from 'node:path';
import type { Asset } from '#shared/model/index.ts';
import { ffmpeg, makeVideo, setDisplayMatrix } from '../fixtures/media.ts';
import { assetOf, type RenderKit } from '../fixtures/render-kit.ts';

const x264 = (...more: string[]) => ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '12', '-g', '15', ...more];
const bt709 = ['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];

/** Something to look at that is like footage: soft shapes that move, hard edges, saturated colours, fine detail. */
const scene =
  "geq=lum='90+60*sin((X+7*N)/37)+50*cos(Y/23)+if(lt(mod(X,64),20)*lt(mod(Y,48),14),35,0)':cb='128+60*sin((Y+3*N)/61)':cr='128+60*cos((X-2*N)/47)'";

const plain = x264('-pix_fmt', 'yuv420p', ...bt709);
const bt601 = [
  ...['-color_range', 'tv', '-colorspace', 'smpte170m'],
  ...['-color_primaries', 'smpte170m', '-color_trc', 'smpte170m'],
];

interface Movie {
  size: string;
  codec: string[];
  filter?: string;
  rate?: string;
  args?: string[];
}

const movie =
  ({ size, codec, filter, rate = '30', args = [] }: Movie) =>
  (path: string) =>
    makeVideo(path, {
      ...{ size, codec, rate, args, seconds: 1, source: 'testsrc2' },
      filter: `format=yuv420p,${scene}${filter === undefined ? '' : `,${filter}`}`,
    });

const turned = (matrix: readonly [number, number, number, number]) => async (path: string) => {
  await movie({ size: '640x360', codec: plain })(path);
  await setDisplayMatrix(path, matrix);
};

const picture =
  (graph: string, ...args: string[]) =>
  (path: string) =>
    ffmpeg('-f', 'lavfi', '-i', graph, '-frames:v', '1', ...args, path);

const vp9 = ['-c:v', 'libvpx-vp9', '-pix_fmt', 'yuva420p', '-auto-alt-ref', '0', '-crf', '8', '-b:v', '0'];

/** How each file is made. Assets are named as their files, without the ending. */
const makers: Readonly<Record<string, (path: string) => Promise<void>>> = {
  'wide.mp4': movie({ size: '640x360', codec: plain }),
  'tall.mp4': movie({ size: '360x640', codec: [...plain, '-bf', '3'], rate: '25' }),
  'odd.mp4': movie({ size: '500x282', codec: plain, rate: '24000/1001' }),
  'bars.mp4': movie({ size: '320x180', codec: plain }),
  'full.mp4': movie({
    size: '640x360',
    codec: x264('-pix_fmt', 'yuvj420p', '-color_range', 'pc', '-colorspace', 'bt709'),
  }),
  'bt601.mp4': movie({ size: '640x360', codec: x264('-pix_fmt', 'yuv420p', ...bt601) }),
  'ten.mp4': movie({ size: '640x360', codec: x264('-pix_fmt', 'yuv420p10le', ...bt709) }),
  'dense.mp4': movie({ size: '640x360', codec: x264('-pix_fmt', 'yuv444p', ...bt709) }),
  'uneven.mp4': movie({
    ...{ size: '640x360', codec: plain, filter: "setpts='(N+0.45*mod(N*7\\,3))/30/TB'" },
    args: ['-fps_mode', 'passthrough', '-enc_time_base', '1/90000'],
  }),
  'narrow.mp4': movie({ size: '480x360', codec: plain, filter: 'setsar=4/3' }),
  'turned.mp4': turned([0, 1, -1, 0]),
  'upside.mp4': turned([-1, 0, 0, -1]),
  'left.mp4': turned([0, -1, 1, 0]),
  'mirrored.mp4': turned([-1, 0, 0, 1]),
  'clear.webm': (path) =>
    makeVideo(path, {
      ...{ size: '320x320', seconds: 1, codec: [...vp9, '-deadline', 'realtime', '-cpu-used', '8'] },
      filter:
        "format=yuva420p,geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='255*clip(1.4-hypot(X-160,Y-160)/120,0,1)'",
    }),
  'photo.jpg': picture(`testsrc2=s=800x600,format=yuvj420p,${scene}`, '-q:v', '2'),
  'chart.png': picture(`testsrc2=s=322x242,format=yuv444p,${scene},format=rgb24`),
  'logo.png': picture(
    "color=0x2060E0:s=160x160,format=rgba,geq=r='40+X':g=90:b='230-Y':a='255*clip(1.5-hypot(X-80,Y-80)/60,0,1)'",
  ),
};

/** Makes the golden footage of these names, in the forms that make pictures hard to draw alike. */
export async function makeParityFootage(kit: RenderKit, names: ReadonlySet<string>): Promise<Asset[]> {
  const assets: Asset[] = [];
  for (const [file, make] of Object.entries(makers)) {
    const name = file.replace(/\..*/, '');
    const path = join(kit.folder, file);
    if (!names.has(name)) continue;
    await make(path);
    assets.push(await assetOf(kit.ffmpeg, name, path));
  }
  return assets;
}
