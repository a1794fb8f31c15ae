import { atom, useAtom, useAtomValue, useSetAtom, type WritableAtom } from 'jotai';
import { useCallback } from 'react';
import { z } from 'zod';
import { handoffSchema, rateControlSchema } from '#shared/contract/index.ts';
import {
  type OptionId,
  outputVersionSchema,
  type ProjectId,
  placementIdSchema,
  type Ratio,
  ratioSchema,
  type Variant,
} from '#shared/model/index.ts';
import { rememberedAtom } from './remembered.ts';

const ratioAtom = rememberedAtom<Ratio>('board.ratio', '9:16', (value) =>
  ['9:16', '4:5', '1:1', '16:9'].includes(String(value)),
);
const playingAtom = atom<{ id: string; isMuted: boolean } | null>(null);
const textOptionAtom = atom<OptionId | null>(null);
const shownVariantAtom = atom<Variant | null>(null);

/** The ratio the board and the players show. */
export function useShownRatio(): [Ratio, (ratio: Ratio) => void] {
  return useAtom(ratioAtom);
}

const largeAtom = rememberedAtom('board.matrixIsLarge', false);

/** Whether the matrix of variants has the board to itself. */
export function useMatrixIsLarge(): [boolean, (isLarge: boolean) => void] {
  return useAtom(largeAtom);
}

/** The card or cell that plays in place; at most one does. */
export function usePlayingCard(): [
  { id: string; isMuted: boolean } | null,
  (playing: { id: string; isMuted: boolean } | null) => void,
] {
  return useAtom(playingAtom);
}

/** The option whose words are being changed on its card. */
export function useTextOption(): [OptionId | null, (id: OptionId | null) => void] {
  return useAtom(textOptionAtom);
}

/** The variant in the large player; null = closed. */
export function useShownVariant(): [Variant | null, (variant: Variant | null) => void] {
  return useAtom(shownVariantAtom);
}

/** Opens the large player. */
export function useShowVariant(): (variant: Variant | null) => void {
  return useSetAtom(shownVariantAtom);
}

/** Is this card the one that plays? */
export function useIsPlaying(id: string): boolean {
  return useAtomValue(playingAtom)?.id === id;
}

const exportMemorySchema = z.object({
  /** Keys of the ticked variants; null = nobody has ticked anything yet. */
  keys: z.array(z.string()).nullable(),
  ratios: z.array(ratioSchema),
  /** Files left out of variants × ratios, as "9:16 <variant key>". */
  except: z.array(z.string()),
  placements: z.array(placementIdSchema),
  versions: z.array(outputVersionSchema).min(1),
  presetId: z.string(),
  rateControl: rateControlSchema,
  handoff: handoffSchema,
  outDir: z.string().nullable(),
  namingPattern: z.string().nullable(),
});
/** What was chosen last for the exports of a project: ticked in the matrix, set in the export dialog. */
export type ExportMemory = z.infer<typeof exportMemorySchema>;

/** Before anything was chosen: full ads of the suggested variants in 9:16, nothing beside them. */
export const noExportMemory: ExportMemory = {
  keys: null,
  ratios: ['9:16'],
  except: [],
  placements: [],
  versions: ['full'],
  presetId: 'standard',
  rateControl: { mode: 'quality' },
  handoff: { hasCaptions: false, hasCovers: false, hasTable: false, isZipped: false },
  outDir: null,
  namingPattern: null,
};

type MemoryAtom = WritableAtom<ExportMemory, [ExportMemory | ((previous: ExportMemory) => ExportMemory)], void>;
const memoryAtoms = new Map<ProjectId, MemoryAtom>();

function memoryAtomOf(id: ProjectId): MemoryAtom {
  let found = memoryAtoms.get(id);
  if (!found) {
    found = rememberedAtom<ExportMemory>(
      `export.${id}`,
      noExportMemory,
      (value) => exportMemorySchema.safeParse(value).success,
    );
    memoryAtoms.set(id, found);
  }
  return found;
}

/** What was chosen last for the exports of a project, and how to change some of it. */
export function useExportMemory(id: ProjectId): [ExportMemory, (change: Partial<ExportMemory>) => void] {
  const [memory, set] = useAtom(memoryAtomOf(id));
  const change = useCallback((part: Partial<ExportMemory>) => set((old) => ({ ...old, ...part })), [set]);
  return [memory, change];
}
