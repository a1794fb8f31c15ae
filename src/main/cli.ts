import { join } from 'node:path';
import { runCli } from '#main/cli/program.ts';
import type { CliDeps } from '#main/cli/types.ts';
import { defaultLibraryFolder, resourcesFolder } from '#main/platform/paths/index.ts';
import { AppError } from '#shared/errors/index.ts';

/** Writes all of it before the program ends: pipes are asynchronous. */
function finishWriting(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

const stopped = new AbortController();
let isServing = false;

function onSignal(signal: NodeJS.Signals): void {
  // The browser face ends by itself; a second Ctrl-C does not wait.
  if (isServing) return;
  if (stopped.signal.aborted) process.exit(signal === 'SIGTERM' ? 143 : 130);
  stopped.abort();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => error.code === 'EPIPE' && process.exit(0));

/** Looked for when it is needed, so that a copy without it says what is wrong. */
const resources = () => resourcesFolder(process.env.SPOTLOOM_RESOURCES ?? null);

/** Says that packages this program needs are not beside it; other failures stay what they are. */
function incomplete(error: unknown): never {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error;
  const sentence = 'This copy of Spotloom is incomplete: packages it needs are not beside it. Install it again.';
  throw new AppError('capability-missing', sentence, { cause: error });
}

const deps: CliDeps = {
  async open({ libraryFolder, isWorking }) {
    const resourcesDir = resources();
    const { createEngine } = await import('#main/engine.ts').catch(incomplete);
    const { createRouter } = await import('#main/gateway/router.ts');
    const { createInProcessClient } = await import('#main/gateway/in-process.ts');
    const engine = await createEngine({
      libraryFolder,
      resourcesDir,
      face: 'terminal',
      isWorking,
      hasSample: false,
    });
    const router = createRouter(engine.handlersFor({ mediaBase: '' }), { log: engine.log, isOutputValidated: false });
    return { client: createInProcessClient(router, engine.log), close: () => engine.dispose() };
  },
  async serve({ libraryFolder, port, isJson }) {
    isServing = true;
    const resourcesDir = resources();
    const { runBrowserFace } = await import('#main/gateway/browser-face.ts').catch(incomplete);
    const rendererDir = join(import.meta.dirname, '..', 'renderer');
    await runBrowserFace(
      {
        libraryFolder,
        resourcesDir,
        rendererDir,
        port,
        isOutputValidated: process.env.SPOTLOOM_VALIDATE === '1',
      },
      { isJson, print: (line) => console.log(line), say: (line) => console.error(line) },
    );
  },
  defaultLibrary: defaultLibraryFolder,
  // `npm run` changes into the project's folder and remembers where it was called.
  workingFolder: (process.env.npm_lifecycle_event === 'spotloom' && process.env.INIT_CWD) || process.cwd(),
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  isTty: process.stderr.isTTY === true,
  columns: () => process.stderr.columns ?? 80,
  signal: stopped.signal,
};

const code = await runCli(process.argv.slice(2), deps);
await Promise.all([finishWriting(process.stdout), finishWriting(process.stderr)]);
process.exit(code);
