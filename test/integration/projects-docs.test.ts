import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#main/platform/clock/index.ts';
import { createProjects, libraryAssets } from '#main/projects/index.ts';
import { checkProject, countCombinations, listVariants } from '#shared/model/index.ts';
import { projectFileJsonSchema } from '#shared/model/project-file.ts';
import { type OpenLibrary, openLibrary, quietLog, temporaryFolder } from './library-kit.ts';

const root = join(import.meta.dirname, '..', '..');
let folder: ReturnType<typeof temporaryFolder>;
let open: OpenLibrary;

beforeAll(() => {
  folder = temporaryFolder('spotloom-docs-');
  open = openLibrary(join(folder.path, 'library'), { isWorking: false });
});
afterAll(async () => {
  await open.close();
  folder.clean();
});

/** The first JSON block of the document. */
function example(): { text: string; media: Record<string, string | { path: string }> } {
  const text = /```json\n([\s\S]*?)```/.exec(readFileSync(join(root, 'docs', 'project-file.md'), 'utf8'))?.[1] ?? '';
  return { text, ...(JSON.parse(text) as { media: Record<string, string | { path: string }> }) };
}

function makeMedia(path: string): void {
  const source = path.endsWith('.wav')
    ? 'sine=frequency=300:duration=1'
    : `color=c=teal:s=64x36:r=30:d=${path.endsWith('.png') ? 0.01 : 3}`;
  const frames = path.endsWith('.png') ? ['-frames:v', '1'] : [];
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, ...frames, path]);
}

describe('the documentation of project files', () => {
  it('has an example that imports as it says', async () => {
    const { text, media } = example();
    for (const name of ['footage', 'sound']) mkdirSync(join(folder.path, name));
    for (const entry of Object.values(media))
      makeMedia(join(folder.path, typeof entry === 'string' ? entry : entry.path));
    const path = join(folder.path, 'example.spotloom.json');
    writeFileSync(path, text);
    const projects = createProjects({
      db: open.db,
      clock: systemClock(),
      log: quietLog,
      assets: libraryAssets(open.library),
    });
    const { projectId, missingMedia } = await projects.importFile({ path });
    const { project } = projects.get(projectId);
    expect(missingMedia).toEqual([]);
    expect(checkProject(project)).toEqual([]);
    expect(countCombinations(project)).toBe(12);
    expect(listVariants(project)).toHaveLength(10);
    projects.dispose();
  });

  it('has a JSON Schema that is the one of the code', () => {
    const stored = readFileSync(join(root, 'resources', 'schema', 'spotloom-project.schema.json'), 'utf8');
    expect(JSON.parse(stored)).toEqual(JSON.parse(JSON.stringify(projectFileJsonSchema())));
  });
});
