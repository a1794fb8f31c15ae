import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { realProgram } from '#main/platform/ffmpeg/candidates.ts';

/** A speech model on the disk. */
export interface WhisperModel {
  path: string;
  /** "base.en" of "ggml-base.en.bin". */
  name: string;
  sizeBytes: number;
}

/** Where programs and models are looked for. */
export interface WhisperPlaces {
  /** The person's choice; null = look for one. */
  programPath: string | null;
  modelPath: string | null;
  environment?: { PATH?: string | undefined };
  /** The person's own folder. Default: the system's. */
  home?: string;
  /** Folders of programs besides PATH. Default: the usual ones of this system. */
  usualFolders?: readonly string[];
  /** Folders of models besides those near the program. Default: the usual ones. */
  modelFolders?: readonly string[];
}

/** Names that only whisper.cpp uses. */
const ownNames = ['whisper-cli', 'whisper-cpp'];
/** Its name before 2025: taken only from folders that are plainly its own, as any program may be called so. */
const oldName = 'main';
const isWindows = process.platform === 'win32';
const systemFolders = isWindows
  ? []
  : ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin', '/usr/bin', '/snap/bin'];
const systemModels = isWindows
  ? []
  : [
      '/opt/homebrew/share/whisper-cpp',
      '/usr/local/share/whisper-cpp',
      '/usr/share/whisper-cpp',
      '/usr/share/whisper.cpp',
    ];

const fileOf = (name: string) => (isWindows ? `${name}.exe` : name);
const isAbsoluteFolder = (folder: string) => folder.startsWith('/') || /^[A-Za-z]:[\\/]/.test(folder);

function programCandidates(places: WhisperPlaces): string[] {
  const home = places.home ?? homedir();
  const path = (places.environment ?? process.env).PATH ?? '';
  const checkouts = [join(home, 'whisper.cpp'), join(home, 'src', 'whisper.cpp')];
  const built = checkouts.flatMap((folder) => [
    join(folder, 'build', 'bin'),
    join(folder, 'build', 'bin', 'Release'),
    folder,
  ]);
  // A relative entry of PATH would run whatever lies in the working folder.
  const folders = [
    ...path.split(delimiter).filter(isAbsoluteFolder),
    ...(places.usualFolders ?? systemFolders),
    ...built,
  ];
  return folders.flatMap((folder) => [
    ...ownNames.map((name) => join(folder, fileOf(name))),
    ...(/whisper/i.test(folder) ? [join(folder, fileOf(oldName))] : []),
  ]);
}

/** The whisper.cpp program: the person's choice, else the first found. Null when there is none (or the choice is gone). */
export async function findWhisper(places: WhisperPlaces): Promise<string | null> {
  if (places.programPath !== null) return (await realProgram(places.programPath)) === null ? null : places.programPath;
  for (const path of programCandidates(places)) {
    const info = await stat(path).catch(() => null);
    if (info?.isFile() && (await realProgram(path)) !== null) return path;
  }
  return null;
}

async function modelsIn(folder: string): Promise<WhisperModel[]> {
  const names = await readdir(folder).catch(() => []);
  const found = names
    // whisper.cpp's own tests come with empty models of that name.
    .filter((name) => /\.bin$/i.test(name) && !name.startsWith('for-tests-') && !/-encoder|vad|silero/i.test(name))
    .map(async (name) => modelAt(join(folder, name)));
  return (await Promise.all(found)).filter((model) => model !== null);
}

async function modelAt(path: string): Promise<WhisperModel | null> {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile() || info.size === 0) return null;
  const name = basename(path)
    .replace(/\.bin$/i, '')
    .replace(/^ggml-/, '');
  return { path, name, sizeBytes: info.size };
}

/**
 * Models near the program (beside it, in `models` there and above) and in the usual places, small ones last; the chosen one
 * first. A choice that is gone is left out.
 */
export async function findModels(program: string | null, places: WhisperPlaces): Promise<WhisperModel[]> {
  const home = places.home ?? homedir();
  const real = program === null ? null : ((await realProgram(program)) ?? program);
  const beside = [program, real].flatMap((path) => {
    if (path === null) return [];
    const folder = dirname(path);
    const above = [folder, dirname(folder), dirname(dirname(folder))];
    return [folder, ...above.map((one) => join(one, 'models')), join(dirname(folder), 'share', 'whisper-cpp')];
  });
  const own = [
    join(home, '.cache', 'whisper.cpp'),
    join(home, '.cache', 'whisper'),
    join(home, 'whisper.cpp', 'models'),
  ];
  const folders = new Set([...beside, ...own, ...(places.modelFolders ?? systemModels)]);
  const lists = await Promise.all([...folders].map(modelsIn));
  const found = new Map(lists.flat().map((model) => [model.path, model]));
  const sorted = [...found.values()].sort((a, b) => b.sizeBytes - a.sizeBytes || a.path.localeCompare(b.path));
  if (places.modelPath === null) return sorted;
  const chosen = await modelAt(places.modelPath);
  return chosen === null ? sorted : [chosen, ...sorted.filter(({ path }) => path !== chosen.path)];
}
