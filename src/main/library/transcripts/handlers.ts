import type { Handlers, transcriptsContract } from '#shared/contract/index.ts';
import type { Library } from '../service.ts';

const done = { ok: true } as const;

/** The `transcripts` part of the contract. */
export function transcriptsHandlers({
  transcripts,
  transcribing,
}: Pick<Library, 'transcripts' | 'transcribing'>): Handlers<typeof transcriptsContract> {
  return {
    get: ({ assetId }) => ({ transcript: transcripts.get(assetId) }),
    getMany: ({ assetIds }) => ({ transcripts: transcripts.getMany(assetIds) }),
    set: ({ assetId, ...transcript }) => transcripts.set(assetId, transcript),
    correct: ({ assetId, baseRevision, ...correction }) => transcripts.correct(assetId, baseRevision, correction),
    remove({ assetId }) {
      transcripts.remove(assetId);
      return done;
    },
    recogniser: () => transcribing.recogniser(),
    make: async ({ assetIds, language }) => ({ jobIds: await transcribing.make(assetIds, language) }),
  };
}
