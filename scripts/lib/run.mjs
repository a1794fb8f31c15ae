// Starting other programs.
import { spawn, spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { isWindows, localNode, root } from './paths.mjs';

const TAIL_CHARACTERS = 6_000;
const KILL_AFTER_MS = 10_000;
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };
const passedOn = isWindows ? ['SIGINT', 'SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The environment children get: the local tools and the local Node first on the path. */
export function childEnvironment(extra = {}) {
  const pathKey = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const bins = [join(root, 'node_modules', '.bin'), dirname(localNode)];
  const rest = (process.env[pathKey] ?? '').split(delimiter).filter((entry) => entry !== '' && !bins.includes(entry));
  return { ...process.env, [pathKey]: [...bins, ...rest].join(delimiter), ...extra };
}

/**
 * Runs a program to its end, keeping the end of its output.
 * @returns {Promise<{ code: number, tail: string, isTimedOut: boolean }>} code is 127 when it cannot be started
 */
export function runQuietly(command, args, { timeoutMs = 0, env = childEnvironment(), shell = false } = {}) {
  return new Promise((resolve) => {
    // A group of its own, so that a timeout ends its children too.
    const child = spawn(command, args, {
      cwd: root,
      env,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !isWindows,
    });
    let tail = '';
    let isTimedOut = false;
    const keep = (chunk) => {
      tail = (tail + chunk).slice(-TAIL_CHARACTERS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const endWithUs = () => killTree(child);
    process.once('exit', endWithUs);
    const onSignal = (signal) => process.exit(128 + signalNumbers[signal]);
    for (const signal of passedOn) process.once(signal, onSignal);
    const onTimeout = () => {
      isTimedOut = true;
      killTree(child);
    };
    const timer = timeoutMs > 0 ? setTimeout(onTimeout, timeoutMs) : undefined;
    const finish = (code) => {
      clearTimeout(timer);
      process.removeListener('exit', endWithUs);
      for (const signal of passedOn) process.removeListener(signal, onSignal);
      resolve({ code, tail, isTimedOut });
    };
    child.on('error', (error) => {
      keep(`${error.message}\n`);
      finish(127);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}

/** Kills a child and what it started. */
export function killTree(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (isWindows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** Runs a program synchronously; null when it cannot be started or fails. */
export function capture(command, args, timeoutMs = 10_000) {
  const result = spawnSync(command, args, { encoding: 'utf8', timeout: timeoutMs, stdio: ['ignore', 'pipe', 'pipe'] });
  return result.status === 0 ? `${result.stdout}` : null;
}

/** How to call npm: through the one that called us where there is one, so that no shell is needed. */
export function npmCommand(args) {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script))
    return { command: process.execPath, args: [script, ...args], shell: false };
  return { command: isWindows ? 'npm.cmd' : 'npm', args, shell: isWindows };
}

/**
 * Runs a program in the foreground until it ends, passing signals on to it. Ctrl-C reaches
 * it through the terminal as well, so SIGINT is only awaited when we share its group.
 * @returns {Promise<number>} its exit code; 128 + n for a signal
 */
export function runForeground(command, args, { env = childEnvironment(), onStdout, cwd = process.cwd() } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['inherit', onStdout ? 'pipe' : 'inherit', 'inherit'] });
    let timer;
    const handlers = passedOn.map((signal) => {
      const handler = () => {
        const isFromTerminal = signal === 'SIGINT' && process.stdin.isTTY === true;
        if (!isFromTerminal) child.kill(signal);
        timer ??= setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
      };
      process.on(signal, handler);
      return () => process.removeListener(signal, handler);
    });
    const finish = (code) => {
      clearTimeout(timer);
      for (const remove of handlers) remove();
      resolve(code);
    };
    if (onStdout) child.stdout.on('data', onStdout);
    child.on('error', () => finish(127));
    child.on('close', (code, signal) => finish(code ?? 128 + (signalNumbers[signal] ?? 1)));
  });
}
