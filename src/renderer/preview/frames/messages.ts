import type { PlaneFrame } from './planes.ts';

/** What the page asks of the frame worker. */
export type FrameRequest =
  /** The frame shown at a moment of the file's clock. Answered once, unless withdrawn. */
  | { kind: 'frame'; id: number; url: string; moment: number }
  /** The picture of a file that stands still. */
  | { kind: 'still'; id: number; url: string; mime: string }
  | { kind: 'withdraw'; id: number }
  /** Closes what is open of a file. */
  | { kind: 'release'; url: string };

/** What the frame worker answers. */
export type FrameAnswer =
  /** The frame wanted, then others of the file that came along. */
  | { kind: 'frames'; id: number; frames: PlaneFrame[] }
  /** It cannot be read or decoded here. `message` is for the log. */
  | { kind: 'failed'; id: number; message: string };
