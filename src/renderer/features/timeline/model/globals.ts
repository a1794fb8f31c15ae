import type {
  AnchoredClip,
  EditInput,
  GlobalOption,
  GlobalSlot,
  Project,
  Timeline,
  Variant,
} from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';

/** A clip of a global slot with the place it takes in the variant shown. */
export interface GlobalItem {
  key: string;
  slot: GlobalSlot;
  option: GlobalOption;
  clip: AnchoredClip;
  startFrame: Frames;
  endFrame: Frames;
}

/** A row of the timeline for a global slot that holds clips. */
export interface GlobalLane {
  slot: GlobalSlot;
  option: GlobalOption | null;
  items: GlobalItem[];
}

/** Rows for music, voice-over and logo of a variant, with the places the flat timeline gave them. */
export function globalLanes(project: Project, variant: Variant, timeline: Timeline): GlobalLane[] {
  return project.globals
    .filter((slot) => slot.kind === 'music' || slot.kind === 'voice-over' || slot.kind === 'logo')
    .map((slot) => {
      const option = slot.options.find((candidate) => candidate.id === variant[slot.id]) ?? null;
      const clips = option?.content.kind === 'clips' ? option.content.clips : [];
      const items = clips.flatMap((clip) => {
        const placed = timeline.clips.filter((candidate) => candidate.clipId === clip.id && candidate.slotId === null);
        if (!option || placed.length === 0) return [];
        const startFrame = Math.min(...placed.map((one) => one.startFrame));
        const endFrame = Math.max(...placed.map((one) => one.startFrame + one.lengthFrames));
        return [{ key: `${slot.id}/${clip.id}`, slot, option, clip, startFrame, endFrame }];
      });
      return { slot, option, items };
    });
}

/** Changes one clip of a global option. */
export function globalClipEdit(item: GlobalItem, change: (clip: AnchoredClip) => AnchoredClip): EditInput | null {
  const { content } = item.option;
  if (content.kind !== 'clips') return null;
  return {
    type: 'global.setContent',
    optionId: item.option.id,
    content: { ...content, clips: content.clips.map((clip) => (clip.id === item.clip.id ? change(clip) : clip)) },
  };
}

/** Takes one clip out of a global option. */
export function removeGlobalClipEdit(item: GlobalItem): EditInput | null {
  const { content } = item.option;
  if (content.kind !== 'clips') return null;
  return {
    type: 'global.setContent',
    optionId: item.option.id,
    content: { ...content, clips: content.clips.filter((clip) => clip.id !== item.clip.id) },
  };
}

/** Where an anchor ties a clip, in words: "start of Hook", "end of the ad, −0:15". */
export function anchorWords(project: Project, anchor: AnchoredClip['start']): string {
  const slot = project.slots.find((candidate) => candidate.id === anchor.to);
  const place = `${anchor.edge} of ${anchor.to === 'ad' || !slot ? 'the ad' : slot.name}`;
  if (anchor.offsetFrames === 0) return place;
  const sign = anchor.offsetFrames > 0 ? '+' : '−';
  return `${place} ${sign} ${Math.abs(anchor.offsetFrames)} frames`;
}
