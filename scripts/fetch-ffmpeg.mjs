#!/usr/bin/env node
// Puts the ffmpeg and ffprobe that an installer ships into resources/ffmpeg/<platform>-<arch>. For the release
// workflow: FFMPEG_<PLATFORM>_<ARCH>="<url of an archive> <sha256>" names what to fetch; unset ones are left out.
// The archive's checksum is verified before anything in it is touched.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { runMain, SetupError, say } from './lib/say.mjs';

/** Names of the architectures as electron-builder's file patterns write them. */
const arches = ['x64', 'arm64'];

await runMain(async () => {
  for (const arch of arches) {
    const name = `FFMPEG_${process.platform.toUpperCase()}_${arch.toUpperCase()}`;
    const [url, sha256] = (process.env[name] ?? '').trim().split(/\s+/);
    if (!url) continue;
    if (!/^[0-9a-f]{64}$/i.test(sha256 ?? ''))
      throw new SetupError(`${name} has no SHA-256.`, 'set it to "<url> <sha256>".');
    await fetchInto(url, sha256.toLowerCase(), join(root, 'resources', 'ffmpeg', `${process.platform}-${arch}`));
    say(`${name}: fetched and verified`);
  }
  return 0;
});

async function fetchInto(url, sha256, target) {
  const response = await fetch(url);
  if (!response.ok) throw new SetupError(`The ffmpeg archive answered ${response.status}.`, `check ${url}.`);
  const archive = Buffer.from(await response.arrayBuffer());
  const actual = createHash('sha256').update(archive).digest('hex');
  if (actual !== sha256)
    throw new SetupError(`The ffmpeg archive has SHA-256 ${actual}.`, 'compare it with its publisher’s.');
  const folder = mkdtempSync(join(tmpdir(), 'spotloom-ffmpeg-'));
  try {
    const file = join(folder, 'archive');
    writeFileSync(file, archive);
    // bsdtar on macOS and Windows reads zip as well; on Linux release archives are tar.
    const { status, stderr } = spawnSync('tar', ['-xf', file, '-C', folder], { encoding: 'utf8' });
    if (status !== 0)
      throw new SetupError(`The ffmpeg archive cannot be unpacked: ${stderr}`, 'use a tar or zip archive.');
    mkdirSync(target, { recursive: true });
    const suffix = process.platform === 'win32' ? '.exe' : '';
    for (const program of [`ffmpeg${suffix}`, `ffprobe${suffix}`]) copyProgram(folder, program, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyProgram(folder, program, target) {
  const entry = readdirSync(folder, { recursive: true, withFileTypes: true }).find(
    (file) => file.isFile() && file.name === program,
  );
  if (!entry) throw new SetupError(`The archive holds no ${program}.`, 'use one that holds both ffmpeg and ffprobe.');
  copyFileSync(join(entry.parentPath ?? entry.path, program), join(target, program));
  chmodSync(join(target, program), 0o755);
}
