import { isAbsolute, resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { ZodError } from 'zod';
import { AppError, toAppError } from '#shared/errors/index.ts';
import { appVersion } from '#shared/version.ts';
import { assetsCommand } from './commands/assets.ts';
import { checkCommand } from './commands/check.ts';
import { doctorCommand } from './commands/doctor.ts';
import { importCommand } from './commands/import.ts';
import { jobsCommand } from './commands/jobs.ts';
import { projectExport, projectImport, projectList, projectNew, projectShow } from './commands/project.ts';
import { projectCaptions } from './commands/project-captions.ts';
import { renderCommand } from './commands/render.ts';
import { transcriptExport, transcriptImport, transcriptMake, transcriptShow } from './commands/transcript.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { printable } from './format.ts';
import { placementWords } from './placement-names.ts';
import type { CliDeps, CommandContext, Outcome } from './types.ts';

interface GlobalOptions {
  library?: string;
  json?: boolean;
}

/** Runs one command line (without node and script) to its exit code. Never throws. */
export async function runCli(args: readonly string[], deps: CliDeps): Promise<number> {
  let code: number = exitCodes.ok;
  const program = buildProgram(deps, (next) => {
    code = next;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      // Commander has said it on stderr already.
      if (thrown.exitCode === 0) return exitCodes.ok;
      const error = new AppError('invalid-input', thrown.message.replace(/^error: /, ''));
      if (args.includes('--json')) deps.stdout(`${JSON.stringify({ error: error.toData() }, null, 2)}\n`);
      return exitCodes.usage;
    }
    return fail(thrown, args.includes('--json'), deps);
  }
}

/** Reports what ended a command: a sentence on stderr, and with `--json` the error as the one document. */
function fail(thrown: unknown, isJson: boolean, deps: CliDeps): number {
  const isUsage = thrown instanceof ZodError;
  const error = isUsage
    ? new AppError('invalid-input', thrown.issues[0]?.message ?? 'The command line is not valid.')
    : toAppError(thrown);
  deps.stderr(`${printable(error.userMessage)}\n`);
  if (error.code === 'internal') deps.stderr(`${String((thrown as Error)?.stack ?? thrown)}\n`);
  if (isJson) deps.stdout(`${JSON.stringify({ error: error.toData() }, null, 2)}\n`);
  return exitCodeOf(error);
}

function buildProgram(deps: CliDeps, setCode: (code: number) => void): Command {
  const program = new Command('spotloom')
    .description('Import footage, render ads and check them, without the studio.')
    .version(appVersion)
    .option('--library <folder>', 'the library to work on (default: SPOTLOOM_LIBRARY, or Spotloom in your videos)')
    .option('--json', 'one JSON document on stdout; everything else goes to stderr')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: deps.stdout, writeErr: deps.stderr })
    .exitOverride();

  const run = runnerOf(deps, setCode);
  addLibraryCommands(program, run);
  addTranscriptCommands(program, run);
  addProjectCommands(program, run);
  addRenderCommands(program, run);
  program
    .command('jobs')
    .description('list what is being done and what failed')
    .option(
      '--state <states>',
      'only these, separated by commas: waiting, queued, running, retrying, succeeded, failed, cancelled',
    )
    .addOption(limitOption())
    .option('--cancel <id>', 'stop a job first')
    .option('--retry <id>', 'try a failed job again first')
    .option('--clear', 'forget finished jobs first')
    .action(run(false, jobsCommand));
  program
    .command('doctor')
    .description('say what was found on this machine, and what is missing')
    .action(run(false, (context) => doctorCommand(context)));
  program
    .command('serve')
    .description('open the studio for a browser on this machine')
    .option('--port <number>', 'port on 127.0.0.1 (default: a free one)', portOf, 0)
    .option('--no-open', 'taken for compatibility; serve opens no browser')
    .action(async (options: { port: number }, self: Command) => {
      const { library, json } = self.optsWithGlobals<GlobalOptions>();
      const libraryFolder = library === undefined ? deps.defaultLibrary() : absolute(deps, library);
      await deps.serve({ libraryFolder, port: options.port, isJson: json === true });
    });
  return program;
}

/** Makes commander's action of a command. `isWorking`: this process runs jobs meanwhile. */
type Run = <Args extends unknown[]>(
  isWorking: boolean | ((...args: Args) => boolean),
  command: (context: CommandContext, ...args: Args) => Promise<Outcome>,
) => (...given: unknown[]) => Promise<void>;

/** Opens the library for one command, prints what it says, and closes the library whatever happened. */
function runnerOf(deps: CliDeps, setCode: (code: number) => void): Run {
  return (isWorking, command) =>
    async (...given) => {
      const self = given.at(-1) as Command;
      const args = given.slice(0, -1) as Parameters<Exclude<typeof isWorking, boolean>>;
      const { library, json } = self.optsWithGlobals<GlobalOptions>();
      const libraryFolder = library === undefined ? deps.defaultLibrary() : absolute(deps, library);
      const studio = await deps.open({
        libraryFolder,
        isWorking: typeof isWorking === 'boolean' ? isWorking : isWorking(...args),
      });
      try {
        const path = (given: string) => absolute(deps, given);
        const outcome = await command({ client: studio.client, deps, signal: deps.signal, path }, ...args);
        deps.stdout(`${json ? JSON.stringify(outcome.json, null, 2) : printable(outcome.text)}\n`);
        setCode(outcome.code);
      } finally {
        await studio.close();
      }
    };
}

