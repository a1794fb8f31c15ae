import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#main/platform/clock/index.ts';
import { encodeRun } from '#main/render/encode-run.ts';
import { audioArgs, videoArgs } from '#main/render/encoder-args.ts';
import { loadFonts } from '#main/render/fonts.ts';
import { assetsOf, gatherSources } from '#main/render/gather-sources.ts';
import { joinOutput } from '#main/render/join.ts';
import { soundFile } from '#main/render/mix-sound.ts';
import { planRender } from '#main/render/plan-render.ts';
import { findPreset } from '#main/render/presets.ts';
import { createSegmentCache } from '#main/render/segment-cache.ts';
import { textColourMap } from '#main/render/text-colour.ts';
import { createWorkroom } from '#main/render/workroom.ts';
import { listVariants } from '#shared/model/index.ts';
import { makeNumbered, readNumbers } from '../fixtures/numbered.ts';
import {
  assetOf,
  openRenderKit,
  plainProject,
  probe,
  type RenderKit,
  savePng,
  sourcesOf,
} from '../fixtures/render-kit.ts';

let kit: RenderKit;
beforeAll(async () => {
  kit = await openRenderKit();
});
afterAll(() => kit.dispose());

test('one variant end to end', async () => {
  const a = join(kit.folder, 'a.mp4');
  await makeNumbered(a, { frames: 240, rate: '30', toneHz: 440 });
  const asset = await assetOf(kit.ffmpeg, 'a', a);
  const sources = sourcesOf([asset]);
  const p = plainProject([
    [
      {
        id: 'c1',
        startFrame: 0,
        lengthFrames: 150,
        content: { kind: 'media', media: { assetId: 'a' }, sourceInSeconds: { num: 1, den: 1 } },
      },
    ],
    [
      {
        id: 't',
        startFrame: 20,
        lengthFrames: 50,
        content: { kind: 'text', text: 'Hello {world}\nline 2', style: { boxColour: '#FF0000' } },
        layout: { y: 0.3 },
      },
    ],
  ]);
  const tools = await kit.ffmpeg.tools();
  const fonts = await loadFonts(kit.fontsDir);
  const gathered = await gatherSources(assetsOf(p), sources, kit.ffmpeg);
  const preset = findPreset('small-test');
  const plan = planRender({
    project: p,
    variants: listVariants(p),
    ratios: ['16:9'],
    preset,
    sources: gathered.table,
    faces: fonts.faces,
    workshop: { ffmpegBuild: tools.ffmpeg.buildId, x264Build: tools.capabilities.x264Build ?? '', fonts: fonts.hash },
    mapTextColour: textColourMap(tools.capabilities.libavutil.major),
  });
  const output = plan.outputs[0]!;
  console.log(output.segments.map((s) => [s.startFrame, s.frames, s.fingerprint.slice(0, 6)]));
  const cache = createSegmentCache({ folder: kit.paths.segments, clock: systemClock() });
  const workroom = createWorkroom(kit.paths, kit.fontsDir);
  const signal = new AbortController().signal;
  const byIdentity = new Map([...gathered.table.values()].map((f) => [f.identity, f]));
  const segments = await encodeRun(
    { ffmpeg: kit.ffmpeg, workroom, cache },
    { segments: output.segments, encoderArgs: videoArgs(preset, p.rate), sources: byIdentity },
    { signal, onFrames() {} },
  );
  const sound = await soundFile({ ffmpeg: kit.ffmpeg, cache }, output.sound, byIdentity, audioArgs(preset), signal);
  const target = join(kit.folder, 'out.mp4');
  await workroom.use((folder) => joinOutput(kit.ffmpeg, { segments, sound, rate: p.rate, folder, target }, signal));
  const report = await probe(target);
  console.log(
    report.streams.map((s) => [
      s.codec_name,
      s.start_time,
      s.duration,
      s.nb_frames,
      s.avg_frame_rate,
      s.r_frame_rate,
      s.color_space,
      s.color_range,
      s.sample_aspect_ratio,
    ]),
    report.format.duration,
  );
  const numbers = await readNumbers(target);
  expect(numbers).toEqual(Array.from({ length: 150 }, (_, n) => n + 30));
  await savePng(target, 19, '/tmp/f19.png');
  await savePng(target, 20, '/tmp/f20.png');
  await workroom.dispose();
});
