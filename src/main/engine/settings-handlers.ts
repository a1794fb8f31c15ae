import type { SettingsStore } from '#main/settings/index.ts';
import type { Handlers, settingsContract } from '#shared/contract/index.ts';

/** The `settings` part of the contract over the library's settings. */
export function settingsHandlers(settings: SettingsStore): Handlers<typeof settingsContract> {
  return { get: () => settings.get(), update: (patch) => settings.update(patch) };
}
