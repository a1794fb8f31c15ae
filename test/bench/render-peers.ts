import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  type BenchKit,
  benchScale,
  type Cost,
  costOf,
  median,
  openBenchKit,
  secondsText,
} from '../fixtures/bench-kit.ts';
import { type BenchCut, benchTimeline } from '../fixtures/bench-projects.ts';
import type { BenchRow } from '../fixtures/bench-row.ts';

const run_ = promisify(execFile);
const { rounds, isTrial } = benchScale();
const size = [1080, 1920] as const;
/** Where editly is looked for; it is no dependency of ours: `npm install --prefix .cache/editly editly@0.14.2`. */
const editly =
  process.env.SPOTLOOM_EDITLY ?? resolve(import.meta.dirname, '../../.cache/editly/node_modules/.bin/editly');

/** Another program that makes the same ad. */
interface Peer {
  name: string;
  /** Null when it cannot be measured, with the reason. */
  reason: string | null;
  make(target: string): Promise<Cost>;
}

async function versionOf(program: string): Promise<string | null> {
  return run_(program, ['--version']).then(
    ({ stdout, stderr }) => (stdout || stderr).split('\n')[0]?.trim() ?? '',
    () => null,
  );
}

/** MLT's command line: the same cuts, music mixed below, the same loudness in its two passes, the same encoder settings. */
async function meltPeer({ kit, footage }: BenchKit, cuts: readonly BenchCut[]): Promise<Peer> {
  const version = await versionOf('melt');
  const profiles = join(kit.folder, 'profiles');
  await mkdir(profiles, { recursive: true });
  const aspect = `sample_aspect_num=1\nsample_aspect_den=1\ndisplay_aspect_num=9\ndisplay_aspect_den=16`;
  const grid = `frame_rate_num=30\nframe_rate_den=1\nwidth=${size[0]}\nheight=${size[1]}\nprogressive=1`;
  await writeFile(join(profiles, 'ad'), `description=ad\n${grid}\n${aspect}\ncolorspace=709\n`);
  const total = cuts.reduce((sum, cut) => sum + cut.frames, 0);
  const clips = cuts.flatMap((cut) => [footage[cut.media], `in=${cut.inFrame}`, `out=${cut.inFrame + cut.frames - 1}`]);
  const music = ['-audio-track', footage.music, 'in=0', `out=${total - 1}`, '-attach', 'volume', 'gain=-12dB'];
  const mix = ['-transition', 'mix:-1', 'always_active=1', 'a_track=0', 'b_track=1', 'sum=1'];
  const codecs = ['vcodec=libx264', 'preset=medium', 'crf=19', 'maxrate=14M', 'bufsize=14M', 'threads=0'];
  const sound = ['acodec=aac', 'ab=192k', 'ar=48000'];
  return {
    name: version === null ? 'melt' : version.replace(/^(melt \S+).*/, '$1'),
    reason: version === null ? 'not installed (Debian: apt-get install melt)' : null,
    async make(target) {
      process.env.MLT_PROFILES_PATH = profiles;
      const melt = ['-silent', '-profile', 'ad'];
      const [planned, heard] = [join(kit.folder, 'planned.mlt'), join(kit.folder, 'heard.mlt')];
      const listen = ['-attach', 'loudness', 'program=-14', '-consumer', `xml:${heard}`, 'all=1', 'video_off=1'];
      const consumer = ['-consumer', `avformat:${target}`, ...codecs, ...sound, 'real_time=-2', 'movflags=+faststart'];
      const passes = [
        [...clips, ...music, ...mix, '-consumer', `xml:${planned}`],
        [`xml:${planned}`, ...listen, 'real_time=-1'],
        [`xml:${heard}`, ...consumer],
      ];
      const costs: Cost[] = [];
      for (const pass of passes) costs.push(await costOf('melt', [...melt, ...pass]));
      const sum = (part: keyof Cost) => costs.reduce((total, cost) => total + cost[part], 0);
      return { wallMs: sum('wallMs'), cpuMs: sum('cpuMs') };
    },
  };
}

/** editly: the same cuts and music; its encoder settings are its own, so they are told to it. */
async function editlyPeer({ kit, footage }: BenchKit, cuts: readonly BenchCut[]): Promise<Peer> {
  const isThere = existsSync(editly) && (await versionOf(editly)) !== null;
  const clips = cuts.map((cut) => ({
    duration: cut.frames / 30,
    layers: [
      { type: 'video', path: footage[cut.media], cutFrom: cut.inFrame / 30, cutTo: (cut.inFrame + cut.frames) / 30 },
    ],
  }));
  return {
    name: 'editly',
    reason: isThere
      ? null
      : 'not installed, or its native parts could not be built (npm install --prefix .cache/editly editly@0.14.2)',
    async make(target) {
      const spec = {
        ...{ outPath: target, width: size[0], height: size[1], fps: 30, keepSourceAudio: true, clips },
        ...{ defaults: { transition: null }, audioTracks: [{ path: footage.music, mixVolume: 0.25 }] },
        customOutputArgs: ['-c:v', 'libx264', '-preset', 'medium', '-crf', '19', '-pix_fmt', 'yuv420p', '-c:a', 'aac'],
      };
      const file = join(kit.folder, 'editly.json');
      await writeFile(file, JSON.stringify(spec));
      return costOf(editly, [file]);
    },
  };
}

async function benchPeer(bench: BenchKit, peer: Peer, cuts: readonly BenchCut[]): Promise<BenchRow> {
  const name = `one ad of cuts and music, cold, against ${peer.name}`;
  if (peer.reason !== null)
    return { name, value: Number.NaN, unit: '', note: `skipped: ${peer.name} is ${peer.reason}` };
  const project = benchTimeline('peer', cuts);
  const [ours, theirs]: [Cost[], Cost[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    theirs.push(await peer.make(join(bench.kit.folder, 'peer.mp4')));
    await bench.cool();
    ours.push(await bench.export(project, { presetId: isTrial ? 'small-test' : 'standard' }));
  }
  const value = median(theirs.map((one, n) => one.wallMs / (ours[n]?.wallMs ?? Number.NaN)));
  const cpu = median(theirs.map((one, n) => one.cpuMs / (ours[n]?.cpuMs ?? Number.NaN)));
  const walls = (costs: readonly Cost[]) => secondsText(costs.map((cost) => cost.wallMs));
  const note = `ours ${walls(ours)} s with checks, ${peer.name} ${walls(theirs)} s without; processor time ${cpu.toFixed(2)}×`;
  return { name, value, unit: '× faster', bound: '> 1', holds: value > 1, note };
}

/** The same ad by other programs, with the same encoder settings. */
export async function run(): Promise<BenchRow[]> {
  const frames = isTrial ? 6 : 150;
  const cuts: BenchCut[] = [12, 190, 330, 470].map((inFrame) => ({ media: 'portrait', inFrame, frames }));
  const bench = await openBenchKit();
  try {
    const rows: BenchRow[] = [];
    for (const peer of [await meltPeer(bench, cuts), await editlyPeer(bench, cuts)])
      rows.push(await benchPeer(bench, peer, cuts));
    return rows;
  } finally {
    await bench.dispose();
    await rm(bench.kit.folder, { recursive: true, force: true });
  }
}
