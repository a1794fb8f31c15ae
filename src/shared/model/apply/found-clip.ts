import type { Clip } from '../clip.ts';
import type { ClipId, SequenceId } from '../ids.ts';
import type { Project, Sequence, Track } from '../project.ts';
import { clipIds, deriveId, refuse, requireSequence, updateSequence, updateTrack } from './support.ts';

/** A clip that may be changed, with where it is. */
export interface FoundClip {
  sequence: Sequence;
  track: Track;
  clip: Clip;
}

/** The track, unless it is locked. */
export function unlocked(track: Track): Track {
  return track.isLocked ? refuse('That track is locked. Unlock it first.', { trackId: track.id }) : track;
}

/** Finds a clip of a sequence; refuses when its track is locked. */
export function requireClip(project: Project, sequenceId: SequenceId, clipId: ClipId): FoundClip {
  const sequence = requireSequence(project, sequenceId);
  for (const track of sequence.tracks) {
    const clip = track.clips.find((candidate) => candidate.id === clipId);
    if (clip) return { sequence, track: unlocked(track), clip };
  }
  return refuse('That clip is no longer there. Look at the project anew and try again.', { clipId });
}

/** The project with other clips on the track of the one found. */
export function withClips(project: Project, found: FoundClip, clips: Clip[]): Project {
  return updateSequence(project, found.sequence.id, (sequence) =>
    updateTrack(sequence, found.track.id, (track) => ({ ...track, clips })),
  );
}

/** Ids for pieces: the edit's own as long as they are new, then derived ones. */
export function idSource(project: Project, spare: readonly ClipId[], seed: ClipId): () => ClipId {
  // Looked for when the first one is asked for: most edits make no pieces, and a project may have thousands of clips.
  let known: { taken: Set<string>; unused: ClipId[] } | null = null;
  const look = () => {
    const taken = clipIds(project).add(seed);
    return { taken, unused: spare.filter((id) => !taken.has(id)) };
  };
  return () => {
    known ??= look();
    const { taken, unused } = known;
    const id = unused.shift();
    if (id === undefined || taken.has(id)) return deriveId(seed, taken);
    taken.add(id);
    return id;
  };
}
