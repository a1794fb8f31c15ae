/** Names of the messages between the desktop's shell and its preload script. */
export const desktopChannels = {
  requestPort: 'spotloom:request-port',
  port: 'spotloom:port',
  chooseMedia: 'spotloom:choose-media',
  chooseFolder: 'spotloom:choose-folder',
  chooseProjectFile: 'spotloom:choose-project-file',
  chooseSavePath: 'spotloom:choose-save-path',
  revealFile: 'spotloom:reveal-file',
  command: 'spotloom:command',
} as const;

/** What the page's `message` event carries beside the engine's port. */
export const portMessage = 'spotloom-port';
