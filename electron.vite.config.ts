import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;
const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string };

const define = { __APP_VERSION__: JSON.stringify(version) };

/**
 * Three builds into `out/`:
 *  main      ESM for Node 24; `dependencies` stay external, everything else is bundled
 *  preload   one CommonJS file: a sandboxed preload can load nothing else
 *  renderer  static files only, so the page needs no inline script under its CSP
 */
export default defineConfig({
  main: {
    define,
    build: {
      target: 'node24',
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: resolve(root, 'src/main/index.ts'),
          headless: resolve(root, 'src/main/headless.ts'),
          cli: resolve(root, 'src/main/cli.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    define,
    build: {
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(root, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    define,
    plugins: [react(), tailwindcss()],
    // JASSUB starts its own worker and wasm by URL: pre-bundling would move it away from them. One of its parts is
    // CommonJS, which only pre-bundling turns into a module.
    optimizeDeps: { exclude: ['jassub'], include: ['jassub > throughput'] },
    worker: { format: 'es' },
    build: {
      sourcemap: true,
      minify: true,
      // A data: URL would need a wider CSP than 'self'.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: resolve(root, 'src/renderer/index.html') } },
    },
  },
});
