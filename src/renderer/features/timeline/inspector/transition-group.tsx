import { Trash2 } from 'lucide-react';
import { frozenFrames, type PlacedClip, type Transition } from '#shared/model/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { Button, NumberInput, Segmented } from '../../../ui/index.ts';
import { TransitionFields } from '../../transitions/transition-fields.tsx';
import { useEditor } from '../editor-model.ts';
import { clipName } from '../model/clip-name.ts';
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
  const { view, commit, assets } = useEditor();
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
      <FrozenNotes
        isPart={({ instance, slotId }) =>
          slotId === slotOf(item, slotId) &&
          (instance.includes(`/${from.id}~after`) || instance.includes(`/${to.id}~before`))
        }
      />
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

/** The timeline of one option has clips without a slot. */
function slotOf(item: TransitionItem, slotId: PlacedClip['slotId']): PlacedClip['slotId'] {
  return slotId === null ? null : item.section.slotId;
}

/** The transition between two parts of the ad. */
export function SeamInspector({ item }: { item: SeamItem }) {
  const { base, view, commit } = useEditor();
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
      <Row label="Sound">
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
      {entrance && (
        <FrozenNotes
          isPart={({ startFrame, lengthFrames, slotId, overrun }) =>
            (overrun === 'after' ? slotId === before.slotId : slotId === after.slotId) &&
            startFrame >= entrance.span.startFrame &&
            startFrame + lengthFrames <= entrance.span.endFrame
          }
        />
      )}
    </Group>
  );
}

function overhangWords(frames: Frames): string {
  if (frames === 0) return 'changes at the cut';
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

/** Says where footage has nothing beyond its cut, so that a frame of it stands still. */
function FrozenNotes({ isPart }: { isPart: (clip: PlacedClip) => boolean }) {
  const { timeline, lengths, assets } = useEditor();
  const notes = timeline.clips.flatMap((clip) => {
    if (!clip.overrun || clip.content.kind !== 'media' || !isPart(clip)) return [];
    const frames = frozenFrames(clip, lengths, timeline.rate);
    if (frames === 0) return [];
    const name = assets.get(clip.content.assetId)?.name ?? 'The footage';
    const [side, frame] = clip.overrun === 'after' ? ['behind its end', 'last'] : ['before its beginning', 'first'];
    return [{ key: clip.instance, text: `${name} has nothing ${side}: its ${frame} frame stands for ${frames} fr.` }];
  });
  return notes.map(({ key, text }) => (
    <p key={key} role="note" className="text-xs text-warn">
      {text}
    </p>
  ));
}
