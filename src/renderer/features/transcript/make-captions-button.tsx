import { Captions } from 'lucide-react';
import { useState } from 'react';
import { type CaptionGrouping, usualGrouping } from '#shared/transcript/index.ts';
import { rememberedAtom, useAtom } from '../../state/index.ts';
import { Button, IconButton, NumberInput, Popover, useCommands } from '../../ui/index.ts';
import type { MakeCaptions } from './use-make-captions.ts';

const isGrouping = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(usualGrouping).every((key) => Number.isFinite((value as Record<string, unknown>)[key]));
const groupingAtom = rememberedAtom<CaptionGrouping>('transcript.grouping', usualGrouping, isGrouping);

interface MakeCaptionsButtonProps {
  make: MakeCaptions;
  /** How many clips are selected that say something. */
  selected: number;
  /** "Hook 3", or "this ad". */
  placeName: string;
  isEnabled: boolean;
}

/** Captions from what is said: how they are divided, and for what they are made. */
export function MakeCaptionsButton({ make, selected, placeName, isEnabled }: MakeCaptionsButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const [grouping, setGrouping] = useAtom(groupingAtom);
  const set = (change: Partial<CaptionGrouping>) => setGrouping((before) => ({ ...before, ...change }));
  const run = (scope: 'clips' | 'shown' | 'all') => {
    setOpen(false);
    void make(scope, grouping);
  };
  useCommands([
    {
      id: 'transcript.captions',
      label: 'Make captions from the transcript…',
      group: 'Transcript',
      keys: 'Alt+C',
      isEnabled,
      run: () => setOpen(true),
    },
  ]);
  return (
    <Popover
      label="Make captions"
      align="end"
      isOpen={isOpen}
      onOpenChange={setOpen}
      className="w-72 p-3"
      trigger={
        <IconButton label="Make captions" shortcut="Alt+C" size="sm" disabled={!isEnabled}>
          <Captions />
        </IconButton>
      }
    >
      <h3 className="mb-2 text-sm font-semibold text-ink">Make captions</h3>
      <GroupingFields grouping={grouping} set={set} />
      <div className="mt-3 flex flex-col gap-1.5">
        <Button variant="primary" onClick={() => run('shown')}>
          For {placeName}
        </Button>
        {selected > 0 && (
          <Button onClick={() => run('clips')}>
            {selected === 1 ? 'For the selected clip' : `For ${selected} selected clips`}
          </Button>
        )}
        <Button onClick={() => run('all')}>For all options of the ad</Button>
      </div>
      <p className="mt-2 text-xs text-ink-3">
        They replace the captions that are there. Corrections of words show in them.
      </p>
    </Popover>
  );
}

interface GroupingFieldsProps {
  grouping: CaptionGrouping;
  set: (change: Partial<CaptionGrouping>) => void;
}

/** How words are divided into captions. */
function GroupingFields({ grouping, set }: GroupingFieldsProps) {
  return (
    <div className="grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1.5 text-sm text-ink-2">
      <span>Most letters</span>
      <NumberInput
        label="Most letters of a caption"
        value={grouping.maxCharacters}
        min={4}
        max={200}
        onChange={(value) => set({ maxCharacters: Math.round(value) })}
        className="w-20"
      />
      <span>Most words</span>
      <NumberInput
        label="Most words of a caption"
        value={grouping.maxWords}
        min={1}
        max={40}
        onChange={(value) => set({ maxWords: Math.round(value) })}
        className="w-20"
      />
      <span>A new one after a pause of</span>
      <NumberInput
        label="Pause that ends a caption, in seconds"
        value={grouping.pauseMs / 1000}
        min={0.1}
        max={10}
        step={0.1}
        unit="s"
        onChange={(seconds) => set({ pauseMs: Math.round(seconds * 1000) })}
        className="w-20"
      />
    </div>
  );
}
