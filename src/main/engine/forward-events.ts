import type { Events } from '#main/platform/events/index.ts';
import type { Capabilities } from './capabilities.ts';
import type { Floor } from './floor.ts';
import type { EngineEventMap } from './types.ts';

/** Turns what the parts announce into the contract's events. */
export function forwardEvents(
  floor: Floor,
  { library, projects, render, fonts }: Capabilities,
  to: Events<EngineEventMap>,
): void {
  const { jobs, settings } = floor;
  jobs.events.on('changed', (changed) =>
    to.emit('event', { type: 'jobs-changed', jobs: [...changed], counts: jobs.counts() }),
  );
  // Another process worked on the library: everything may have changed.
  jobs.events.on('changedElsewhere', () => to.emit('event', { type: 'resync' }));
  settings.events.on('changed', () => to.emit('event', { type: 'settings-changed' }));
  fonts.events.on('changed', () => to.emit('event', { type: 'fonts-changed' }));
  library.events.on('assetsChanged', (ids) =>
    to.emit('event', { type: 'assets-changed', ids: ids === null ? null : [...ids] }),
  );
  library.events.on('importChanged', (view) => to.emit('event', { type: 'import-changed', import: view }));
  projects.events.on('changed', ({ id, headSeq }) => to.emit('event', { type: 'project-changed', id, headSeq }));
  projects.events.on('listChanged', () => to.emit('event', { type: 'projects-changed' }));
  render.events.on('changed', ({ batchId }) => to.emit('event', { type: 'exports-changed', batchId }));
}
