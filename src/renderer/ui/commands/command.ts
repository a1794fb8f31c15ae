/** Something the user can do by key, from the command palette, or both. */
export interface Command {
  /** Stable: "edit.undo". */
  id: string;
  /** Says what it does: "Undo". */
  label: string;
  /** Heading in the palette and the shortcut overview: "Timeline". */
  group: string;
  /** One or more shortcuts, e.g. "Mod+Z" or ["Delete", "Backspace"]; the first is shown. */
  keys?: string | readonly string[];
  /** Given back by the registry: the keys it comes with, where `keys` are those that the person has chosen. */
  defaultKeys?: readonly string[];
  run: () => void;
  /** Not offered and its keys do nothing when false. */
  isEnabled?: boolean;
  /** Only listed in the overview: the thing that has the focus answers the keys itself. */
  isLocal?: boolean;
  /** By key only, not in the palette (playhead steps and the like). */
  isHidden?: boolean;
  /** Also while the caret is in a text field. */
  worksInFields?: boolean;
  /** Also fires again while the key is held down. */
  repeats?: boolean;
  /** Answers its keys before commands that came later: the page knows better than the frame around it. */
  isFirst?: boolean;
}
