export type { Settings, SettingsPatch } from './schema.ts';
export { defaultSettings, settingsSchema } from './schema.ts';
export { createSettings } from './service.ts';
export type { DamagedSetting, SettingsEventMap, SettingsStore } from './types.ts';
