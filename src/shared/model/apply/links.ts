import type { ClipId, LinkId } from '../ids.ts';
import type { Project, Sequence } from '../project.ts';
import { requireClip } from './found-clip.ts';
import { deriveId, type EditOf, updateSequence } from './support.ts';

function linkCounts(sequence: Sequence): Map<LinkId, number> {
  const counts = new Map<LinkId, number>();
  for (const track of sequence.tracks)
    for (const { linkId } of track.clips) if (linkId !== null) counts.set(linkId, (counts.get(linkId) ?? 0) + 1);
  return counts;
}

function withoutLoneLinks(sequence: Sequence): Sequence {
  const lone = new Set([...linkCounts(sequence)].flatMap(([linkId, count]) => (count < 2 ? [linkId] : [])));
  if (lone.size === 0) return sequence;
  return {
    ...sequence,
    tracks: sequence.tracks.map((track) =>
      track.clips.some((clip) => clip.linkId !== null && lone.has(clip.linkId))
        ? {
            ...track,
            clips: track.clips.map((clip) =>
              clip.linkId !== null && lone.has(clip.linkId) ? { ...clip, linkId: null } : clip,
            ),
          }
        : track,
    ),
  };
}

/** Takes away links that hold a single clip any more, in the sequences that an edit changed. */
export function dropLoneLinks(before: Project, after: Project): Project {
  if (before.sequences === after.sequences) return after;
  const known = new Set(before.sequences);
  let isChanged = false;
  const sequences = after.sequences.map((sequence) => {
    if (known.has(sequence)) return sequence;
    const next = withoutLoneLinks(sequence);
    isChanged ||= next !== sequence;
    return next;
  });
  return isChanged ? { ...after, sequences } : after;
}

/** Links for second halves: one new link for each old one, so that what was linked before a cut is linked after it. */
export function relinker(sequence: Sequence): (linkId: LinkId | null) => LinkId | null {
  const taken = new Set<string>(linkCounts(sequence).keys());
  const made = new Map<LinkId, LinkId>();
  return (linkId) => {
    if (linkId === null) return null;
    const known = made.get(linkId) ?? deriveId<LinkId>(linkId, taken);
    made.set(linkId, known);
    return known;
  };
}

/** Gives clips one link, or takes theirs away. */
export function linkClips(project: Project, edit: EditOf<'clip.link'>): Project {
  const ids = new Set<string>(edit.clipIds);
  for (const id of ids) requireClip(project, edit.sequenceId, id as ClipId);
  return updateSequence(project, edit.sequenceId, (sequence) => ({
    ...sequence,
    tracks: sequence.tracks.map((track) =>
      track.clips.some((clip) => ids.has(clip.id))
        ? { ...track, clips: track.clips.map((clip) => (ids.has(clip.id) ? { ...clip, linkId: edit.linkId } : clip)) }
        : track,
    ),
  }));
}
