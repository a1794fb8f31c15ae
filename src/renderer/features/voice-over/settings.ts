import { rememberedAtom } from '../../state/index.ts';
import type { RecordingGoal } from '../timeline/model/place-recording.ts';

/** The microphone chosen; '' = the system's. */
export const microphoneAtom = rememberedAtom('voiceOver.microphone', '');
/** Three seconds are counted down before it begins. */
export const countInAtom = rememberedAtom('voiceOver.countIn', true);
/** The ad is not heard while it is spoken to. */
export const adMutedAtom = rememberedAtom('voiceOver.adMuted', true);
/** Milliseconds by which recordings are put later. */
export const shiftAtom = rememberedAtom(
  'voiceOver.shiftMs',
  0,
  (value) => typeof value === 'number' && Math.abs(value) <= mostShiftMs,
);
/** Where recordings of a variant go. */
export const goalAtom = rememberedAtom<RecordingGoal>('voiceOver.goal', 'ad', (value) =>
  ['ad', 'part'].includes(String(value)),
);

/** Seconds counted down. */
export const countInSeconds = 3;
/** Furthest shift either way. */
export const mostShiftMs = 500;
