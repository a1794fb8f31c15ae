import type {
  Transition,
  TransitionAlignment,
  TransitionDirection,
  TransitionKind,
  TransitionSound,
} from '#shared/model/index.ts';
import type { Frames, Rate } from '#shared/units/index.ts';

/** Names of transitions, in the order they are offered. */
export const transitionNames: readonly { kind: TransitionKind; name: string }[] = [
  { kind: 'crossfade', name: 'Crossfade' },
  { kind: 'dip', name: 'Dip to colour' },
  { kind: 'slide', name: 'Slide' },
  { kind: 'push', name: 'Push' },
  { kind: 'wipe', name: 'Wipe' },
  { kind: 'zoom', name: 'Zoom' },
];

/** Where a transition may lie. */
export const alignmentNames: readonly { value: TransitionAlignment; label: string }[] = [
  { value: 'end', label: 'Before' },
  { value: 'centre', label: 'Centre' },
  { value: 'start', label: 'After' },
];

/** Ways a picture or an edge may go. */
export const directionNames: readonly { value: TransitionDirection; label: string }[] = [
  { value: 'left', label: 'To the left' },
  { value: 'right', label: 'To the right' },
  { value: 'up', label: 'Up' },
  { value: 'down', label: 'Down' },
];

/** What sound may do. */
export const soundNames: readonly { value: TransitionSound; label: string }[] = [
  { value: 'crossfade', label: 'Crossfade' },
  { value: 'cut', label: 'Cut' },
];

/** Named curves of progress. */
export const curveNames = [
  { value: 'linear', label: 'Steady' },
  { value: 'ease-in', label: 'Slow start' },
  { value: 'ease-out', label: 'Slow end' },
  { value: 'ease-in-out', label: 'Slow start and end' },
] as const;

/** True for kinds that have a direction. */
export function hasDirection(kind: TransitionKind): boolean {
  return kind === 'slide' || kind === 'push' || kind === 'wipe';
}

/** "Crossfade", "Dip to black". */
export function transitionName({ kind, colour }: Pick<Transition, 'kind' | 'colour'>): string {
  const plain = colour.slice(0, 7).toUpperCase();
  if (kind === 'dip' && plain === '#000000') return 'Dip to black';
  if (kind === 'dip' && plain === '#FFFFFF') return 'Dip to white';
  return transitionNames.find((one) => one.kind === kind)?.name ?? kind;
}

/** "0.5 s", "0.53 s". */
export function secondsText(frames: Frames, rate: Rate): string {
  return `${Math.round((frames * rate.den * 100) / rate.num) / 100} s`;
}

/** "Crossfade 0.5 s". */
export function transitionText(transition: Transition, rate: Rate): string {
  return `${transitionName(transition)} ${secondsText(transition.lengthFrames, rate)}`;
}

/** Half a second of a kind, as it usually looks best: what moves starts and ends slowly. */
export function usualTransition(kind: TransitionKind, rate: Rate): Transition {
  const isMoving = hasDirection(kind) || kind === 'zoom';
  return {
    kind,
    lengthFrames: Math.max(2, Math.round(rate.num / rate.den / 2)),
    alignment: 'centre',
    direction: 'left',
    colour: '#000000',
    curve: isMoving ? 'ease-in-out' : 'linear',
    sound: 'crossfade',
  };
}
