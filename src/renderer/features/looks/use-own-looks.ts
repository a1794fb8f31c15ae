import type { TextLook } from '#shared/captions/index.ts';
import { maxOwnLooks } from '#shared/captions/index.ts';
import { newId, type TextStyle } from '#shared/model/index.ts';
import { attempt, useEngine, useSettings } from '../../engine/index.ts';
import { toast } from '../../ui/index.ts';

/** Looks that somebody made, and what can be done with them. They belong to the library, not to a project. */
export interface OwnLooks {
  looks: readonly TextLook[];
  save: (name: string, style: TextStyle) => void;
  replace: (id: string, style: TextStyle) => void;
  rename: (id: string, name: string) => void;
  remove: (id: string) => void;
}

/** The looks kept in the library. */
export function useOwnLooks(): OwnLooks {
  const engine = useEngine();
  const { data } = useSettings();
  const looks = data?.textLooks ?? [];
  const keep = (textLooks: TextLook[]) => void attempt(() => engine.settings.update({ textLooks }));
  const change = (id: string, patch: Partial<TextLook>) =>
    keep(looks.map((look) => (look.id === id ? { ...look, ...patch } : look)));
  return {
    looks,
    save(name, style) {
      if (looks.length >= maxOwnLooks) toast.info(`${maxOwnLooks} looks are kept at most. Remove one first.`);
      else keep([...looks, { id: newId<string>('look'), name, style }]);
    },
    replace: (id, style) => change(id, { style }),
    rename: (id, name) => change(id, { name }),
    remove: (id) => keep(looks.filter((look) => look.id !== id)),
  };
}
