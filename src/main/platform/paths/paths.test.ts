import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { configFolder, defaultLibraryFolder, type Machine, migrationsFolder, resourcesFolder } from './folders.ts';
import { libraryPaths } from './library-layout.ts';

const machine = (platform: NodeJS.Platform, environment: Machine['environment'] = {}): Machine => ({
  platform,
  home: '/home/ada',
  environment,
});

it('finds a library folder on every system, and takes the one named', () => {
  expect(defaultLibraryFolder(machine('linux'))).toBe('/home/ada/Videos/Spotloom');
  expect(defaultLibraryFolder(machine('darwin'))).toBe('/home/ada/Movies/Spotloom');
  expect(defaultLibraryFolder(machine('linux', { SPOTLOOM_LIBRARY: '/mnt/ads' }))).toBe('/mnt/ads');
  expect(defaultLibraryFolder(machine('linux', { SPOTLOOM_LIBRARY: '' }))).toBe('/home/ada/Videos/Spotloom');
});

it('keeps keys out of the library', () => {
  expect(configFolder(machine('linux'))).toBe('/home/ada/.config/spotloom');
  expect(configFolder(machine('linux', { XDG_CONFIG_HOME: 'relative' }))).toBe('/home/ada/.config/spotloom');
  expect(configFolder(machine('linux', { XDG_CONFIG_HOME: '/x' }))).toBe('/x/spotloom');
});

it('finds the migrations from the sources, and says so when there are none', () => {
  expect(existsSync(join(migrationsFolder(resourcesFolder()), '0001_core.sql'))).toBe(true);
  expect(resourcesFolder('/nowhere')).toBe(resourcesFolder());
  expect(() => resourcesFolder(null, '/')).toThrow(/no resources folder/);
});

it('lays out everything below the library', () => {
  const { root, ...rest } = libraryPaths('/lib');
  expect(root).toBe('/lib');
  for (const path of Object.values(rest)) expect(path.startsWith('/lib/')).toBe(true);
});

it('a copy without its resources says what is wrong', () => {
  expect(() => resourcesFolder(null, '/')).toThrow(
    expect.objectContaining({
      code: 'capability-missing',
      userMessage: expect.stringContaining('SPOTLOOM_RESOURCES'),
    }),
  );
});
