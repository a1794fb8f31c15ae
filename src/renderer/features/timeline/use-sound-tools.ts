import { useCallback, useRef } from 'react';
import { useEngine } from '../../engine/context.tsx';
import { type Command, toast } from '../../ui/index.ts';
import type { EditScene } from './edit-actions.ts';
import { type SoundActions, type SoundScene, soundActions, soundCommands } from './sound-actions.ts';
import { useBeatsShown } from './use-beats.ts';

/** Actions on sound with their commands; what stands in the toolbar keeps its identity. */
export function useSoundTools(model: EditScene['model']): {
  sounds: SoundActions;
  soundCommands: Command[];
  showBeats: () => void;
} {
  const engine = useEngine();
  const [, toggleBeats] = useBeatsShown();
  const loudness: SoundScene['loudness'] = async (rate, stretches) => {
    try {
      return (await engine.render.soundLoudness({ rate, stretches: [...stretches] })).integratedLufs;
    } catch (error) {
      toast.error(error);
      return null;
    }
  };
  const scene: SoundScene = { model, loudness, toggleBeats };
  const sounds = soundActions(scene);
  const latest = useRef(sounds);
  latest.current = sounds;
  const showBeats = useCallback(() => latest.current.showBeats(), []);
  return { sounds, soundCommands: soundCommands(sounds, scene), showBeats };
}
