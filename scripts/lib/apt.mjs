// Installing a system package on Debian and Ubuntu.
import { runQuietly } from './run.mjs';
import { progress, say } from './say.mjs';

const TIMEOUT_MS = 10 * 60_000;

/**
 * Installs packages with apt-get; refreshes its lists first where the install fails without them.
 * A failure is said, not thrown: the caller has another way.
 */
export async function aptInstall(label, ...packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => runQuietly('apt-get', args, { env, timeoutMs: TIMEOUT_MS });
  const install = () => apt('install', '-y', '--no-install-recommends', ...packages);
  try {
    await progress(label, async () => {
      let result = await install();
      if (result.code !== 0) {
        await apt('update');
        result = await install();
      }
      if (result.code !== 0) throw new Error(result.isTimedOut ? 'no end in ten minutes' : result.tail);
    });
  } catch (error) {
    const lastLines = error.message.trim().split('\n').slice(-4).join('\n  ');
    say(`  apt-get could not install ${packages.join(', ')}:\n  ${lastLines}`);
  }
}
