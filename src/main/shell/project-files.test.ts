import { describe, expect, it } from 'vitest';
import { libraryArgument, projectFilesOf } from './project-files.ts';

describe('projectFilesOf', () => {
  it('finds project files and makes them absolute', () =>
    expect(
      projectFilesOf(['/usr/bin/spotloom', 'ads/summer.spotloom.json', '/x/B.SPOTLOOM.JSON', 'a.mp4'], '/home/me'),
    ).toEqual(['/home/me/ads/summer.spotloom.json', '/x/B.SPOTLOOM.JSON']));
  it('takes no option for a file', () => expect(projectFilesOf(['--x=a.spotloom.json'], '/')).toEqual([]));
});

describe('libraryArgument', () => {
  it('reads both ways of writing it', () => {
    expect(libraryArgument(['x', '--library', '/lib'])).toBe('/lib');
    expect(libraryArgument(['x', '--library=/lib'])).toBe('/lib');
  });
  it('is null when it is missing or empty', () => {
    expect(libraryArgument(['x'])).toBeNull();
    expect(libraryArgument(['x', '--library'])).toBeNull();
    expect(libraryArgument(['x', '--library='])).toBeNull();
  });
});
