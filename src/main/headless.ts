import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runBrowserFace } from '#main/gateway/browser-face.ts';
import { defaultLibraryFolder, resourcesFolder } from '#main/platform/paths/index.ts';
import { AppError, toAppError } from '#shared/errors/index.ts';

const usage = 'Usage: headless [--library DIR] [--port N] [--json] [--no-open]';

async function main(): Promise<void> {
  const { library, port, isJson } = readArguments(process.argv.slice(2));
  await runBrowserFace(
    {
      libraryFolder: library,
      resourcesDir: resourcesFolder(process.env.SPOTLOOM_RESOURCES ?? null),
      rendererDir: join(import.meta.dirname, '..', 'renderer'),
      port,
      isOutputValidated: process.env.SPOTLOOM_VALIDATE === '1',
    },
    { isJson, print: (line) => console.log(line), say: (line) => console.error(line) },
  );
}

function readArguments(args: string[]): { library: string; port: number; isJson: boolean } {
  try {
    const { values } = parseArgs({
      args,
      options: {
        library: { type: 'string' },
        port: { type: 'string', default: '0' },
        json: { type: 'boolean', default: false },
        // Whoever starts this opens the browser (scripts/start.mjs); taken here so that it may be passed on.
        'no-open': { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port is a number from 0 to 65535');
    return { library: values.library ?? defaultLibraryFolder(), port, isJson: values.json };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new AppError('invalid-input', `${message}\n${usage}`);
  }
}

try {
  await main();
} catch (thrown) {
  const error = toAppError(thrown);
  console.error(error.userMessage);
  if (error.code === 'internal') console.error(error.cause ?? error);
  process.exitCode = error.code === 'invalid-input' ? 2 : 1;
}
