import {
  type Asset,
  type ClipId,
  type EditInput,
  type GlobalOption,
  type GlobalSlot,
  newId,
  type OptionId,
  type Project,
} from '#shared/model/index.ts';
import { setMusicEdit } from '#shared/model/recipes.ts';

/** Slots of the strip: those whose options are media. */
export const stripKinds = ['music', 'voice-over', 'logo'] as const;

/** The kinds of media that go into a global slot. */
export function kindsFor(slot: Pick<GlobalSlot, 'kind'>): ('audio' | 'video' | 'image')[] {
  if (slot.kind === 'logo') return ['image'];
  return slot.kind === 'music' ? ['audio'] : ['audio', 'video'];
}

/** Does this asset fit into the slot? */
export function fitsSlot(slot: Pick<GlobalSlot, 'kind'>, asset: Asset): boolean {
  if (slot.kind === 'logo') return asset.kind === 'image';
  return asset.kind === 'audio' || (asset.kind === 'video' && asset.probe.audio.length > 0);
}

const logoLayout = { fit: 'fit', x: 0.34, y: -0.4, scale: 0.22, opacity: 1 } as const;

/** A voice-over plays once from the ad's start; a logo stands in the upper right corner over the whole ad. */
function clipFor(slot: GlobalSlot, asset: Asset) {
  const isLogo = slot.kind === 'logo';
  return {
    id: newId<ClipId>('clip'),
    name: asset.name.slice(0, 200),
    start: { to: 'ad' as const, edge: 'start' as const },
    end: isLogo ? { to: 'ad' as const, edge: 'end' as const } : null,
    content: { kind: 'media' as const, media: { assetId: asset.id } },
    layout: isLogo ? logoLayout : {},
  };
}

/** Puts media into a global slot: in place of an option, or as a further alternative (`optionId` null). */
export function setGlobalMedia(project: Project, slot: GlobalSlot, asset: Asset, optionId: OptionId | null): EditInput {
  if (slot.kind === 'music') {
    return setMusicEdit({ project, asset, ...(optionId ? { optionId } : { isNewOption: slot.options.length > 0 }) });
  }
  const content = { kind: 'clips' as const, clips: [clipFor(slot, asset)] };
  const name = (asset.name.replace(/\.[^.]+$/, '') || asset.name).slice(0, 200);
  if (!optionId) {
    return { type: 'global.addOption', slotId: slot.id, option: { id: newId<OptionId>('option'), name, content } };
  }
  return {
    type: 'batch',
    label: `Change ${slot.name}`.slice(0, 100),
    edits: [
      { type: 'global.setContent', optionId, content },
      { type: 'option.rename', optionId, name },
    ],
  };
}

/** The media of an option, with its level; null when it holds none. */
export function mediaOf(option: GlobalOption): { assetId: Asset['id']; gainDb: number } | null {
  if (option.content.kind !== 'clips') return null;
  const clip = option.content.clips.find((one) => one.content.kind === 'media');
  if (clip?.content.kind !== 'media' || !('assetId' in clip.content.media)) return null;
  return { assetId: clip.content.media.assetId, gainDb: clip.audio.gainDb };
}

/** Sets the level of everything an option sounds. */
export function setGainEdit(option: GlobalOption, gainDb: number): EditInput | null {
  if (option.content.kind !== 'clips') return null;
  const clips = option.content.clips.map((clip) => ({ ...clip, audio: { ...clip.audio, gainDb } }));
  return {
    type: 'batch',
    label: 'Change volume',
    edits: [{ type: 'global.setContent', optionId: option.id, content: { kind: 'clips', clips } }],
  };
}
