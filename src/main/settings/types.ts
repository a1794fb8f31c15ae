import type { Events } from '#main/platform/events/index.ts';
import type { Settings, SettingsPatch } from './schema.ts';

/** A stored value that could not be used; its default is in force. */
export interface DamagedSetting {
  key: string;
  reason: string;
}

/** What the settings announce. */
export interface SettingsEventMap {
  changed: Settings;
}

/** The person's choices for one library, always complete and valid. */
export interface SettingsStore {
  readonly events: Events<SettingsEventMap>;
  /** All settings; also sees what another process changed. */
  get(): Settings;
  /** Changes some; null puts one back to its default. Throws `invalid-input` naming the field. Returns all settings. */
  update(patch: SettingsPatch): Settings;
  /** What was found damaged since the start. */
  damaged(): readonly DamagedSetting[];
  dispose(): void;
}
