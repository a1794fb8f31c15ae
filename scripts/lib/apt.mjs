// Installing a system package on Debian and Ubuntu.
import { runQuietly } from './run.mjs';
import { progress } from './say.mjs';

const TIMEOUT_MS = 10 * 60_000;

/**
 * Installs packages with apt-get; refreshes its lists first where the install fails without them.
 * @returns {Promise<string | null>} what went wrong, or null
 */
export function aptInstall(label, ...packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => runQuietly('apt-get', args, { env, timeoutMs: TIMEOUT_MS });
  const install = () => apt('install', '-y', '--no-install-recommends', ...packages);
  return progress(label, async () => {
    let result = await install();
    if (result.code !== 0) {
      await apt('update');
      result = await install();
    }
    if (result.code === 0) return null;
    const lastLines = result.tail.trim().split('\n').slice(-4).join('\n  ');
    return `  apt-get could not install ${packages.join(', ')}${result.isTimedOut ? ' in ten minutes' : ''}:\n  ${lastLines}`;
  });
}
