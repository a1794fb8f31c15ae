import { join } from 'node:path';
import { createOwnFonts, type OwnFonts } from '#main/fonts/index.ts';
import { createLibrary, type Library } from '#main/library/index.ts';
import { createProjects, libraryAssets, type Projects } from '#main/projects/index.ts';
import { createRender, type Render, shippedFaces } from '#main/render/index.ts';
import { appVersion } from '#shared/version.ts';
import type { Floor } from './floor.ts';

/** What the product can do, built one upon the other. */
export interface Capabilities {
  library: Library;
  projects: Projects;
  render: Render;
  fonts: OwnFonts;
  /** Once the queue has stopped. */
  dispose(): Promise<void>;
}

/** Creates the capabilities in their order; each makes its kinds of jobs known, so this comes before `jobs.start()`. */
export function createCapabilities(floor: Floor, resourcesDir: string): Capabilities {
  const { db, jobs, settings, ffmpeg, paths, clock } = floor;
  const log = (name: string) => floor.log.child(name);
  const library = createLibrary({ db, jobs, settings, ffmpeg, paths, clock, log: log('library') });
  const fontsDir = join(resourcesDir, 'fonts');
  const fonts = createOwnFonts({ folder: paths.fonts, shipped: () => shippedFaces(fontsDir), log: log('fonts') });
  const projects = createProjects({ db, clock, log: log('projects'), assets: libraryAssets(library), fonts });
  library.setUsage((ids) => projects.usesAsset(ids));
  library.transcripts.setFollower((transcript) => projects.followTranscript(transcript));
  const render = createRender({
    ...{ db, jobs, settings, ffmpeg, paths, clock, log: log('render'), engineVersion: appVersion },
    projects: { get: (id) => projects.get(id).project },
    sources: { getMany: library.getMany, renderSource: library.media.renderSource },
    fontsDir,
    ownFonts: fonts.list,
  });
  return {
    ...{ library, projects, render, fonts },
    async dispose() {
      await render.dispose();
      projects.dispose();
      fonts.dispose();
      await library.dispose();
    },
  };
}

/** Where other programs can read what a packed app's archive holds: fonts and footage are opened by ffmpeg. */
export function unpackedFolder(folder: string): string {
  return folder.replace(/([\\/]app\.asar)(?=[\\/])/, '$1.unpacked');
}
