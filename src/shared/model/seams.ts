import type { Frames } from '../units/index.ts';
import type { OptionId, SlotId } from './ids.ts';
import type { Project, Seam } from './project.ts';
import { type Transition, type TransitionSpan, transitionSpan } from './transition.ts';

/** Where two options of neighbouring slots meet. */
export interface SeamPlace {
  afterSlotId: SlotId;
  from: OptionId;
  to: OptionId;
}

/** The seam in force between two options: the pair's own, else the one of the whole boundary; null = a plain cut. */
export function seamAt(project: Pick<Project, 'seams'>, { afterSlotId, from, to }: SeamPlace): Seam | null {
  const here = project.seams.filter((seam) => seam.afterSlotId === afterSlotId);
  const own = here.find(({ pair }) => pair !== null && pair.from === from && pair.to === to);
  return own ?? here.find(({ pair }) => pair === null) ?? null;
}

/** An option in its place in a variant; `optionId` null where the slot plays nothing. */
export interface PlayedSection {
  slotId: SlotId;
  optionId: OptionId | null;
  startFrame: Frames;
  lengthFrames: Frames;
}

/** The transition into a section, with the frames of the ad on which it plays. */
export interface Entrance {
  transition: Transition;
  span: TransitionSpan;
}

/** The seam into each section; null at the first, and where a neighbour plays nothing. */
function seamsInto(project: Pick<Project, 'seams'>, sections: readonly PlayedSection[]): (Seam | null)[] {
  return sections.map((section, at) => {
    const before = sections[at - 1];
    if (!before?.optionId || !section.optionId || before.lengthFrames === 0 || section.lengthFrames === 0) return null;
    return seamAt(project, { afterSlotId: before.slotId, from: before.optionId, to: section.optionId });
  });
}

/** By how many frames the sound changes after the cut (before it: negative) into each section; within both of them. */
export function overhangsOf(project: Pick<Project, 'seams'>, sections: readonly PlayedSection[]): Frames[] {
  return seamsInto(project, sections).map((seam, at) => {
    const [before, after] = [sections[at - 1]?.lengthFrames ?? 0, sections[at]?.lengthFrames ?? 0];
    return Math.max(-before, Math.min(after, seam?.audioOverhangFrames ?? 0));
  });
}

/**
 * The transitions into each section, in order; null = a cut. Only neighbours that both play something have one. A section
 * with a transition at both ends gives each half of its length at most.
 */
export function entrancesOf(project: Pick<Project, 'seams'>, sections: readonly PlayedSection[]): (Entrance | null)[] {
  const transitions = seamsInto(project, sections).map((seam) =>
    seam && seam.transition.kind !== 'cut' ? seam.transition : null,
  );
  const most = (at: number) => {
    const length = sections[at]?.lengthFrames ?? 0;
    return transitions[at] && transitions[at + 1] ? Math.floor(length / 2) : length;
  };
  return transitions.map((transition, at) => {
    const section = sections[at];
    const span = transition && section && transitionSpan(transition, section.startFrame, most(at - 1), most(at));
    return transition && span ? { transition, span } : null;
  });
}

/**
 * The frames over which the sound crosses into each section, null where it changes at once: those of the transition,
 * moved along with an overhang, within both sections.
 */
export function crossingsOf(
  sections: readonly PlayedSection[],
  entrances: readonly (Entrance | null)[],
  overhangs: readonly Frames[],
): (TransitionSpan | null)[] {
  return sections.map(({ startFrame, lengthFrames }, at) => {
    const entrance = entrances[at];
    if (entrance?.transition.sound !== 'crossfade') return null;
    const [first, last] = [sections[at - 1]?.startFrame ?? startFrame, startFrame + lengthFrames];
    const within = (frame: Frames) => Math.max(first, Math.min(last, frame + (overhangs[at] ?? 0)));
    const span = { startFrame: within(entrance.span.startFrame), endFrame: within(entrance.span.endFrame) };
    return span.startFrame < span.endFrame ? span : null;
  });
}
