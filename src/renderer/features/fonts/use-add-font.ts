import { useQueryClient } from '@tanstack/react-query';
import { attempt, keys, useEngine } from '../../engine/index.ts';
import { toast } from '../../ui/index.ts';
import { useChoosePath } from '../paths/use-choose-path.ts';

/** Asks for a font file and adds it to the library; answers the family that can be chosen then, null when none was added. */
export function useAddFont(): () => Promise<string | null> {
  const engine = useEngine();
  const queries = useQueryClient();
  const choose = useChoosePath();
  return async () => {
    const path = await choose.mediaFile('Add a font (TTF or OTF)');
    if (path === null) return null;
    const font = await attempt(() => engine.fonts.add({ path }));
    if (!font) return null;
    await queries.invalidateQueries({ queryKey: keys.fonts });
    toast.info(`“${font.typographicFamily}” was added.`);
    return font.typographicFamily;
  };
}
