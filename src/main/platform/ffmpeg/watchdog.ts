import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * Sees to it that no child outlives the engine, even after kill -9.
 *
 * Windows: libuv puts children into a job object that the system ends with us; nothing to do. Elsewhere a tiny `sh`
 * reads our list of process groups from a pipe. The pipe ends with the engine, however it ends; what is still on the
 * list is then killed. (`PR_SET_PDEATHSIG` is Linux's alone and cannot be set from Node; ffmpeg ignores SIGPIPE; a
 * list in a file would leave orphans encoding until the next start.)
 */
export interface Watchdog {
  add(pid: number): void;
  remove(pid: number): void;
}

const script = `
trap '' HUP INT TERM
pids=' '
while read -r op pid; do
  case $op in
    +) pids="$pids$pid " ;;
    -) kept=' '
       for one in $pids; do [ "$one" = "$pid" ] || kept="$kept$one "; done
       pids=$kept ;;
  esac
done
for one in $pids; do kill -KILL -- "-$one" 2>/dev/null || kill -KILL "$one" 2>/dev/null; done
`;

/** One for the whole process, started with the first child. */
let current: { child: ChildProcess; input: Socket } | null = null;
/** What the present watchdog must know about, so that a new one can be told. */
const alive = new Set<number>();

/** The engine's watchdog. */
export const watchdog: Watchdog = {
  add(pid) {
    alive.add(pid);
    tell(`+ ${pid}\n`);
  },
  remove(pid) {
    alive.delete(pid);
    if (current !== null) tell(`- ${pid}\n`);
  },
};

function tell(line: string): void {
  if (process.platform === 'win32') return;
  if (current === null) start();
  else current.input.write(line);
}

function start(): void {
  // Own session: what stops the engine's process group must not stop the watchdog first.
  const child = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' });
  const input = child.stdin as Socket;
  const lost = () => {
    if (current?.child === child) current = null;
  };
  child.on('error', lost);
  child.on('exit', lost);
  input.on('error', lost);
  // It must not keep the engine alive.
  child.unref();
  input.unref();
  current = { child, input };
  input.write([...alive].map((pid) => `+ ${pid}\n`).join(''));
}
