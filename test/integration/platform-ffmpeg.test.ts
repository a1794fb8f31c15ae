import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#main/platform/clock/index.ts';
import {
  createFfmpeg,
  type Ffmpeg,
  type FfmpegProgress,
  inputArgs,
  lavfiInputArgs,
} from '#main/platform/ffmpeg/index.ts';
import { silentLog } from '#main/platform/log/index.ts';

const dir = mkdtempSync(join(tmpdir(), 'spotloom-ffmpeg-'));
const cacheFile = join(dir, 'machine.json');
const make = (options: Partial<Parameters<typeof createFfmpeg>[0]> = {}) =>
  createFfmpeg({ log: silentLog(), clock: systemClock(), cacheFile, ...options });
let ffmpeg: Ffmpeg;
let programs: { ffmpeg: string; ffprobe: string };
const at = (name: string) => join(dir, name);
const endless = ['-re', ...lavfiInputArgs('testsrc=s=64x64:r=30'), '-f', 'null', '-'];

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie nobody waited for is dead.
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(condition: () => boolean, limitMs = 20_000): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

beforeAll(async () => {
  ffmpeg = make();
  const tools = await ffmpeg.tools();
  programs = { ffmpeg: tools.ffmpeg.path, ffprobe: tools.ffprobe.path };
  await ffmpeg.run({ args: [...lavfiInputArgs('testsrc=s=64x64:r=30:d=1'), '-c:v', 'libx264', at('a.mp4')] });
  await ffmpeg.run({ args: [...lavfiInputArgs('testsrc=s=64x64'), '-frames:v', '1', at('p.png')] });
  await ffmpeg.run({ args: [...lavfiInputArgs('testsrc=s=64x64'), '-frames:v', '1', at('p.jpg')] });
});
afterAll(() => ffmpeg.dispose());

describe('finding ffmpeg', () => {
  it('probes what it can do, and remembers', async () => {
    const first = await make({ cacheFile: null }).tools();
    expect(first.capabilities.filters.has('scale')).toBe(true);
    expect(first.capabilities.encoders.has('libx264')).toBe(true);
    expect(first.capabilities.decoders.has('hevc')).toBe(true);
    expect(first.capabilities.demuxers.has('mov')).toBe(true);
    expect(first.capabilities.x264Build).toMatch(/^core \d+/);
    expect(first.ffmpeg.buildId).toMatch(/^[0-9a-f]{16}$/);
    expect(await make().tools()).toEqual(first);
  });

  it('looks again when the cache is damaged', async () => {
    const damaged = at('damaged.json');
    writeFileSync(damaged, '{"version":1,"builds":[{"path":3}]}');
    expect((await make({ cacheFile: damaged }).tools()).ffmpeg.path).toBe(programs.ffmpeg);
    expect(JSON.parse(readFileSync(damaged, 'utf8')).builds.length).toBeGreaterThan(0);
  });

  it('prefers the newest build that passes, wherever it is', async () => {
    const packagedDir = at('packaged-old');
    mkdirSync(packagedDir);
    // Says it is newer than everything, and can do nothing.
    writeFileSync(
      join(packagedDir, 'ffmpeg'),
      '#!/bin/sh\necho "ffmpeg version 99"; echo "libavutil      99.  1.100"\n',
    );
    chmodSync(join(packagedDir, 'ffmpeg'), 0o755);
    const tools = await make({ packagedDir, cacheFile: null }).tools();
    expect(tools.ffmpeg.path).toBe(programs.ffmpeg);
  });

  it('takes the one the person chose, and only that', async () => {
    const chosen = at('chosen-ffmpeg');
    symlinkSync(programs.ffmpeg, chosen);
    const tools = await make({ configuredPath: () => chosen }).tools();
    expect([tools.origin, tools.ffmpeg.path]).toEqual(['setting', chosen]);
    const gone = make({ configuredPath: () => at('nothing') }).tools();
    await expect(gone).rejects.toMatchObject({ code: 'ffmpeg-missing', retry: 'open-settings' });
  });

  it('says what an old or small one lacks and how to get another', async () => {
    const chosen = at('small-ffmpeg');
    writeFileSync(
      chosen,
      '#!/bin/sh\n[ "$1" = -version ] && echo "ffmpeg version 2.0" && echo "libavutil 52. 1.100"\nexit 0\n',
    );
    chmodSync(chosen, 0o755);
    const error = await make({ configuredPath: () => chosen, cacheFile: null })
      .tools()
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'ffmpeg-too-old', retry: 'install-ffmpeg' });
    expect(error.userMessage).toMatch(/encoder libx264.*[Ii]nstall/s);
  });

  it('can be tried again after a failure', async () => {
    let path: string | null = at('nothing');
    const again = make({ configuredPath: () => path });
    await expect(again.tools()).rejects.toMatchObject({ code: 'ffmpeg-missing' });
    path = null;
    expect((await again.tools()).ffmpeg.path).toBe(programs.ffmpeg);
  });

  it('believes in a hardware encoder only when it encodes', async () => {
    expect(await ffmpeg.tryHardwareEncoder('h264_made_up')).toBe(false);
    expect(await ffmpeg.tryHardwareEncoder('libx264')).toBe(true);
  });
});

