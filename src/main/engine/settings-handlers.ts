import type { SettingsPatch, SettingsStore, Settings as Stored } from '#main/settings/index.ts';
import type { contract, Handlers, Settings } from '#shared/contract/index.ts';

/** The `settings` part of the contract over the library's settings. */
export function settingsHandlers(settings: SettingsStore): Handlers<(typeof contract)['settings']> {
  return {
    get: () => toContract(settings.get()),
    update: (patch) => toContract(settings.update(toStored(settings.get(), patch))),
  };
}

function toContract(stored: Stored): Settings {
  return {
    ffmpegPath: stored.ffmpegPath,
    exportFolder: stored.exportFolder,
    importMode: stored.importMode,
    areProxiesMade: stored.proxies !== 'never',
    cacheLimitBytes: stored.cacheLimitBytes,
    cpuJobs: stored.laneLimits.cpu,
    namingPattern: stored.namingPattern,
    stillSeconds: 3,
    theme: 'dark',
  };
}

function toStored(before: Stored, patch: Partial<Settings>): SettingsPatch {
  const { areProxiesMade, cpuJobs, stillSeconds: _notKept, ...same } = patch;
  return {
    ...same,
    ...(areProxiesMade === undefined ? {} : { proxies: areProxiesMade ? 'needed' : 'never' }),
    ...(cpuJobs === undefined ? {} : { laneLimits: { ...before.laneLimits, cpu: cpuJobs } }),
  };
}
