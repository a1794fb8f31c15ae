import type { ClipContent } from '../clip.ts';
import type { Project, Sequence } from '../project.ts';
import { declareFields, pruneValues } from './fields.ts';
import { type Appliers, type EditOf, refuse } from './support.ts';
import { withHeldTransitions } from './transitions.ts';

function setSeam(project: Project, edit: EditOf<'seam.set'>): Project {
  const { seam } = edit;
  const isSamePlace = (other: typeof seam) =>
    other.afterSlotId === seam.afterSlotId && other.pair?.from === seam.pair?.from && other.pair?.to === seam.pair?.to;
  const others = project.seams.filter((other) => other.id !== seam.id && !isSamePlace(other));
  return { ...project, seams: [...others, seam] };
}

function repin(project: Project, change: (content: ClipContent) => ClipContent): Project {
  const inSequence = (sequence: Sequence): Sequence => ({
    ...sequence,
    tracks: sequence.tracks.map((track) => ({
      ...track,
      clips: track.clips.map((clip) => ({ ...clip, content: change(clip.content) })),
    })),
  });
  return {
    ...project,
    globals: project.globals.map((slot) => ({
      ...slot,
      options: slot.options.map((option) =>
        option.content.kind === 'clips'
          ? {
              ...option,
              content: {
                ...option.content,
                clips: option.content.clips.map((clip) => ({ ...clip, content: change(clip.content) })),
              },
            }
          : option,
      ),
    })),
    sequences: project.sequences.map(inSequence),
    compositions: project.compositions.map((pin) => ({ ...pin, sequence: inSequence(pin.sequence) })),
  };
}

function pinComposition(project: Project, edit: EditOf<'composition.pin'>): Project {
  const { replacesVersion } = edit;
  const composition = { ...edit.composition, sequence: withHeldTransitions(declareFields(edit.composition.sequence)) };
  const { compositionId, version } = composition;
  const isIt = (pin: { compositionId: string; version: number }, which: number) =>
    pin.compositionId === compositionId && pin.version === which;
  if (replacesVersion !== null && !project.compositions.some((pin) => isIt(pin, replacesVersion)))
    refuse('The version to be replaced is not used in this project.');
  const kept = project.compositions.filter(
    (pin) => !isIt(pin, version) && (replacesVersion === null || !isIt(pin, replacesVersion)),
  );
  const pinned = { ...project, compositions: [...kept, composition] };
  const current =
    replacesVersion === null
      ? pinned
      : repin(pinned, (content) =>
          content.kind === 'composition' && isIt(content, replacesVersion) ? { ...content, version } : content,
        );
  return pruneValues(
    current,
    (content) =>
      content.kind === 'composition' && content.compositionId === compositionId && content.version === version,
    composition.sequence.fields,
  );
}

/** Edits of what ties options and projects together: seams, pairing rules, pinned compositions. */
export const connectionAppliers: Appliers<
  'seam.set' | 'seam.remove' | 'pairing.set' | 'pairing.remove' | 'composition.pin'
> = {
  'seam.set': setSeam,
  'seam.remove': (project, edit) => {
    const seams = project.seams.filter((seam) => seam.id !== edit.seamId);
    if (seams.length === project.seams.length) refuse('That transition is no longer there.');
    return { ...project, seams };
  },
  'pairing.set': (project, edit) => {
    const at = project.pairingRules.findIndex((rule) => rule.id === edit.rule.id);
    const pairingRules =
      at < 0
        ? [...project.pairingRules, edit.rule]
        : project.pairingRules.map((rule, index) => (index === at ? edit.rule : rule));
    return { ...project, pairingRules };
  },
  'pairing.remove': (project, edit) => {
    const pairingRules = project.pairingRules.filter((rule) => rule.id !== edit.ruleId);
    if (pairingRules.length === project.pairingRules.length) refuse('That pairing rule is no longer there.');
    return { ...project, pairingRules };
  },
  'composition.pin': pinComposition,
};
