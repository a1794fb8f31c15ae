import type { fontsContract, Handlers } from '#shared/contract/index.ts';
import type { OwnFonts } from './service.ts';

/** The `fonts` part of the contract. */
export function fontsHandlers(fonts: OwnFonts): Handlers<typeof fontsContract> {
  return {
    list: async () => ({ fonts: (await fonts.list()).map(({ path: _, ...font }) => font) }),
    async add({ path }) {
      const { path: _, ...font } = await fonts.add(path);
      return font;
    },
    async remove({ file }) {
      await fonts.remove(file);
      return { ok: true } as const;
    },
  };
}
