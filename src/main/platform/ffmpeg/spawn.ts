import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { AppError } from '#shared/errors/index.ts';
import { watchdog } from './watchdog.ts';

/** How a process ended. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A started program in a process group of its own. */
export interface RunningProcess {
  child: ChildProcess;
  /** Resolves when the process is dead and its pipes are drained; never rejects. */
  ended: Promise<ProcessEnd>;
  /** Kills the whole tree and resolves when it is dead. */
  kill(): Promise<void>;
}

/** What {@link startProcess} needs. */
export interface StartOptions {
  cwd?: string | undefined;
  stdin: 'ignore' | 'pipe';
  stdout: 'ignore' | 'pipe';
  priority?: 'normal' | 'background' | undefined;
  /** Each line on stderr. */
  onLogLine: (line: string) => void;
}

interface LinesRing {
  callback(listener: (line: string) => void): void;
}

/** The part of fluent-ffmpeg that is used: its process runner, under our own argument lists. Not in its types. */
interface ProcessRunner {
  setFfmpegPath(path: string): void;
  _spawnFfmpeg(
    args: string[],
    options: object,
    onStart: (child: ChildProcess, stdout: LinesRing, stderr: LinesRing) => void,
    onEnd: (error?: Error | null) => void,
  ): void;
}

/** ffmpeg colours its log and writes report files when the environment says so. */
const quietEnvironment = { FFREPORT: undefined, AV_LOG_FORCE_COLOR: undefined, AV_LOG_FORCE_NOCOLOR: '1' };

/** Starts ffmpeg or ffprobe. Throws `ffmpeg-missing` when the program is gone or may not be run. */
export async function startProcess(
  program: string,
  args: readonly string[],
  options: StartOptions,
): Promise<RunningProcess> {
  const { default: createCommand } = await import('fluent-ffmpeg');
  const runner = createCommand() as unknown as ProcessRunner;
  let end = (_end: ProcessEnd) => {};
  const ended = new Promise<ProcessEnd>((resolve) => {
    end = resolve;
  });
  const child = await new Promise<ChildProcess>((resolve, reject) => {
    // The path is kept per module, not per command; the spawn follows at once, so two runs cannot mix them up.
    runner.setFfmpegPath(program);
    runner._spawnFfmpeg(
      [...args],
      {
        cwd: options.cwd,
        detached: process.platform !== 'win32',
        windowsHide: true,
        stdio: [options.stdin, options.stdout, 'pipe'],
        env: { ...process.env, ...quietEnvironment },
        stdoutLines: 1,
      },
      (started, _stdout, stderr) => {
        started.once('spawn', () => resolve(started));
        started.once('close', (code, signal) => end({ code, signal }));
        stderr.callback(options.onLogLine);
      },
      // Called on errors and at the end; the end is heard from the process itself.
      (error) => reject(error),
    );
  }).catch((error: unknown) => {
    throw toSpawnError(error, program, options.cwd);
  });
  return control(child, ended, options.priority ?? 'normal');
}

function control(child: ChildProcess, ended: Promise<ProcessEnd>, priority: 'normal' | 'background'): RunningProcess {
  const pid = child.pid;
  if (pid === undefined)
    throw new AppError('ffmpeg-missing', 'ffmpeg could not be started.', { retry: 'install-ffmpeg' });
  watchdog.add(pid);
  const dead = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
  void dead.then(() => watchdog.remove(pid));
  if (priority === 'background') makeNice(pid);
  return {
    child,
    ended,
    async kill() {
      killTree(child, pid);
      await dead;
      // Nobody reads them any more; unread data would keep the pipes open.
      child.stdout?.destroy();
      child.stderr?.destroy();
      child.stdin?.destroy();
    },
  };
}

function killTree(child: ChildProcess, pid: number): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on('error', () => {
      child.kill('SIGKILL');
    });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

function makeNice(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, or the system does not allow it; it runs at normal priority then.
  }
}

function toSpawnError(error: unknown, program: string, cwd: string | undefined): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : 'the process did not start';
  const options = { message, cause: error, details: { program, systemCode: code } };
  if (cwd !== undefined && code === 'ENOENT' && !existsSync(cwd)) {
    return new AppError('file-not-found', `The working folder "${cwd}" is gone. Please try again.`, options);
  }
  if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOEXEC' || code === 'EPERM') {
    const text = `"${program}" cannot be started any more. Install ffmpeg again or choose another in the settings.`;
    return new AppError('ffmpeg-missing', text, { ...options, retry: 'install-ffmpeg' });
  }
  return new AppError('internal', 'The system could not start ffmpeg. Please try again.', {
    ...options,
    retry: 'retry',
  });
}
