import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const builder = join(root, 'node_modules/electron-builder/cli.js');

interface AsarNode {
  files?: Record<string, AsarNode>;
  size?: number;
  offset?: string;
  unpacked?: boolean;
}

/** What an app.asar holds: path → entry. Format: https://github.com/electron/asar#format */
function readAsar(file: string): { entries: Map<string, AsarNode>; read: (path: string) => string } {
  const archive = readFileSync(file);
  const headerSize = archive.readUInt32LE(4);
  const header = JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))) as AsarNode;
  const entries = new Map<string, AsarNode>();
  const walk = (node: AsarNode, prefix: string): void => {
    for (const [name, child] of Object.entries(node.files ?? {})) {
      if (child.files) walk(child, `${prefix}${name}/`);
      else entries.set(`${prefix}${name}`, child);
    }
  };
  walk(header, '');
  const read = (path: string): string => {
    const entry = entries.get(path);
    const start = 8 + headerSize + Number(entry?.offset);
    return archive.toString('utf8', start, start + (entry?.size ?? 0));
  };
  return { entries, read };
}

/** The mark in Electron's binary after which its fuses stand: version 1, their number, one character each. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

let folder = '';
let unpackedDir = '';
let asar: ReturnType<typeof readAsar>;
let paths: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spotloom-packing-'));
  const electronDist = join(folder, 'electron');
  mkdirSync(electronDist);
  writeFileSync(join(electronDist, 'electron'), `binary ${FUSE_SENTINEL}\x01\x0800000000 binary`);
  chmodSync(join(electronDist, 'electron'), 0o755);
  writeFileSync(join(electronDist, 'version'), '45.4.1');
  const output = join(folder, 'out');
  const overrides = [`-c.electronDist=${electronDist}`, `-c.directories.output=${output}`];
  const packed = spawnSync(
    process.execPath,
    [builder, '--linux', '--x64', '--dir', '--publish', 'never', ...overrides],
    { cwd: root, encoding: 'utf8', env: { ...process.env, CI: 'true', CSC_IDENTITY_AUTO_DISCOVERY: 'false' } },
  );
  expect(packed.status, packed.stdout + packed.stderr).toBe(0);
  unpackedDir = join(output, 'linux-unpacked');
  asar = readAsar(join(unpackedDir, 'resources/app.asar'));
  paths = [...asar.entries.keys()];
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed app', () => {
  it('holds every entry, the preload and the page', () => {
    expect(paths).toEqual(
      expect.arrayContaining([
        'package.json',
        'LICENSE',
        'out/main/index.js',
        'out/main/headless.js',
        'out/main/cli.js',
        'out/preload/index.cjs',
        'out/renderer/index.html',
      ]),
    );
    expect(JSON.parse(asar.read('package.json'))).toMatchObject({ main: 'out/main/index.js', type: 'module' });
  });

  it('holds every migration, font and sample file of the repository', () => {
    for (const kind of ['migrations', 'fonts', 'icons', 'sample']) {
      const files = readdirSync(join(root, 'resources', kind), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(root.length + 1)
            .replaceAll('\\', '/'),
        );
      expect(files.length, kind).toBeGreaterThan(0);
      expect(paths).toEqual(expect.arrayContaining(files));
    }
  });

  it('holds nothing but the build, the resources and production dependencies', () => {
    const top = new Set(paths.map((path) => path.split('/')[0]));
    expect([...top].sort()).toEqual(['LICENSE', 'node_modules', 'out', 'package.json', 'resources']);
    const own = paths.filter((path) => !path.startsWith('node_modules/'));
    expect(own.filter((path) => /\.(ts|tsx|map)$|\.test\.|^out\/\./.test(path))).toEqual([]);
  });

  it('holds every production dependency and no development dependency', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    const has = (name: string): boolean => paths.some((path) => path.startsWith(`node_modules/${name}/`));
    expect(Object.keys(dependencies).filter((name) => !has(name))).toEqual([]);
    expect(Object.keys(devDependencies).filter(has)).toEqual([]);
  });

  it('has a page that runs no inline script and loads nothing from elsewhere', () => {
    const page = asar.read('out/renderer/index.html');
    expect(page).toContain('<html');
    for (const [, attributes = '', body = ''] of page.matchAll(/<script([^>]*)>([^<]*)/g)) {
      expect(attributes).toMatch(/src="\.\//);
      expect(body.trim()).toBe('');
    }
    expect(page).not.toMatch(/(src|href)="(https?:|\/\/|data:)|\son[a-z]+="|javascript:/);
  });

  it('holds no secrets', () => {
    const isSecret = /(^|\/)(\.env[^/]*|\.npmrc|[^/]*\.(pem|key|p12|pfx|p8|sqlite|keystore)|id_[a-z]+)$/;
    expect(paths.filter((path) => isSecret.test(path))).toEqual([]);
  });

  it('keeps as real files what other programs open', () => {
    const mustBeReal = (path: string): boolean =>
      /\.node$|^resources\/|^node_modules\/@ff(mpeg|probe)-installer\/[^/]+\/ff(mpeg|probe)$/.test(path);
    const wanted = paths.filter(mustBeReal);
    expect(wanted.some((path) => path.endsWith('.node'))).toBe(true);
    for (const path of wanted) {
      expect(asar.entries.get(path)?.unpacked, path).toBe(true);
      expect(existsSync(join(unpackedDir, 'resources/app.asar.unpacked', path)), path).toBe(true);
    }
  });

  it('has its fuses set', () => {
    const binary = readFileSync(join(unpackedDir, 'spotloom'), 'latin1');
    // runAsNode, cookie encryption, NODE_OPTIONS, inspect, asar integrity, only asar, own V8 snapshot, file:// privileges
    expect(binary).toContain(`${FUSE_SENTINEL}\x01\x0801001100`);
  });

  it('knows where updates come from', () => {
    expect(readFileSync(join(unpackedDir, 'resources/app-update.yml'), 'utf8')).toMatch(/^provider: github$/m);
  });
});
