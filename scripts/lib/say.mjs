// What the scripts tell the person. Everything goes to stderr: stdout belongs to the product.

/** A failure with a next step; entry scripts print it without a stack. */
export class SetupError extends Error {
  constructor(message, nextStep, tail = '') {
    super(message);
    this.nextStep = nextStep;
    this.tail = tail;
  }
}

/** Writes one line. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

const HEARTBEAT_MS = 10_000;

/**
 * Runs a piece of work under a label, with the seconds it takes: a living line on a
 * terminal, a heartbeat every 10 s elsewhere.
 */
export async function progress(label, work) {
  const startedAt = Date.now();
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  const isLive = process.stderr.isTTY === true;
  const show = () => process.stderr.write(`\r\x1b[2K… ${label} (${seconds()})`);
  if (isLive) show();
  else say(`… ${label}`);
  const timer = setInterval(
    () => (isLive ? show() : say(`… ${label}, still working (${seconds()})`)),
    isLive ? 500 : HEARTBEAT_MS,
  );
  const finish = (mark) => {
    clearInterval(timer);
    process.stderr.write(`${isLive ? '\r\x1b[2K' : ''}${mark} ${label} (${seconds()})\n`);
  };
  try {
    const result = await work();
    finish('✓');
    return result;
  } catch (error) {
    finish('✗');
    throw error;
  }
}

/** Prints a failure with its next step. */
export function explain(error) {
  if (!(error instanceof SetupError)) {
    say(`\nThis should not have happened: ${error?.stack ?? error}`);
    return;
  }
  if (error.tail) say(`\n${error.tail.trimEnd()}`);
  say(`\n${error.message}\nNext step: ${error.nextStep}`);
}

/** Runs an entry script's main function and turns what it throws into words and exit code 1. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    explain(error);
    process.exitCode = 1;
  }
}
