import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#main/platform/clock/index.ts';
import { resourcesFolder } from '#main/platform/paths/index.ts';
import { createProjects, libraryAssets, type Projects } from '#main/projects/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { checkProject, flattenVariant, listVariants, type ProjectId } from '#shared/model/index.ts';
import { type OpenLibrary, openLibrary, quietLog, temporaryFolder } from './library-kit.ts';

let folder: ReturnType<typeof temporaryFolder>;
let open: OpenLibrary;
let projects: Projects;

function film(path: string, seconds: number, colour: string): void {
  const source = `color=c=${colour}:s=64x36:r=30:d=${seconds}`;
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, '-pix_fmt', 'yuv420p', path]);
}

beforeAll(() => {
  folder = temporaryFolder('spotloom-files-');
  // Nothing is derived here: only what a project needs of its media.
  open = openLibrary(join(folder.path, 'library'), { isWorking: false });
  projects = createProjects({ db: open.db, clock: systemClock(), log: quietLog, assets: libraryAssets(open.library) });
  mkdirSync(join(folder.path, 'ad', 'footage'), { recursive: true });
  film(join(folder.path, 'ad', 'footage', 'hook.mp4'), 2, 'red');
  film(join(folder.path, 'ad', 'footage', 'CTA “end”.mp4'), 1, 'blue');
  film(join(folder.path, 'elsewhere.mp4'), 1, 'green');
});
afterAll(async () => {
  projects.dispose();
  await open.close();
  folder.clean();
});

function write(file: unknown, name = 'ad.spotloom.json'): string {
  const path = join(folder.path, 'ad', name);
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file, null, 2));
  return path;
}

const withMedia = (media: Record<string, unknown>) => ({
  spotloom: 1,
  name: 'Ad',
  media,
  slots: [{ role: 'hook', options: Object.keys(media) }],
});

async function refusal(path: string): Promise<AppError> {
  const before = projects.count();
  const error = await projects.importFile({ path }).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(AppError);
  expect(projects.count()).toBe(before);
  return error as AppError;
}

describe('importing', () => {
  it('takes media from beside the file and gives clips the lengths of their sources', async () => {
    const path = write(withMedia({ a: 'footage/hook.mp4', b: 'footage/CTA “end”.mp4' }));
    const report = await projects.importFile({ path });
    expect(report.missingMedia).toEqual([]);
    const { project } = projects.get(report.projectId);
    const lengths = project.sequences.map((sequence) => sequence.tracks[0]?.clips[0]?.lengthFrames);
    expect(lengths).toEqual([60, 30]);
    expect(
      open
        .all()
        .map((asset) => asset.name)
        .sort(),
    ).toEqual(['CTA “end”.mp4', 'hook.mp4']);
    expect(projects.usesAsset([open.byName('hook.mp4').id])).toContain('Ad');
  });

  it('imports without what is missing or broken, lists it, and writes it back as it was', async () => {
    writeFileSync(join(folder.path, 'ad', 'footage', 'text.mp4'), 'no film at all');
    execFileSync('mkfifo', [join(folder.path, 'ad', 'pipe.mp4')]);
    const media = { a: 'footage/gone.mp4', b: 'footage/text.mp4', c: 'pipe.mp4', d: { name: 'Lost take' } };
    const { projectId, missingMedia } = await projects.importFile({ path: write(withMedia(media)) });
    expect(missingMedia.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'Lost take']);
    expect(missingMedia.every(({ reason }) => reason.length > 5)).toBe(true);
    expect(missingMedia[0]?.path).toBe(join(folder.path, 'ad', 'footage', 'gone.mp4'));
    const out = await projects.exportFile({ id: projectId, path: join(folder.path, 'ad', 'back') });
    const written = JSON.parse(readFileSync(out.path, 'utf8')) as { media: Record<string, unknown> };
    expect(Object.values(written.media)).toEqual([
      { path: 'footage/gone.mp4' },
      { path: 'footage/text.mp4' },
      { path: 'pipe.mp4' },
      { name: 'Lost take' },
    ]);
  });

  it('asks for the folder when media lie elsewhere, and takes them once it is granted', async () => {
    symlinkSync(join(folder.path, 'elsewhere.mp4'), join(folder.path, 'ad', 'link.mp4'));
    for (const media of ['../elsewhere.mp4', 'link.mp4']) {
      const path = write(withMedia({ a: media }));
      const error = await refusal(path);
      expect(error).toMatchObject({ code: 'path-refused', retry: 'choose-folder' });
      const { missingMedia } = await projects.importFile({ path, grantedFolders: [folder.path] });
      expect(missingMedia).toEqual([]);
    }
    // What the library has from there needs no grant any more.
    const known = write(withMedia({ a: join(folder.path, 'elsewhere.mp4') }));
    expect((await projects.importFile({ path: known })).missingMedia).toEqual([]);
  });

  it('refuses a file with hostile paths as a whole, before anything is imported', async () => {
    const count = open.all().length;
    const media = {
      a: 'footage/hook.mp4',
      b: 'https://example.com/x.mp4',
      c: '\\\\server\\x.mp4',
      d: '/dev/zero',
      e: 'CON',
    };
    const error = await refusal(write(withMedia(media)));
    expect(error.code).toBe('project-file-invalid');
    expect(
      ((error.details?.problems ?? []) as { path: string; line: number }[]).map(({ path, line }) => [path, line]),
    ).toEqual([
      ['media.b.path', 6],
      ['media.c.path', 7],
      ['media.d.path', 8],
      ['media.e.path', 9],
    ]);
    expect(open.all()).toHaveLength(count);
  });

  it('refuses what is no project file: folders, pictures, nothing', async () => {
    expect((await refusal(join(folder.path, 'ad'))).code).toBe('file-unreadable');
    expect((await refusal(join(folder.path, 'ad', 'footage', 'hook.mp4'))).code).toBe('project-file-invalid');
    expect((await refusal(write(''))).code).toBe('project-file-invalid');
    expect((await refusal(join(folder.path, 'nothing.json'))).code).toBe('file-not-found');
  });
});

