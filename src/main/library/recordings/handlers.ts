import type { Handlers, recordingsContract } from '#shared/contract/index.ts';
import type { Library } from '../service.ts';

/** The `recordings` part of the contract. */
export function recordingsHandlers({ recordings }: Pick<Library, 'recordings'>): Handlers<typeof recordingsContract> {
  return {
    begin: async (sound) => ({ recordingId: await recordings.begin(sound) }),
    write: async ({ recordingId, startSample, pcm }) => ({
      samples: await recordings.write(recordingId, startSample, Buffer.from(pcm, 'base64')),
    }),
    // Not given up when the caller goes away: what was recorded is to become media.
    finish: async ({ recordingId, samples }) => ({
      assetId: await recordings.finish(recordingId, samples, new AbortController().signal),
    }),
    async discard({ recordingId }) {
      await recordings.discard(recordingId);
      return { ok: true };
    },
    list: async () => ({ recordings: await recordings.list() }),
  };
}