describe('running ffmpeg', () => {
  it('reports progress to the end', async () => {
    const seen: FfmpegProgress[] = [];
    const args = [...lavfiInputArgs('testsrc=s=64x64:r=30:d=2'), '-c:v', 'libx264', '-y', at('progress.mp4')];
    const result = await ffmpeg.run({ args, expectedFrames: 60, onProgress: (progress) => seen.push(progress) });
    expect(result.progress).toMatchObject({ frame: 60, fraction: 1, isLast: true });
    expect(seen.at(-1)).toEqual(result.progress);
  });

  it('passes data in and out', async () => {
    const { stdout } = await ffmpeg.run({
      args: ['-f', 's16le', '-ar', '48000', '-ac', '1', '-i', 'pipe:0', '-f', 's16le', 'pipe:1'],
      stdin: Readable.from([Buffer.alloc(96_000, 1)]),
      stdout: 'buffer',
    });
    expect(stdout.equals(Buffer.alloc(96_000, 1))).toBe(true);
    let bytes = 0;
    const streamed = await ffmpeg.run({
      args: [...inputArgs(at('a.mp4')), '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'],
      expectedFrames: 30,
      stdout: async (stream) => {
        for await (const chunk of stream) bytes += chunk.length;
      },
    });
    expect(bytes).toBe(30 * 64 * 64);
    expect(streamed.progress?.frame).toBe(30);
  });

  it('kills when cancelled, and is done only when the process is dead', async () => {
    const abort = new AbortController();
    const pidFile = at('pid');
    const wrapper = at('wrapper');
    // A tree: the shell and ffmpeg below it.
    writeFileSync(wrapper, `#!/bin/sh\n"${programs.ffmpeg}" "$@" &\necho $$ $! > "${pidFile}"\nwait $!\n`);
    chmodSync(wrapper, 0o755);
    const tree = make({ configuredPath: () => wrapper, cacheFile: null });
    await tree.tools();
    rmSync(pidFile, { force: true });
    const running = tree.run({ args: endless, signal: abort.signal });
    const failed = expect(running).rejects.toMatchObject({ code: 'cancelled' });
    await until(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').endsWith('\n'));
    const pids = readFileSync(pidFile, 'utf8').trim().split(' ').map(Number);
    expect(pids.map(isAlive)).toEqual([true, true]);
    abort.abort();
    await failed;
    await until(() => !pids.some(isAlive));
    await expect(tree.run({ args: endless, signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('stops at its time limit, when the reader fails, and when the engine goes', async () => {
    await expect(ffmpeg.run({ args: endless, timeoutMs: 200 })).rejects.toMatchObject({ code: 'timed-out' });
    const failing = ffmpeg.run({
      args: ['-re', ...lavfiInputArgs('testsrc=s=64x64'), '-f', 'rawvideo', 'pipe:1'],
      stdout: () => Promise.reject(new Error('reader broke')),
    });
    await expect(failing).rejects.toThrow('reader broke');
    const own = make();
    const running = own.run({ args: endless });
    const failed = expect(running).rejects.toMatchObject({ code: 'ffmpeg-crashed' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await own.dispose();
    await failed;
    await expect(own.run({ args: endless })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('explains what went wrong, with the end of the log', async () => {
    const lavfi = lavfiInputArgs('testsrc=s=64x64:d=1');
    const expected: [string[], string][] = [
      [[...inputArgs(at('none.mp4')), '-f', 'null', '-'], 'file-not-found'],
      [[...lavfi, join(dir, 'none', 'x.mp4')], 'folder-unwritable'],
      [[...lavfi, '-f', 'rawvideo', '-y', '/dev/full'], 'disk-full'],
      [[...lavfi, '-c:v', 'libnothing', '-f', 'null', '-'], 'capability-missing'],
      [[...lavfi, '-vf', 'crop=9999', '-f', 'null', '-'], 'ffmpeg-failed'],
    ];
    for (const [args, code] of expected) {
      const error = await ffmpeg.run({ args }).catch((thrown) => thrown);
      expect(error).toMatchObject({ name: 'AppError', code });
      expect(error.details.logTail.length).toBeGreaterThan(0);
    }
    await expect(ffmpeg.run({ args: endless, cwd: at('gone') })).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it.skipIf(process.platform !== 'linux')('notices a full disk that ffmpeg itself passes over', async () => {
    // So little that it is written only when the file is closed: ffmpeg 5.1 says so and ends with exit code 0.
    const small = ['-f', 'nut', '-y', '/dev/full'];
    const args = [...lavfiInputArgs('testsrc=s=64x64:r=30:d=0.1'), '-c:v', 'libx264', ...small];
    await expect(ffmpeg.run({ args, logLevel: 'error' })).rejects.toMatchObject({
      code: 'disk-full',
      retry: 'free-space',
    });
  });

  it('does not take words of a file for a full disk', async () => {
    const title = 'Error writing trailer: No space left on device';
    const named = at('named.mp4');
    await ffmpeg.run({ args: [...inputArgs(at('a.mp4')), '-c', 'copy', '-metadata', `title=${title}`, named] });
    const result = await ffmpeg.run({ args: [...inputArgs(named), '-f', 'null', '-'], logLevel: 'info' });
    expect(result.logTail.join()).toContain(title);
  });

  it('notices a crash of ffmpeg itself', async () => {
    const wrapper = at('crashing');
    writeFileSync(wrapper, `#!/bin/sh\ncase "$*" in *CRASH*) kill -SEGV $$;; esac\nexec "${programs.ffmpeg}" "$@"\n`);
    chmodSync(wrapper, 0o755);
    const crashing = make({ configuredPath: () => wrapper, cacheFile: null });
    await expect(crashing.run({ args: ['CRASH'] })).rejects.toMatchObject({ code: 'ffmpeg-crashed', retry: 'retry' });
  });

  it('says so when the program disappears while the studio runs', async () => {
    const chosen = at('vanishing-ffmpeg');
    copyFileSync(programs.ffmpeg, chosen);
    const vanishing = make({ configuredPath: () => chosen });
    await vanishing.tools();
    chmodSync(chosen, 0o644);
    await expect(vanishing.run({ args: endless })).rejects.toMatchObject({ code: 'ffmpeg-missing' });
  });
});

describe('no child outlives the engine', () => {
  it('not even after kill -9', async () => {
    const script = `
      const { createFfmpeg, lavfiInputArgs } = await import('#main/platform/ffmpeg/index.ts');
      const { systemClock } = await import('#main/platform/clock/index.ts');
      const { silentLog } = await import('#main/platform/log/index.ts');
      const ffmpeg = createFfmpeg({ log: silentLog(), clock: systemClock(), cacheFile: ${JSON.stringify(cacheFile)} });
      await ffmpeg.run({ args: [...lavfiInputArgs('testsrc=s=64x64:d=1'), '-f', 'null', '-'] });
      for (let n = 0; n < 3; n++) void ffmpeg.run({ args: ${JSON.stringify([...endless.slice(0, -3), '-metadata', `title=${dir}`, '-f', 'null', '-'])} });
      console.log('ready');
    `;
    const engine = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(engine.stdout, 'data');
    const children = () =>
      spawnSync('ps', ['-e', '-o', 'pid=,args='], { encoding: 'utf8' })
        .stdout.split('\n')
        .filter((line) => line.includes(`title=${dir}`) && line.includes('testsrc') && !line.includes('input-type'));
    await until(() => children().length === 3);
    engine.kill('SIGKILL');
    await until(() => children().length === 0);
  });
});

describe('probing', () => {
  it('reads a file whatever its name', async () => {
    const names = [
      "it's -1.mp4",
      '-i.mp4',
      'new\nline.mp4',
      '😀 ünï.mp4',
      '100%d.mp4',
      'file:x.mp4',
      `${'n'.repeat(251)}.mp4`,
    ];
    for (const name of names) {
      copyFileSync(at('a.mp4'), at(name));
      const { streams, format } = await ffmpeg.probe(at(name));
      expect([format.format_name, streams[0]?.width], name).toEqual(['mov,mp4,m4a,3gp,3g2,mj2', 64]);
      await ffmpeg.run({ args: [...inputArgs(at(name), { demuxer: format.format_name }), '-f', 'null', '-'] });
    }
  });

  it('reads one picture, never a sequence, and by content when the name lies', async () => {
    for (const number of [1000, 1001, 1002]) copyFileSync(at('p.png'), at(`${number}.png`));
    for (const [source, name] of [
      ['p.png', '100%d.png'],
      ['p.jpg', 'x*.png'],
      ['p.png', 'a[1].jpg'],
    ] as const) {
      copyFileSync(at(source), at(name));
      const { format } = await ffmpeg.probe(at(name), { args: ['-count_packets'] });
      const args = [...inputArgs(at(name), { demuxer: format.format_name }), '-f', 'null', '-'];
      expect((await ffmpeg.run({ args })).progress?.frame, name).toBe(1);
    }
    expect((await ffmpeg.probe(at('p.jpg'))).streams).toHaveLength(1);
  });

  it('refuses an answer without end, and takes as long a one as was expected', async () => {
    const args = ['-show_packets'];
    const refused = await ffmpeg.probe(at('p.jpg'), { args, mostBytes: 100 }).catch((thrown) => thrown);
    expect(refused).toMatchObject({ code: 'media-damaged' });
    expect((await ffmpeg.probe(at('p.jpg'), { args, mostBytes: 1_000_000 })).packets).toHaveLength(1);
  });

  it('lists a file of our own alike with whichever ffprobe is quickest', async () => {
    const output = ['-c:v', 'libx264', '-profile:v', 'high', '-pix_fmt', 'yuv420p', '-colorspace', 'bt709'];
    const sound = [...lavfiInputArgs('sine=d=1:r=48000'), '-c:a', 'aac'];
    await ffmpeg.run({ args: [...lavfiInputArgs('testsrc=s=64x64:r=30:d=1'), ...sound, ...output, at('own.mp4')] });
    const args = ['-show_packets', '-show_data_hash', 'MD5'];
    const shown = async (isOwnFile: boolean) => {
      const { packets, streams, format } = await ffmpeg.probe(at('own.mp4'), { args, isOwnFile });
      const lines = packets?.map(({ stream_index, pts, dts, duration, size, data_hash }) =>
        [stream_index, pts, dts, duration, size, data_hash].join(),
      );
      const kinds = streams.map((one) => [
        ...[one.codec_type, one.codec_name, one.profile, one.pix_fmt, one.width, one.height, one.color_space],
        ...[one.time_base, one.r_frame_rate, one.sample_rate, one.channels, one.start_time, one.duration],
      ]);
      return { lines, kinds, duration: format.duration };
    };
    const own = await shown(true);
    expect(own).toEqual(await shown(false));
    expect(own.lines?.length).toBeGreaterThan(70);
  });

  it('refuses everything that leads elsewhere', async () => {
    const target = at('a.mp4');
    const tricks: Record<string, string> = {
      'list.m3u8': `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://${target}\n#EXT-X-ENDLIST\n`,
      'renamed.mp4': `#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/x.ts\n`,
      'indented.mov': `\n\n  #EXTM3U\n#EXTINF:1,\n${target}\n`,
      'concat.txt': `ffconcat version 1.0\nfile '${target}'\n`,
      'commented.mp4': `# harmless\nffconcat version 1.0\nfile '${target}'\n`,
      'dash.mpd': '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>',
      'session.sdp': 'v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nc=IN IP4 127.0.0.1\r\nm=video 1 RTP/AVP 96\r\n',
      'meta.mp4': ';FFMETADATA1\ntitle=x\n',
    };
    for (const [name, content] of Object.entries(tricks)) {
      writeFileSync(at(name), content);
      const error = await ffmpeg.probe(at(name)).catch((thrown) => thrown);
      expect([name, error.code]).toEqual([
        name,
        name === 'commented.mp4' ? expect.stringMatching(/external|unsupported/) : 'external-reference',
      ]);
      // And ffmpeg itself does not open it either, should anyone try.
      await expect(ffmpeg.run({ args: [...inputArgs(at(name)), '-f', 'null', '-'] })).rejects.toMatchObject({
        name: 'AppError',
      });
    }
  });

  it('tells empty, foreign and damaged files apart', async () => {
    writeFileSync(at('empty.mp4'), '');
    writeFileSync(at('text.mp4'), 'Dear diary, '.repeat(500));
    writeFileSync(at('random.mp4'), randomBytes(50_000));
    writeFileSync(at('cut.mp4'), readFileSync(at('a.mp4')).subarray(0, 900));
    mkdirSync(at('folder.mp4'));
    spawnSync('mkfifo', [at('pipe.mp4')]);
    const expected = {
      'empty.mp4': 'file-empty',
      'text.mp4': 'unsupported-media',
      'random.mp4': 'unsupported-media',
      'cut.mp4': 'media-damaged',
      'folder.mp4': 'invalid-input',
      'pipe.mp4': 'path-refused',
      'nothing.mp4': 'file-not-found',
    };
    for (const [name, code] of Object.entries(expected)) {
      const error = await ffmpeg.probe(at(name)).catch((thrown) => thrown);
      expect([name, error.code, error.userMessage]).toEqual([name, code, expect.stringContaining(name)]);
    }
  });

  it('can be cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(ffmpeg.probe(at('a.mp4'), { signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });
});