describe('exporting', () => {
  it('and importing and exporting again gives the same file, from any folder', async () => {
    const source = write({
      ...withMedia({ a: 'footage/hook.mp4' }),
      globals: [{ kind: 'logo', options: [{ clips: [{ text: 'Logo', end: 'ad.end-5f' }] }] }],
    });
    const { projectId } = await projects.importFile({ path: source });
    const first = await projects.exportFile({ id: projectId, path: join(folder.path, 'ad', 'first.spotloom.json') });
    const again = await projects.importFile({ path: first.path });
    const second = await projects.exportFile({ id: again.projectId, path: join(folder.path, 'ad', 'second') });
    expect(second.path.endsWith('second.spotloom.json')).toBe(true);
    expect(readFileSync(second.path, 'utf8')).toBe(readFileSync(first.path, 'utf8'));
    mkdirSync(join(folder.path, 'out'));
    const far = await projects.exportFile({ id: projectId, path: join(folder.path, 'out', 'far.spotloom.json') });
    expect(readFileSync(far.path, 'utf8')).toContain('"path": "../ad/footage/hook.mp4"');
    const back = await projects.importFile({ path: far.path, grantedFolders: [join(folder.path, 'ad')] });
    const { id: _, ...one } = projects.get(back.projectId).project;
    const { id: __, ...other } = projects.get(projectId).project;
    expect(one).toEqual(other);
  });

  it('does not replace a file unless told to, and leaves no piece when it cannot write', async () => {
    const { id } = projects.create({ name: 'Plain' }).project;
    const path = join(folder.path, 'out', 'plain.spotloom.json');
    await projects.exportFile({ id, path });
    await expect(projects.exportFile({ id, path })).rejects.toMatchObject({ code: 'conflict' });
    await projects.exportFile({ id, path, isOverwriting: true });
    await expect(projects.exportFile({ id: 'none' as ProjectId, path })).rejects.toMatchObject({ code: 'not-found' });
    writeFileSync(join(folder.path, 'file'), '');
    await expect(projects.exportFile({ id, path: join(folder.path, 'file', 'x.json') })).rejects.toBeInstanceOf(
      AppError,
    );
    expect(readdirSync(join(folder.path, 'out')).sort()).toEqual(['far.spotloom.json', 'plain.spotloom.json']);
  });
});

describe('the sample ad', () => {
  it('comes once, whole: three hooks, one body, two calls to action, 9 to 14 seconds', async () => {
    const report = await projects.ensureSample(resourcesFolder());
    expect(report?.missingMedia).toEqual([]);
    expect(await projects.ensureSample(resourcesFolder())).toBeNull();
    const { project } = projects.get(report?.projectId as ProjectId);
    expect(checkProject(project)).toEqual([]);
    expect(project.slots.map((slot) => slot.options.length)).toEqual([3, 1, 2]);
    const lengths = new Map(open.all().map((asset) => [asset.id, asset.probe.durationSeconds]));
    const variants = listVariants(project);
    expect(variants).toHaveLength(6);
    for (const variant of variants) {
      const timeline = flattenVariant(project, variant, (id) => lengths.get(id) ?? null);
      const seconds = timeline.lengthFrames / 30;
      expect(seconds).toBeGreaterThanOrEqual(9);
      expect(seconds).toBeLessThanOrEqual(14);
      for (const { content, lengthFrames } of timeline.clips) {
        if (content.kind !== 'media') continue;
        const length = lengths.get(content.assetId);
        const endsAt =
          content.sourceInSeconds.num / content.sourceInSeconds.den +
          ((lengthFrames / 30) * content.speed.num) / content.speed.den;
        expect(endsAt).toBeLessThanOrEqual((length?.num ?? 0) / (length?.den ?? 1) + 0.02);
      }
    }
    expect(
      open
        .all()
        .filter((asset) => asset.origin === 'sample')
        .map((asset) => asset.name)
        .sort(),
    ).toEqual([
      'bottle-detection.mp4',
      'flower.mp4',
      'music-bed.ogg',
      'sign-book.mkv',
      'sign-walk.mkv',
      'sign-yes.mkv',
    ]);
  });
});
