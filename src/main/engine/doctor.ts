import { availableParallelism, totalmem } from 'node:os';
import { ensureWritableFolder, freeSpaceBytes } from '#main/platform/files/index.ts';
import type { DoctorCheck } from '#shared/contract/index.ts';
import { toAppError } from '#shared/errors/index.ts';
import { appVersion } from '#shared/version.ts';
import type { FfmpegWatch } from './ffmpeg-watch.ts';

/** Below this, exports are likely to fail half-way. */
const littleSpaceBytes = 2_000_000_000;

/** What the checks look at. */
export interface DoctorFacts {
  ffmpeg: FfmpegWatch;
  libraryFolder: string;
  exportFolder: string;
  /** Counts of what the library holds; throws when the database cannot be read. */
  countLibrary: () => { assets: number; missing: number; projects: number } | null;
  failedJobs: number;
  damagedSettings: readonly { key: string; reason: string }[];
}

/** Looks at everything Spotloom needs from this machine. Never throws: a check that fails says so. */
export async function examine(facts: DoctorFacts): Promise<DoctorCheck[]> {
  if (facts.ffmpeg.state().state === 'searching') await facts.ffmpeg.look();
  return [
    programCheck(),
    ...ffmpegChecks(facts.ffmpeg),
    libraryCheck(facts),
    await folderCheck('library-folder', 'Library folder', facts.libraryFolder),
    await folderCheck('export-folder', 'Export folder', facts.exportFolder),
    await diskCheck(facts.exportFolder),
    jobsCheck(facts.failedJobs),
    ...facts.damagedSettings.map(({ key, reason }) =>
      warning(
        'settings',
        'Settings',
        `“${key}” is damaged (${reason}); its default is used.`,
        'Set it again in the settings.',
      ),
    ),
  ];
}

function ok(id: string, label: string, detail: string): DoctorCheck {
  return { id, label, state: 'ok', detail, fix: null };
}

function warning(id: string, label: string, detail: string, fix: string | null): DoctorCheck {
  return { id, label, state: 'warning', detail, fix };
}

function failure(id: string, label: string, detail: string, fix: string | null): DoctorCheck {
  return { id, label, state: 'error', detail, fix };
}

function programCheck(): DoctorCheck {
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GB memory`;
  const machine = `${process.platform}-${process.arch}, ${availableParallelism()} cores, ${memory}`;
  return ok('program', 'Spotloom', `${appVersion} on Node ${process.versions.node} (${machine})`);
}

function ffmpegChecks(watch: FfmpegWatch): DoctorCheck[] {
  const tools = watch.tools();
  if (!tools) {
    const detail = watch.problem()?.userMessage ?? 'It was not found.';
    return [failure('ffmpeg', 'ffmpeg', detail, 'Install ffmpeg 5.1 or newer, or choose one in the settings.')];
  }
  const { ffmpeg, ffprobe, origin, capabilities } = tools;
  const limits = watch.state().limits;
  const place = `${ffmpeg.version} at ${ffmpeg.path} (${origin})`;
  const { filters, encoders, decoders } = capabilities;
  const counts = `${filters.size} filters, ${encoders.size} encoders, ${decoders.size} decoders`;
  return [
    limits.length === 0
      ? ok('ffmpeg', 'ffmpeg', place)
      : warning('ffmpeg', 'ffmpeg', `${place}. ${limits.join(' ')}`, 'Install ffmpeg 5.1 or newer.'),
    ok('ffprobe', 'ffprobe', `${ffprobe.version} at ${ffprobe.path}`),
    ok(
      'ffmpeg-capabilities',
      'ffmpeg can',
      `${counts}${capabilities.x264Build ? `; x264 ${capabilities.x264Build}` : ''}`,
    ),
  ];
}

function libraryCheck(facts: DoctorFacts): DoctorCheck {
  try {
    const counts = facts.countLibrary();
    if (counts === null) return ok('library', 'Library', 'It opens.');
    const detail = `${counts.assets} media, ${counts.projects} ${counts.projects === 1 ? 'project' : 'projects'}`;
    if (counts.missing === 0) return ok('library', 'Library', detail);
    return warning(
      'library',
      'Library',
      `${detail}; ${counts.missing} media ${counts.missing === 1 ? 'file is' : 'files are'} missing`,
      'Relink them in the library.',
    );
  } catch (error) {
    return failure(
      'library',
      'Library',
      toAppError(error).userMessage,
      'Restore the newest file of the backups folder.',
    );
  }
}

async function folderCheck(id: string, label: string, folder: string): Promise<DoctorCheck> {
  try {
    await ensureWritableFolder(folder);
    return ok(id, label, folder);
  } catch (error) {
    return failure(id, label, toAppError(error).userMessage, 'Choose another folder or change its permissions.');
  }
}

async function diskCheck(folder: string): Promise<DoctorCheck> {
  try {
    const free = await freeSpaceBytes(folder);
    const detail = `${(free / 1e9).toFixed(1)} GB free for exports`;
    if (free >= littleSpaceBytes) return ok('disk', 'Disk', detail);
    return warning('disk', 'Disk', detail, 'Free some space before large exports.');
  } catch (error) {
    return failure('disk', 'Disk', toAppError(error).userMessage, null);
  }
}

function jobsCheck(failed: number): DoctorCheck {
  if (failed === 0) return ok('jobs', 'Jobs', 'None failed.');
  return warning('jobs', 'Jobs', `${failed} failed.`, 'See `spotloom jobs`, or the jobs panel, for why.');
}
