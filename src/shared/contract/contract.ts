import { fontsContract } from './fonts.ts';
import { jobsContract } from './jobs.ts';
import { libraryContract } from './library.ts';
import { projectsContract } from './projects.ts';
import { recordingsContract } from './recordings.ts';
import { renderContract } from './render.ts';
import { settingsContract } from './settings.ts';
import { systemContract } from './system.ts';
import { transcriptsContract } from './transcripts.ts';

/** The engine's whole interface: the same over MessagePort, WebSocket and in-process. */
export const contract = {
  system: systemContract,
  settings: settingsContract,
  jobs: jobsContract,
  library: libraryContract,
  projects: projectsContract,
  recordings: recordingsContract,
  render: renderContract,
  transcripts: transcriptsContract,
  fonts: fontsContract,
};
