import {
  flattenVariant,
  type OutputVersion,
  type Project,
  type SourceLengths,
  type Timeline,
  type Variant,
} from '#shared/model/index.ts';

/** The words drawn over pictures are left out in these. */
const textless: ReadonlySet<OutputVersion> = new Set(['textless', 'clean']);
/** The music bed is left out in these. */
const musicFree: ReadonlySet<OutputVersion> = new Set(['music-free', 'clean']);

function withoutMusic(project: Project, variant: Variant): Variant {
  const music = new Set<string>(project.globals.filter((slot) => slot.kind === 'music').map((slot) => slot.id));
  return Object.fromEntries(Object.entries(variant).filter(([slotId]) => !music.has(slotId))) as Variant;
}

/** A variant as one version shows it: of the same length in every version. */
export function versionTimeline(
  project: Project,
  variant: Variant,
  version: OutputVersion,
  lengths: SourceLengths,
): Timeline {
  const timeline = flattenVariant(project, musicFree.has(version) ? withoutMusic(project, variant) : variant, lengths);
  if (!textless.has(version)) return timeline;
  return { ...timeline, clips: timeline.clips.filter((clip) => clip.content.kind !== 'text') };
}
