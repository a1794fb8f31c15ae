import type { KeyOverrides } from '../../ui/index.ts';

/** Keys that people bring along from another program. */
export interface KeyPreset {
  id: string;
  name: string;
  keys: KeyOverrides;
}

/**
 * Keys to begin with. Each names only what differs from Spotloom's own; a key that moves is taken from the command that
 * has it otherwise, so that no press means two things.
 */
export const keyPresets: readonly KeyPreset[] = [
  { id: 'spotloom', name: 'Spotloom', keys: {} },
  {
    // Adobe, "Default keyboard shortcuts in Premiere Pro".
    id: 'premiere',
    name: 'Premiere habits',
    keys: {
      'timeline.split': ['Mod+K'],
      'timeline.splitAll': ['Mod+Shift+K'],
      'app.palette': ['Mod+Shift+P'],
      'timeline.snap': ['S'],
      'timeline.lift': ['Delete', 'Backspace'],
      'timeline.remove': ['Shift+Delete', 'Shift+Backspace'],
      'timeline.showAll': ['\\'],
      'timeline.zoomIn': ['Plus'],
      'timeline.nudgeBack': ['Alt+ArrowLeft'],
      'timeline.nudgeOn': ['Alt+ArrowRight'],
      'timeline.slipBack': ['Mod+Alt+ArrowLeft'],
      'timeline.slipOn': ['Mod+Alt+ArrowRight'],
      'timeline.previousMarker': ['Mod+Shift+M'],
      'player.fullScreen': ['Mod+`'],
    },
  },
  {
    // CapCut desktop, "Shortcuts", set "CapCut".
    id: 'capcut',
    name: 'CapCut habits',
    keys: {
      'timeline.split': ['Mod+B'],
      'timeline.splitAll': ['Mod+Shift+B'],
      'timeline.tool.select': ['A'],
      'timeline.tool.razor': ['B'],
      'timeline.tool.ripple': ['Alt+E'],
      'timeline.tool.roll': ['Alt+W'],
      'timeline.snap': ['N'],
      'timeline.zoomIn': ['Mod+Plus', 'Plus'],
      'timeline.zoomOut': ['Mod+-', '-'],
      'player.fullScreen': ['Mod+Shift+F'],
    },
  },
];

/** The preset that a choice is, if it is one as it comes. */
export function presetOf(overrides: KeyOverrides): KeyPreset | null {
  const text = (keys: KeyOverrides) => JSON.stringify(Object.entries(keys).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return keyPresets.find(({ keys }) => text(keys) === text(overrides)) ?? null;
}
