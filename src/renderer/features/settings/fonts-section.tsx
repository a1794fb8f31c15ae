import { useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { attempt, keys, useEngine, useOwnFonts } from '../../engine/index.ts';
import { Button, IconButton } from '../../ui/index.ts';
import { useAddFont } from '../fonts/use-add-font.ts';
import { Section } from './rows.tsx';

/** Fonts that were added to the library. */
export function FontsSection() {
  const engine = useEngine();
  const queries = useQueryClient();
  const fonts = useOwnFonts().data?.fonts ?? [];
  const add = useAddFont();
  const remove = async (file: string) => {
    await attempt(() => engine.fonts.remove({ file }));
    await queries.invalidateQueries({ queryKey: keys.fonts });
  };
  return (
    <Section title="Fonts">
      {fonts.map(({ file, typographicFamily, style, weight }) => (
        <div key={file} className="flex min-h-10 items-center gap-3 px-4">
          <span className="min-w-0 grow truncate text-base text-ink">{typographicFamily}</span>
          <span className="text-sm text-ink-3">{`${style}, ${weight}`}</span>
          <IconButton label={`Remove ${typographicFamily} ${style}`} size="sm" onClick={() => void remove(file)}>
            <Trash2 />
          </IconButton>
        </div>
      ))}
      <div className="flex min-h-13 items-center justify-between gap-4 px-4 py-2.5">
        <p className="text-sm text-ink-3">
          TTF and OTF files, one per weight. They are copied into the library; preview and exports use the same file.
        </p>
        <Button icon={<Plus className="size-4" />} onClick={() => void add()}>
          Add a font…
        </Button>
      </div>
    </Section>
  );
}
