import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { createEvents, type Events } from '#main/platform/events/index.ts';
import { atomicWrite, systemCode, toFileError } from '#main/platform/files/index.ts';
import type { Log } from '#main/platform/log/index.ts';
import { type OwnFont, ownFontSchema } from '#shared/contract/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { readFont } from '#shared/model/index.ts';

/** A font of the library with where it lies. */
export interface OwnFontFile extends OwnFont {
  path: string;
}

/** A font as project files hold it: `data` is base64. */
interface PackedFont {
  family: string;
  data: string;
}

/** What the library's fonts announce. */
interface OwnFontsEventMap {
  changed: undefined;
}

/** Fonts that people added: files in a folder of the library, which say all of themselves. */
export interface OwnFonts {
  readonly events: Events<OwnFontsEventMap>;
  /** By family and weight; files that are no fonts any more are left out. */
  list(): Promise<OwnFontFile[]>;
  /** Throws `unsupported-media` with what is wrong, `file-too-large`, `conflict`, and what reading and writing throw. */
  add(path: string): Promise<OwnFontFile>;
  remove(file: string): Promise<void>;
  /** The fonts of these families (in lower case), whole, to be put into a project's file. */
  pack(families: readonly string[]): Promise<PackedFont[]>;
  /** Adds fonts that came with a project, but for those that are there. Throws what {@link OwnFonts.add} throws. */
  unpack(fonts: readonly PackedFont[]): Promise<void>;
  /** The file behind the media address `fonts/<name>`, its name without the ending; null when there is none. */
  mediaFile(name: string): Promise<{ path: string; mime: string } | null>;
  dispose(): void;
}

/** Fonts are read whole, by every page too. */
const largestBytes = 30_000_000;

/** A project file has an end, too. */
const mostPackedBytes = 24_000_000;

interface Options {
  folder: string;
  /** Fonts that come with the product: none may be replaced by one of the same name. */
  shipped: () => Promise<readonly { family: string; style: string }[]>;
  log: Log;
}

const stemOf = (file: string): string => file.replace(/\..*$/, '');
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The fonts of a library. The folder is made with the first. */
export function createOwnFonts({ folder, shipped, log }: Options): OwnFonts {
  const known = new Map<string, OwnFontFile | null>();
  const events = createEvents<OwnFontsEventMap>({
    onListenerError: (error) => log.error('a fonts listener failed', { error }),
  });

  async function look(file: string): Promise<OwnFontFile | null> {
    const seen = known.get(file);
    if (seen !== undefined) return seen;
    const path = join(folder, file);
    const bytes = await readFile(path);
    const read = readFont(bytes);
    const hash = hashOf(bytes);
    // A file that was changed by hand is another one: whoever uses it would not know.
    const isSound = 'names' in read && file.startsWith(hash.slice(0, 24));
    if (!isSound) log.warn('a font of the library cannot be used', { file });
    const found = isSound ? { ...read.names, file, hash, path } : null;
    known.set(file, found);
    return found;
  }

  async function list(): Promise<OwnFontFile[]> {
    try {
      const names = (await readdir(folder)).filter((name) => ownFontSchema.shape.file.safeParse(name).success);
      const found = (await Promise.all(names.map(look))).filter((font) => font !== null);
      return found.sort((a, b) => a.typographicFamily.localeCompare(b.typographicFamily) || a.weight - b.weight);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw toFileError(error, folder, 'read');
    }
  }

  async function addBytes(name: string, bytes: Uint8Array): Promise<OwnFontFile> {
    const read = readFont(bytes);
    if ('flaw' in read)
      throw new AppError('unsupported-media', `“${name}” was not added. ${read.flaw}`, { details: { name } });
    const { names } = read;
    const taken = [...(await shipped()), ...(await list())];
    if (taken.some(({ family, style }) => family === names.family && style === names.style))
      throw new AppError('conflict', `“${names.family} ${names.style}” is there already.`, { details: { name } });
    const hash = hashOf(bytes);
    const file = `${hash.slice(0, 24)}.${bytes[0] === 0x4f ? 'otf' : 'ttf'}`;
    await atomicWrite(join(folder, file), bytes);
    known.delete(file);
    events.emit('changed', undefined);
    return { ...names, file, hash, path: join(folder, file) };
  }

  return {
    events,
    list,
    add: async (path) => addBytes(basename(path), await readWhole(path)),
    async pack(families) {
      const wanted = (await list()).filter(({ typographicFamily, family }) =>
        families.some((one) => one === typographicFamily.toLowerCase() || one === family.toLowerCase()),
      );
      const packed: PackedFont[] = [];
      let room = mostPackedBytes;
      for (const { typographicFamily: family, path, file } of wanted) {
        const bytes = await readWhole(path);
        room -= bytes.byteLength;
        if (room >= 0) packed.push({ family, data: bytes.toString('base64') });
        else log.warn('a font is too large to be put into a project file', { family, file });
      }
      return packed;
    },
    async unpack(fonts) {
      for (const { family, data } of fonts) {
        try {
          await addBytes(family, Buffer.from(data, 'base64'));
        } catch (error) {
          // The library's own font of that name stays: other projects are set in it.
          if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
        }
      }
    },
    async remove(file) {
      await rm(join(folder, file), { force: true }).catch((error: unknown) => {
        throw toFileError(error, join(folder, file), 'write');
      });
      known.delete(file);
      events.emit('changed', undefined);
    },
    async mediaFile(name) {
      const found = (await list()).find(({ file }) => stemOf(file) === name);
      return found ? { path: found.path, mime: found.file.endsWith('otf') ? 'font/otf' : 'font/ttf' } : null;
    },
    dispose: () => events.dispose(),
  };
}

async function readWhole(path: string): Promise<Buffer> {
  try {
    const { size } = await lookAt(path);
    if (size > largestBytes)
      throw new AppError('file-too-large', `“${basename(path)}” is larger than 30 MB. Add a font with fewer letters.`);
    return await readFile(path);
  } catch (error) {
    throw error instanceof AppError ? error : toFileError(error, path, 'read');
  }
}

/** Pipes and devices would keep a reader waiting for ever. */
async function lookAt(path: string): Promise<{ size: number }> {
  if (!isAbsolute(path))
    throw new AppError('path-refused', `“${path}” is not a whole path. Name the file from the root on.`);
  const found = await stat(path);
  if (!found.isFile())
    throw new AppError('path-refused', `“${basename(path)}” is not a file. Choose a TTF or OTF file.`);
  return found;
}
