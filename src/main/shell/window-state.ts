import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { atomicWrite } from '#main/platform/files/index.ts';

const stateSchema = z.object({
  x: z.int().nullable(),
  y: z.int().nullable(),
  width: z.int().min(1),
  height: z.int().min(1),
  isMaximized: z.boolean(),
});

/** Where the window was. Null position = the system's choice. */
export type WindowState = z.infer<typeof stateSchema>;

/** A rectangle in screen coordinates. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

const usual: WindowState = { x: null, y: null, width: 1480, height: 920, isMaximized: false };
/** Smaller than this the studio cannot be used. */
export const smallestWindow = { width: 960, height: 600 };
/** This much of the title bar must be on a screen, or the window could not be moved back. */
const grip = { width: 120, height: 30 };

/** What was saved; the usual when there is nothing or it is damaged. */
export function readWindowState(file: string): WindowState {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return usual;
  }
}

/** Saves it whole or not at all. */
export async function writeWindowState(file: string, state: WindowState): Promise<void> {
  await atomicWrite(file, JSON.stringify(state));
}

/** Fits a saved state to the screens there are now: one may have been unplugged. */
export function fitToScreens(state: WindowState, screens: readonly Rectangle[]): WindowState {
  const largest = screens.reduce<Rectangle | null>(
    (best, screen) => (best && best.width * best.height >= screen.width * screen.height ? best : screen),
    null,
  );
  if (!largest) return state;
  const width = Math.max(smallestWindow.width, Math.min(state.width, largest.width));
  const height = Math.max(smallestWindow.height, Math.min(state.height, largest.height));
  const isReachable = screens.some((screen) => overlap(state, screen));
  return { ...state, width, height, ...(isReachable ? {} : { x: null, y: null }) };
}

function overlap({ x, y, width }: WindowState, screen: Rectangle): boolean {
  if (x === null || y === null) return false;
  const across = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  const isTitleVisible = y >= screen.y && y + grip.height <= screen.y + screen.height;
  return across >= grip.width && isTitleVisible;
}
