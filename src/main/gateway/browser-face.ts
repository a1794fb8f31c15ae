import type { Engine } from '#main/engine/types.ts';
import { createEngine } from '#main/engine.ts';
import { type Loopback, startLoopback } from './loopback/server.ts';

/** How the browser face is started. */
export interface BrowserFaceOptions {
  libraryFolder: string;
  resourcesDir: string;
  rendererDir: string;
  /** 0 takes a free one. */
  port: number;
  isOutputValidated: boolean;
}

/** The browser face, running. */
export interface BrowserFace {
  engine: Engine;
  port: number;
  newLink(): string;
  close(): Promise<void>;
}

/** Opens the library and serves the studio for it on 127.0.0.1. */
export async function startBrowserFace(options: BrowserFaceOptions): Promise<BrowserFace> {
  const { libraryFolder, resourcesDir, rendererDir, port, isOutputValidated } = options;
  const hasSample = process.env.SPOTLOOM_SAMPLE !== '0';
  const engine = await createEngine({ libraryFolder, resourcesDir, face: 'browser', hasSample });
  let loopback: Loopback;
  try {
    loopback = await startLoopback({ engine, rendererDir, port, isOutputValidated });
  } catch (error) {
    await engine.dispose();
    throw error;
  }
  return {
    engine,
    port: loopback.port,
    newLink: loopback.newLink,
    async close() {
      await loopback.close();
      await engine.dispose();
    },
  };
}

/** The parts of a process that {@link runBrowserFace} uses. */
export interface FaceProcess {
  /** One line for whoever started us. */
  print(line: string): void;
  /** A line for people. */
  say(line: string): void;
  isJson: boolean;
}

/**
 * Starts the browser face and keeps it until SIGINT, SIGTERM or SIGHUP; resolves when it has stopped cleanly. Prints
 * exactly one line. SIGUSR2, or Enter in its terminal, gives a new link.
 */
export async function runBrowserFace(options: BrowserFaceOptions, to: FaceProcess): Promise<void> {
  const stopped = Promise.withResolvers<void>();
  const stop = () => stopped.resolve();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  const face = await startBrowserFace(options);
  const { port } = face;
  const url = face.newLink();
  to.print(
    to.isJson
      ? JSON.stringify({ url, port, pid: process.pid, libraryFolder: face.engine.paths.root })
      : `Spotloom is ready: ${url}`,
  );
  const tellNewLink = () => to.say(`New link: ${face.newLink()}`);
  if (process.platform !== 'win32') process.on('SIGUSR2', tellNewLink);
  if (process.stdin.isTTY) process.stdin.on('data', tellNewLink);
  await stopped.promise;
  process.stdin.pause();
  process.off('SIGUSR2', tellNewLink);
  await face.close();
  for (const signal of signals) process.off(signal, stop);
}
