import type { SoundStretch } from '#shared/contract/index.ts';
import type { Rate } from '#shared/units/index.ts';
import { type Command, toast } from '../../ui/index.ts';
import { type EditScene, hasSound } from './edit-actions.ts';
import type { EditorModel } from './editor-model.ts';
import { beatAssets, cutAtBeatsEdit, trimToBeatsEdit } from './model/beats.ts';
import type { ClipItem } from './model/lanes.ts';
import { keepLinked } from './model/links.ts';
import { matchLoudnessEdit, stretchOf } from './model/match-loudness.ts';
import { louderEdit, togglePointsEdit } from './model/volume-band.ts';

/** Selected clips that are heard. */
export function heard({ selectedItems, assets }: Pick<EditorModel, 'selectedItems' | 'assets'>): ClipItem[] {
  return selectedItems.filter((item) => hasSound(item, assets) && !item.clip.audio.isMuted && !item.track.isLocked);
}

/** What these actions need besides. */
export interface SoundScene extends Pick<EditScene, 'model'> {
  toggleBeats: () => void;
  /** Integrated loudness of stretches of sound, LUFS; null when it could not be had, which has been told of. */
  loudness: (rate: Rate, stretches: readonly SoundStretch[]) => Promise<(number | null)[] | null>;
}

/** Edits of how clips sound, and of cuts by the beat. */
export type SoundActions = ReturnType<typeof soundActions>;

/** Actions on the model as it is when they are called. */
export function soundActions(scene: SoundScene) {
  const { model: current } = scene;
  return {
    volumePoint: () => {
      const model = current();
      model.commit(togglePointsEdit(heard(model), model.transport.getState().frame));
    },
    louder: (deltaDb: number) => void current().commit(louderEdit(heard(current()), deltaDb)),
    matchLoudness: async () => {
      const model = current();
      const items = heard(model).filter((item) => stretchOf(item) !== null);
      if (items.length < 2) return;
      const stretches = items.flatMap((item) => stretchOf(item) ?? []);
      const lufs = await scene.loudness(model.base.rate, stretches);
      if (!lufs) return;
      // Clips may have changed while they were listened to: gains are those of now.
      const now = items.map((item) => current().view.items.find(({ key }) => key === item.key) ?? item);
      const edit = matchLoudnessEdit(now, lufs);
      if (edit) current().commit(edit);
      else if (lufs.filter((one) => one !== null).length < 2) toast.info('There are not two sounds to match.');
      else toast.info('They are equally loud already.');
    },
    showBeats: () => {
      const { beats, timeline } = current();
      if (beats.frames.length === 0 && beatAssets(timeline).length === 0)
        toast.info('There is no music here. Add music to the ad, or say in the mixer that a track is music.');
      scene.toggleBeats();
    },
    cutAtBeats: () => void current().commit(cutAtBeatsEdit(current().selectedItems, current().view.beats)),
    trimToBeats: () => {
      const { base, commit, selectedItems, view } = current();
      const edit = trimToBeatsEdit(selectedItems, view.beats);
      commit(edit && keepLinked(base, edit, 'Cut to beat'));
    },
  };
}

/** The commands of {@link soundActions}, for the keyboard, the palette and the shortcut overview. */
export function soundCommands(actions: SoundActions, scene: SoundScene): Command[] {
  const model = scene.model();
  const count = heard(model).length;
  const command = (id: string, label: string, keys: string, run: () => void, rest: Partial<Command> = {}): Command => ({
    ...{ id: `timeline.${id}`, label, group: 'Timeline', keys, run },
    ...rest,
  });
  const onHeard = { isEnabled: count > 0 };
  const onBeats = { isEnabled: model.selectedItems.length > 0 && model.view.beats.length > 0 };
  const repeats = { repeats: true, ...onHeard };
  return [
    command('volumePoint', 'Add or remove a volume point at the playhead', 'Alt+V', actions.volumePoint, onHeard),
    command('quieter', 'Selected clips 1 dB quieter', '[', () => actions.louder(-1), repeats),
    command('louder', 'Selected clips 1 dB louder', ']', () => actions.louder(1), repeats),
    command('matchLoudness', 'Match loudness of the selected clips', 'Alt+N', () => void actions.matchLoudness(), {
      isEnabled: count > 1,
    }),
    command('beats', 'Show or hide the beats of the music', 'Alt+B', actions.showBeats),
    command('cutAtBeats', 'Cut the selected clips at every beat', 'Alt+Shift+B', actions.cutAtBeats, onBeats),
    command('trimToBeats', 'Cut to beat: the selected clips end on beats', 'Alt+Shift+C', actions.trimToBeats, onBeats),
  ];
}
