import { useQueryClient } from '@tanstack/react-query';
import { Scissors, X } from 'lucide-react';
import { useState } from 'react';
import type { Asset, Subclip } from '#shared/model/index.ts';
import { multiply, round, toNumber } from '#shared/units/index.ts';
import { useEngine } from '../../engine/context.tsx';
import { attempt, useSubclips } from '../../engine/queries.ts';
import { keys } from '../../engine/query-keys.ts';
import { formatShortLength, IconButton, InlineEdit } from '../../ui/index.ts';
import { writeAssetDrag } from '../timeline/asset-drag.ts';
import { type Marks, sourceRate } from './marks.ts';

interface SubclipListProps {
  asset: Asset;
  onPick: (marks: Marks) => void;
}

/** Named ranges of the source: click to look at one, drag it onto a timeline. */
export function SubclipList({ asset, onPick }: SubclipListProps) {
  const { data: subclips = [] } = useSubclips(asset.id);
  if (subclips.length === 0) {
    return (
      <p className="px-3 py-2 text-xs text-ink-3">Mark a range with I and O, then press S to keep it as a subclip.</p>
    );
  }
  return (
    <ul aria-label="Subclips" className="min-h-0 grow overflow-y-auto p-1">
      {subclips.map((subclip) => (
        <SubclipRow key={subclip.id} asset={asset} subclip={subclip} onPick={onPick} />
      ))}
    </ul>
  );
}

function SubclipRow({ asset, subclip, onPick }: SubclipListProps & { subclip: Subclip }) {
  const engine = useEngine();
  const queries = useQueryClient();
  const [isEditing, setEditing] = useState(false);
  const rate = sourceRate(asset);
  const refresh = () => queries.invalidateQueries({ queryKey: keys.subclips });
  const frames = (seconds: Subclip['inSeconds']) => round(multiply(seconds, rate));
  const length = toNumber(subclip.outSeconds) - toNumber(subclip.inSeconds);
  return (
    <li
      draggable={!isEditing}
      onDragStart={(event) =>
        writeAssetDrag(event.dataTransfer, [
          { assetId: asset.id, inSeconds: subclip.inSeconds, outSeconds: subclip.outSeconds },
        ])
      }
      className="group flex items-center gap-1.5 rounded-md pr-1 pl-2 hover:bg-raise"
    >
      <Scissors className="size-3.5 shrink-0 text-ink-3" aria-hidden />
      <InlineEdit
        label={`Name of ${subclip.name}`}
        value={subclip.name}
        isEditing={isEditing}
        onEditingChange={setEditing}
        onCommit={(name) =>
          void attempt(async () => {
            await engine.library.updateSubclip({ id: subclip.id, name });
            await refresh();
          })
        }
        className="min-w-0 grow text-sm"
      />
      <button
        type="button"
        aria-label={`Show ${subclip.name}`}
        onClick={() => onPick({ inFrame: frames(subclip.inSeconds), outFrame: frames(subclip.outSeconds) })}
        className="tabular rounded-sm px-1 text-xs text-ink-3 hover:bg-lift hover:text-ink"
      >
        {formatShortLength(length)}
      </button>
      <IconButton
        label={`Remove ${subclip.name}`}
        size="sm"
        onClick={() =>
          void attempt(async () => {
            await engine.library.removeSubclip({ id: subclip.id });
            await refresh();
          })
        }
        className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
      >
        <X />
      </IconButton>
    </li>
  );
}