function addLibraryCommands(program: Command, run: Run): void {
  program
    .command('import')
    .description('bring files and folders into the library')
    .argument('<paths...>', 'files and folders')
    .option('--copy', 'copy files into the library (default: use them where they are)')
    .option('--no-wait', 'do not wait for thumbnails, filmstrips, waveforms and proxies')
    .action(run((_paths: string[], options: { wait: boolean }) => options.wait, importCommand));
  program
    .command('assets')
    .description('list the media of the library')
    .option('--search <words>', 'words of name, tags, folder or transcript')
    .option('--kind <kinds>', 'only these, separated by commas: video, image, audio, caption, document')
    .option('--missing', 'only those whose file is not there')
    .addOption(limitOption())
    .addOption(new Option('--offset <number>', 'leave out the first ones').default('0'))
    .action(run(false, assetsCommand));
}

function addTranscriptCommands(program: Command, run: Run): void {
  const transcript = program.command('transcript').description('what is said in media: make, import, show, export it');
  const language = () => new Option('--language <code>', 'the language spoken, e.g. en (default: found out)');
  transcript
    .command('make')
    .description('make words of the sound of media with whisper.cpp, and wait for them')
    .argument('<media...>', 'ids of media, as “assets” lists them')
    .addOption(language())
    .action(run(true, transcriptMake));
  transcript
    .command('import')
    .description('take words from word-timed JSON, SRT, WebVTT or ASS, in place of those the media has')
    .argument('<media>')
    .argument('<file>')
    .addOption(language())
    .action(run(false, transcriptImport));
  transcript.command('show').description('print what is said').argument('<media>').action(run(false, transcriptShow));
  transcript
    .command('export')
    .description('write what is said as .json (with the time of each word), .srt or .vtt')
    .argument('<media>')
    .argument('<file>')
    .addOption(
      new Option('--format <format>', 'instead of what the file’s ending says').choices(['json', 'srt', 'vtt']),
    )
    .option('--force', 'overwrite a file that is there')
    .action(run(false, transcriptExport));
}

function addProjectCommands(program: Command, run: Run): void {
  const project = program.command('project').description('make, list, show, import and export projects');
  project
    .command('new')
    .description('make an empty project')
    .argument('<name>')
    .addOption(new Option('--template <template>').choices(['hook-body-cta', 'single']).default('hook-body-cta'))
    .action(run(false, projectNew));
  project
    .command('list')
    .description('list projects')
    .action(run(false, (context) => projectList(context)));
  project
    .command('show')
    .description('show a project’s slots and variants')
    .argument('<id>')
    .action(run(false, projectShow));
  project
    .command('import')
    .description('bring a *.spotloom.json into the library')
    .argument('<file>')
    .addOption(grantOption())
    .action(run(false, projectImport));
  project
    .command('export')
    .description('write a project as a *.spotloom.json')
    .argument('<id>')
    .argument('<file>')
    .option('--force', 'overwrite a file that is there')
    .action(run(false, projectExport));
  project
    .command('captions')
    .description('put a caption file (SRT, WebVTT, ASS, word-timed JSON) onto an option, in place of those it has')
    .argument('<id>')
    .argument('<option>', 'the option’s name or id')
    .argument('[file]', 'without one, captions are made from the transcripts of its media')
    .action(run(false, projectCaptions));
}

function addRenderCommands(program: Command, run: Run): void {
  program
    .command('render')
    .description('make finished, checked files')
    .argument('<project>', 'a project’s id, or a *.spotloom.json; with --watch a folder')
    .option('--watch', 'render every *.spotloom.json put into the folder, again when it or its media change')
    .option('--settle <seconds>', 'with --watch: how long the folder must be still before that', '2')
    .option('--variants <list>', 'all, suggested, or names and keys separated by commas', 'suggested')
    .option('--ratios <list>', 'some of 9:16, 4:5, 1:1, 16:9', '9:16')
    .option('--except <list>', 'leave these out: variants, or variant@ratio, separated by commas')
    .option('--versions <list>', 'some of full, textless, music-free, clean', 'full')
    .option('--placements <list>', `hold the files against the rules of some of: ${placementWords}`)
    .option('--captions', 'also write the words of each file as .srt')
    .option('--covers', 'also write the cover of each file as .jpg')
    .option('--table', 'also write the media buyer’s .csv and the mapping of files to options and pieces')
    .option('--zip', 'also put everything into one .zip')
    .option('--out <folder>', 'where the files go (default: the export folder of the settings; out with --watch)')
    .option('--preset <id>', 'codec settings', 'standard')
    .option('--max-size <size>', 'each file at most this large, e.g. 287MB')
    .option('--max-bitrate <bitrate>', 'the picture at most this many bits per second, e.g. 8M')
    .option('--two-pass', 'with --max-size: encode each file whole and twice; fills the size, shares nothing')
    .option('--naming <pattern>', 'file names, e.g. {ratio}/{hook}_{cta}')
    .addOption(grantOption())
    .action(run(true, renderCommand));
  program
    .command('check')
    .description('check video files against what an ad must be')
    .argument('<files...>')
    .addOption(new Option('--placement <names...>', `also against: ${placementWords}`).default([], 'none'))
    .option('--loudness <lufs>', 'also for this loudness (default with --placement: -14)')
    .action(run(false, checkCommand));
}

function limitOption(): Option {
  return new Option('--limit <number>', 'at most this many').default('100');
}

function grantOption(): Option {
  return new Option(
    '--grant <folders...>',
    'folders beside the project file’s own that it may take media from',
  ).default([], 'none');
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new AppError('invalid-input', `“${text}” is not a port. Write a number from 0 (any free one) to 65535.`);
}

function absolute(deps: CliDeps, path: string): string {
  return isAbsolute(path) ? path : resolve(deps.workingFolder, path);
}
