import { jobsContract } from './jobs.ts';
import { libraryContract } from './library.ts';
import { projectsContract } from './projects.ts';
import { renderContract } from './render.ts';
import { settingsContract } from './settings.ts';
import { systemContract } from './system.ts';

/** The engine's whole interface: the same over MessagePort, WebSocket and in-process. */
export const contract = {
  system: systemContract,
  settings: settingsContract,
  jobs: jobsContract,
  library: libraryContract,
  projects: projectsContract,
  render: renderContract,
};

export * from './base.ts';
export * from './client.ts';
export * from './desktop-bridge.ts';
export * from './handlers.ts';
export * from './jobs.ts';
export * from './library.ts';
export * from './projects.ts';
export * from './render.ts';
export * from './settings.ts';
export * from './system.ts';
