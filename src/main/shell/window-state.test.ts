import { describe, expect, it } from 'vitest';
import { fitToScreens, readWindowState, type WindowState } from './window-state.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const saved: WindowState = { x: 100, y: 80, width: 1200, height: 800, isMaximized: false };

describe('fitToScreens', () => {
  it('keeps a window that is on a screen', () => expect(fitToScreens(saved, [screen])).toEqual(saved));
  it('keeps one on a second screen left of the first', () => {
    const left = { ...saved, x: -1800 };
    expect(fitToScreens(left, [screen, { ...screen, x: -1920 }])).toEqual(left);
  });
  it('lets the system place one whose screen is gone', () =>
    expect(fitToScreens({ ...saved, x: -1800 }, [screen])).toMatchObject({ x: null, y: null, width: 1200 }));
  it('lets the system place one whose title bar is above the screen', () =>
    expect(fitToScreens({ ...saved, y: -500 }, [screen])).toMatchObject({ x: null, y: null }));
  it('makes one fit a smaller screen', () =>
    expect(fitToScreens({ ...saved, width: 4000, height: 3000 }, [screen])).toMatchObject({
      width: 1920,
      height: 1080,
    }));
  it('never gets too small to use', () =>
    expect(fitToScreens({ ...saved, width: 10, height: 10 }, [screen])).toMatchObject({ width: 960, height: 600 }));
});

describe('readWindowState', () => {
  it('falls back to the usual when nothing was saved', () =>
    expect(readWindowState('/nowhere/window.json')).toMatchObject({ width: 1480, isMaximized: false }));
});
