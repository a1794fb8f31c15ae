// node --import ./test/electron-double/register.ts out/main/index.js
// Runs the desktop's real main program under plain Node: the module `electron` is replaced by the double.
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const shim = pathToFileURL(join(import.meta.dirname, 'shim.ts')).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context);
    return { url: shim, format: 'module', shortCircuit: true };
  },
});
if (process.send) await import('./control.ts');
