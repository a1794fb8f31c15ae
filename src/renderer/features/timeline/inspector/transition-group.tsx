import { Trash2 } from 'lucide-react';
import type { Transition } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { Button, NumberInput, Segmented } from '../../../ui/index.ts';
import { TransitionFields } from '../../transitions/transition-fields.tsx';
import { useEditor } from '../editor-model.ts';
import { clipName } from '../model/clip-name.ts';
import { footageOf, seamNotes, transitionNotes } from '../model/footage-notes.ts';
import type { ClipItem } from '../model/lanes.ts';
import {
  changeTransitionEdit,
  mainCuts,
  ownSeamEdit,
  removeTransitionsEdit,
  seamEdit,
  transitionsEdit,
} from '../model/transition-edits.ts';
import type { SeamItem, TransitionItem } from '../model/transition-items.ts';
import { assetOf } from '../model/trim.ts';
import { Fact, Group, Row } from './parts.tsx';

const row = (label: string, control: React.ReactNode) => <Row label={label}>{control}</Row>;

/** A transition between two clips. */
export function TransitionInspector({ item }: { item: TransitionItem }) {
  const model = useEditor();
  const { view, commit, assets } = model;
  const footage = footageOf(model);
  const { transition, from, to } = item;
  const nameOf = (id: string) => {
    const found = view.items.find((one: ClipItem) => one.clip.id === id);
    const assetId = found && assetOf(found);
    return found ? clipName(found, (assetId && assets.get(assetId)) ?? null) : '';
  };
  const cuts = mainCuts(view).filter((cut) => cut.key !== item.key);
  const { fromClipId: _, toClipId: __, ...plain } = transition;
  return (
    <Group title="Transition">
      <Fact label="From">{nameOf(from.id)}</Fact>
      <Fact label="To">{nameOf(to.id)}</Fact>
      <TransitionFields
        transition={transition}
        rate={view.rate}
        canCut={false}
        onChange={(next) => commit(next && changeTransitionEdit(item, next))}
        row={row}
      />
      <ShownNote shown={item.endFrame - item.startFrame} wanted={transition.lengthFrames} what="clips" />
      <Notes lines={transitionNotes(item, footage)} />
      <div className="mt-1 flex flex-wrap gap-1.5">
        {item.lane.isMain && cuts.length > 0 && (
          <Button size="sm" onClick={() => commit(transitionsEdit(cuts, plain satisfies Transition))}>
            Use at all cuts
          </Button>
        )}
        <Button
          size="sm"
          icon={<Trash2 className="size-3.5" />}
          onClick={() => commit(removeTransitionsEdit([item], []))}
        >
          Remove
        </Button>
      </div>
    </Group>
  );
}

/** The transition between two parts of the ad. */
export function SeamInspector({ item }: { item: SeamItem }) {
  const model = useEditor();
  const { base, view, commit } = model;
  const footage = footageOf(model);
  const { before, after, seam, entrance } = item;
  const transition = seam && seam.transition.kind !== 'cut' ? seam.transition : null;
  const isOwn = seam?.pair != null;
  return (
    <Group title="Transition between parts">
      <Fact label="From">{before.optionName}</Fact>
      <Fact label="To">{after.optionName}</Fact>
      <Row label="Holds for">
        <Segmented
          label="Which pairs it holds for"
          size="sm"
          value={isOwn ? 'pair' : 'all'}
          onChange={(scope) => commit(ownSeamEdit(base, item, scope === 'pair'))}
          options={[
            { value: 'all', label: 'All pairs' },
            { value: 'pair', label: 'This pair' },
          ]}
        />
      </Row>
      <TransitionFields
        transition={transition}
        rate={view.rate}
        canCut
        onChange={(next) => commit(seamEdit(item, next))}
        row={row}
      />
      <Row label="Sound cut">
        <NumberInput
          label="Frames after the cut at which the sound changes"
          value={seam?.audioOverhangFrames ?? 0}
          min={-before.lengthFrames}
          max={after.lengthFrames}
          unit="fr"
          onChange={(frames) => commit(seamEdit(item, transition, Math.round(frames)))}
          className="w-20"
        />
        <span className="text-xs text-ink-3">{overhangWords(seam?.audioOverhangFrames ?? 0)}</span>
      </Row>
      {transition && entrance && (
        <ShownNote
          shown={entrance.span.endFrame - entrance.span.startFrame}
          wanted={transition.lengthFrames}
          what="parts"
        />
      )}
      <Notes lines={seamNotes(item, footage)} />
    </Group>
  );
}

function overhangWords(frames: Frames): string {
  if (frames === 0) return 'at the cut';
  return frames > 0 ? 'after the cut (L)' : 'before the cut (J)';
}

function ShownNote({ shown, wanted, what }: { shown: Frames; wanted: Frames; what: 'clips' | 'parts' }) {
  if (shown >= wanted) return null;
  return (
    <p role="note" className="text-xs text-warn">
      {shown} of {wanted} frames: the {what} are too short for more.
    </p>
  );
}

/** Where there is no footage, or no sound, for what a cut shows. */
function Notes({ lines }: { lines: readonly string[] }) {
  return lines.map((line) => (
    <p key={line} role="note" className="text-xs text-warn">
      {line}
    </p>
  ));
}
