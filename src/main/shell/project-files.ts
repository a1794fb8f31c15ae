import { isAbsolute, resolve } from 'node:path';

const extension = '.spotloom.json';

/** Project files among a program's arguments, as absolute paths; options and everything else are left out. */
export function projectFilesOf(argv: readonly string[], workingFolder: string): string[] {
  return argv
    .filter((argument) => !argument.startsWith('-') && argument.toLowerCase().endsWith(extension))
    .map((path) => (isAbsolute(path) ? path : resolve(workingFolder, path)));
}

/** The value of `--library DIR` or `--library=DIR`; null when it is not there. */
export function libraryArgument(argv: readonly string[]): string | null {
  const at = argv.findIndex((argument) => argument === '--library' || argument.startsWith('--library='));
  if (at === -1) return null;
  const argument = argv[at] ?? '';
  const value = argument.includes('=') ? argument.slice(argument.indexOf('=') + 1) : argv[at + 1];
  return value === undefined || value === '' ? null : resolve(value);
}
