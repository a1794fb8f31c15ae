import {
  type Asset,
  type AssetId,
  type EditInput,
  type SimpleEditInput,
  type SlotId,
  type SoundRole,
  soundRoles,
  type TrackId,
} from '#shared/model/index.ts';
import type { GlobalLane } from './globals.ts';
import type { Lane, TimelineView } from './lanes.ts';
import { asEdit } from './placement.ts';
import { assetOf } from './trim.ts';

/** One row of the mixer: a lane's tracks in all sections shown, or a global slot. */
export interface Strip {
  key: string;
  name: string;
  gainDb: number;
  pan: number;
  /** Null where the role is given by what it is. */
  role: SoundRole | 'usual' | null;
  isMuted: boolean | null;
  isSolo: boolean | null;
  /** The tracks of the sections differ; the first is shown. */
  isMixed: boolean;
  /** Whose sound goes through it. */
  buses: readonly (TrackId | SlotId)[];
  target: { kind: 'lane'; lane: Lane } | { kind: 'global'; slotId: SlotId };
}

/** Names of roles, for people. */
export const roleNames: Record<SoundRole | 'usual', string> = {
  usual: 'Voice (usual)',
  voice: 'Voice',
  music: 'Music',
  effects: 'Effects',
};

/** Choices of a role. */
export const roleChoices = ['usual', ...soundRoles] as const;

function laneStrip(lane: Lane): Strip | null {
  const [first] = lane.parts;
  if (!first) return null;
  const { gainDb, pan, role } = first.track;
  return {
    ...{ key: lane.key, name: lane.name, gainDb, pan, role: role ?? 'usual' },
    ...{ isMuted: lane.isMuted, isSolo: lane.isSolo },
    isMixed: lane.parts.some(({ track }) => track.gainDb !== gainDb || track.pan !== pan || track.role !== role),
    buses: lane.parts.map(({ track }) => track.id),
    target: { kind: 'lane', lane },
  };
}

/** Rows of the mixer, as on the timeline: lanes that can be heard, then music and voice-over of the variant shown. */
export function stripsOf(
  view: TimelineView,
  globals: readonly GlobalLane[],
  assets: ReadonlyMap<AssetId, Asset>,
): Strip[] {
  const sounding = new Set(
    view.items
      .filter((item) => {
        const assetId = assetOf(item);
        const isNested = item.clip.content.kind === 'sequence' || item.clip.content.kind === 'composition';
        return isNested || (assetId !== null && (assets.get(assetId)?.probe.audio.length ?? 0) > 0);
      })
      .map((item) => item.lane.key),
  );
  const lanes = view.lanes.filter((lane) => lane.kind === 'audio' || sounding.has(lane.key));
  const ofGlobals = globals
    .filter(({ slot, option }) => slot.kind !== 'logo' && option !== null)
    .map(({ slot }): Strip => {
      const { id, name, gainDb, pan } = slot;
      return {
        ...{ key: `global:${id}`, name, gainDb, pan, role: null, isMuted: null, isSolo: null, isMixed: false },
        ...{ buses: [id], target: { kind: 'global', slotId: id } },
      };
    });
  return [...lanes.flatMap((lane) => laneStrip(lane) ?? []), ...ofGlobals];
}

/** What may be set on a strip. */
export interface StripPatch {
  gainDb?: number;
  pan?: number;
  role?: SoundRole | null;
  isMuted?: boolean;
  isSolo?: boolean;
}

/** Changes a strip: all tracks of its lane, or its slot. */
export function stripEdit({ target }: Strip, label: string, patch: StripPatch): EditInput | null {
  if (target.kind === 'global') {
    const { gainDb, pan } = patch;
    return {
      type: 'global.setMix',
      slotId: target.slotId,
      patch: { ...(gainDb === undefined ? {} : { gainDb }), ...(pan === undefined ? {} : { pan }) },
    };
  }
  const edits = target.lane.parts.flatMap(({ section, track }): SimpleEditInput[] =>
    section.sequence ? [{ type: 'track.set', sequenceId: section.sequence.id, trackId: track.id, patch }] : [],
  );
  return asEdit(label, edits);
}
