import { type Settings, settingsSchema } from '#shared/contract/settings.ts';

export type { Settings };
export { settingsSchema };

/** What holds until the person chooses otherwise. A new setting is one line in the contract and one here. */
export const defaultSettings: Settings = {
  ffmpegPath: null,
  exportFolder: null,
  importMode: 'link',
  areProxiesMade: true,
  cacheLimitBytes: 50_000_000_000,
  cpuJobs: null,
  brandName: '',
  namingPattern: '{project}_{variant}_{ratio}',
  stillSeconds: 3,
  whisperPath: null,
  whisperModelPath: null,
  textLooks: [],
  theme: 'dark',
  shortcuts: {},
};

/** Some settings to change; null where a setting itself may be null, or to put it back to its default. */
export type SettingsPatch = { [Key in keyof Settings]?: Settings[Key] | null | undefined };
