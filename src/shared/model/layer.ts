import type { Rational } from '../units/index.ts';
import type { TextStyle } from './clip.ts';
import type { AssetId } from './ids.ts';
import type { PictureLook } from './look.ts';
import type { Rect, Size } from './ratio.ts';
import type { TextMoment } from './text/moment.ts';

/** A picture placed between pixels and turned, in output pixels: its whole size, about its centre. */
export interface FreePlacement {
  /** Even size the whole upright picture is scaled to before it is placed. */
  from: Size;
  /** Part of that which is seen, on even pixels; null = all of it. */
  kept: Rect | null;
  centre: { x: number; y: number };
  width: number;
  height: number;
  /** Clockwise. */
  rotationDeg: number;
}

/** One thing to draw at one frame, bottom to top. */
export type Layer =
  | {
      kind: 'media';
      instance: string;
      assetId: AssetId;
      sourceSeconds: Rational;
      /** Where it lies on even pixels; for a free one about where, unturned. */
      rect: Rect;
      backdrop: Rect | null;
      /** Where it lies exactly, when it moves or lies turned: then this counts, not `rect`. */
      free: FreePlacement | null;
      /** The part of the frame in which it may be seen, on even pixels; null = all of it. */
      window: Rect | null;
      /** Colours and blur; null = as they are. */
      look: PictureLook | null;
      opacity: number;
    }
  | {
      kind: 'text';
      instance: string;
      text: string;
      style: TextStyle;
      anchor: { x: number; y: number };
      pixelScale: number;
      /** Clockwise, about the anchor; nothing = upright. */
      rotationDeg?: number;
      /** As of a picture. */
      window?: Rect | null;
      opacity: number;
      /**
       * Its lines are wrapped within its width times this, so that words that grow or shrink do not jump to another line;
       * null = its size stands still.
       */
      wrapScale: number | null;
      /** How it looks at this moment of its coming, going and being said. */
      moment: TextMoment;
    }
  | { kind: 'colour'; instance: string; colour: string; window: Rect | null; opacity: number };
