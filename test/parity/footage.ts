import { join } from 'node:path';
import type { Asset } from '#shared/model/index.ts';
import { ffmpeg, makeVideo, setDisplayMatrix } from '../fixtures/media.ts';
import { assetOf, type RenderKit } from '../fixtures/render-kit.ts';

const x264 = (...more: string[]) => ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '12', '-g', '15', ...more];
const bt709 = ['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];

/** Something to look at that is like footage: soft shapes that move, hard edges, saturated colours, fine detail. */
const scene =
  "geq=lum='90+60*sin((X+7*N)/37)+50*cos(Y/23)+if(lt(mod(X,64),20)*lt(mod(Y,48),14),35,0)':cb='128+60*sin((Y+3*N)/61)':cr='128+60*cos((X-2*N)/47)'";

/** The golden footage, in the forms that make pictures hard to draw alike. */
export async function makeParityFootage(kit: RenderKit): Promise<Asset[]> {
  const at = (name: string) => join(kit.folder, name);
  const movie = (file: string, size: string, codec: string[], more: { filter?: string; rate?: string } = {}) =>
    makeVideo(at(file), {
      ...{ size, codec, rate: more.rate ?? '30', seconds: 1, source: 'testsrc2' },
      filter: `format=yuv420p,${scene}${more.filter === undefined ? '' : `,${more.filter}`}`,
    });
  const plain = x264('-pix_fmt', 'yuv420p', ...bt709);
  const inBt601 = [
    '-color_range',
    'tv',
    '-colorspace',
    'smpte170m',
    '-color_primaries',
    'smpte170m',
    '-color_trc',
    'smpte170m',
  ];
  await movie('wide.mp4', '640x360', plain);
  await movie('tall.mp4', '360x640', x264('-pix_fmt', 'yuv420p', '-bf', '3', ...bt709), { rate: '25' });
  await movie('odd.mp4', '500x282', plain, { rate: '24000/1001' });
  await movie('bars.mp4', '320x180', plain);
  await movie('full.mp4', '640x360', x264('-pix_fmt', 'yuvj420p', '-color_range', 'pc', '-colorspace', 'bt709'));
  await movie('bt601.mp4', '640x360', x264('-pix_fmt', 'yuv420p', ...inBt601));
  await movie('ten.mp4', '640x360', x264('-pix_fmt', 'yuv420p10le', ...bt709));
  await movie('dense.mp4', '640x360', x264('-pix_fmt', 'yuv444p', ...bt709));
  await movie('uneven.mp4', '640x360', [...plain, '-fps_mode', 'passthrough', '-enc_time_base', '1/90000'], {
    filter: "setpts='(N+0.45*mod(N*7\\,3))/30/TB'",
  });
  await movie('narrow.mp4', '480x360', plain, { filter: 'setsar=4/3' });
  for (const [file, matrix] of [
    ['turned.mp4', [0, 1, -1, 0]],
    ['upside.mp4', [-1, 0, 0, -1]],
    ['left.mp4', [0, -1, 1, 0]],
    ['mirrored.mp4', [-1, 0, 0, 1]],
  ] as const) {
    await movie(file, '640x360', plain);
    await setDisplayMatrix(at(file), matrix);
  }
  const see = ['-auto-alt-ref', '0', '-crf', '8', '-b:v', '0', '-deadline', 'realtime', '-cpu-used', '8'];
  await makeVideo(at('clear.webm'), {
    ...{ size: '320x320', seconds: 1, codec: ['-c:v', 'libvpx-vp9', '-pix_fmt', 'yuva420p', ...see] },
    filter: "format=yuva420p,geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='255*clip(1.4-hypot(X-160,Y-160)/120,0,1)'",
  });
  const picture = (file: string, graph: string, ...args: string[]) =>
    ffmpeg('-f', 'lavfi', '-i', graph, '-frames:v', '1', ...args, at(file));
  await picture('photo.jpg', `testsrc2=s=800x600,format=yuvj420p,${scene}`, '-q:v', '2');
  await picture('chart.png', `testsrc2=s=322x242,format=yuv444p,${scene},format=rgb24`);
  await picture(
    'logo.png',
    "color=0x2060E0:s=160x160,format=rgba,geq=r='40+X':g=90:b='230-Y':a='255*clip(1.5-hypot(X-80,Y-80)/60,0,1)'",
  );
  const files = [
    ...['wide.mp4', 'tall.mp4', 'odd.mp4', 'bars.mp4', 'full.mp4', 'bt601.mp4', 'ten.mp4', 'dense.mp4', 'uneven.mp4'],
    ...[
      'narrow.mp4',
      'turned.mp4',
      'upside.mp4',
      'left.mp4',
      'mirrored.mp4',
      'clear.webm',
      'photo.jpg',
      'chart.png',
      'logo.png',
    ],
  ];
  return Promise.all(files.map((file) => assetOf(kit.ffmpeg, file.replace(/\..*/, ''), at(file))));
}
