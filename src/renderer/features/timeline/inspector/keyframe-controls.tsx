import { ChevronLeft, ChevronRight, Diamond, Trash2 } from 'lucide-react';
import type { AnimatedProperty, Curve, Keyframe } from '#shared/model/index.ts';
import { cn, IconButton } from '../../../ui/index.ts';
import { useTransportState } from '../../player/index.ts';
import { useEditor } from '../editor-model.ts';
import { clearKeyframesEdit, curveEdit, keyframesOf, toggleKeyframeEdit } from '../model/keyframe-edits.ts';
import { asKept, frameIn, type LayoutHolder } from '../model/ratio-layout.ts';
import { CurvePopover } from './curve-popover.tsx';

interface KeyframeProps {
  holders: readonly LayoutHolder[];
  property: AnimatedProperty;
  /** Name of the value, e.g. "Scale". */
  label: string;
}

/** The keyframes of the first clip and the frame of it that the playhead stands on. */
function useKeyframes({ holders, property }: Omit<KeyframeProps, 'label'>): { keys: Keyframe[]; frame: number } {
  const { ratio, transport } = useEditor();
  const [holder] = holders;
  const keys = holder ? keyframesOf(holder, property, ratio) : [];
  const playhead = useTransportState(transport, (state) => (keys.length > 0 ? state.frame : 0));
  return { keys, frame: holder ? frameIn(holder, playhead) : 0 };
}

/** Adds or takes away a keyframe at the playhead. */
export function KeyframeButton({ holders, property, label }: KeyframeProps) {
  const { ratio, commit, transport } = useEditor();
  const { keys, frame } = useKeyframes({ holders, property });
  const isHere = keys.some((key) => key.frame === frame);
  const title = isHere ? `Remove keyframe of ${label}` : `Add keyframe of ${label}`;
  return (
    <button
      type="button"
      aria-label={title}
      aria-pressed={isHere}
      title={title}
      className="-mx-0.5 flex size-5 shrink-0 items-center justify-center rounded-sm hover:bg-lift"
      onClick={() => commit(toggleKeyframeEdit(holders, property, ratio, transport.getState().frame))}
    >
      <Diamond
        aria-hidden
        className={cn('size-3', keys.length > 0 ? 'text-accent' : 'text-ink-3', isHere && 'fill-accent')}
      />
    </button>
  );
}

/** Ways between a value's keyframes, and how it goes from one to the next; nothing while it has none. */
export function KeyframeLine({ holders, property, label }: KeyframeProps) {
  const { base, ratio, draft, commit, transport } = useEditor();
  const { keys, frame } = useKeyframes({ holders, property });
  const [holder] = holders;
  if (!holder || keys.length === 0) return null;
  const before = keys.findLast((key) => key.frame < frame);
  const after = keys.find((key) => key.frame > frame);
  const current = keys.findLast((key) => key.frame <= frame) ?? keys[0];
  const go = (key: Keyframe | undefined) => key && transport.seek(holder.startFrame + key.frame);
  // What is shown while a handle is dragged has the drag in it already.
  const kept = () => holders.map((one) => asKept(one, base));
  const toCurve = (curve: Curve) => curveEdit(kept(), property, ratio, transport.getState().frame, curve);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className="flex h-6 items-center gap-0.5 pl-2" role="group" aria-label={`Keyframes of ${label}`}>
      <IconButton label={`Previous keyframe of ${label}`} size="sm" disabled={!before} onClick={() => go(before)}>
        <ChevronLeft />
      </IconButton>
      <span className="tabular text-xs text-ink-3">
        {keys.length === 1 ? '1 keyframe' : `${keys.length} keyframes`}
      </span>
      <IconButton label={`Next keyframe of ${label}`} size="sm" disabled={!after} onClick={() => go(after)}>
        <ChevronRight />
      </IconButton>
      <CurvePopover
        label={label}
        curve={current?.curve ?? 'linear'}
        onPreview={(curve) => draft(curve && toCurve(curve))}
        onCommit={(curve) => commit(toCurve(curve))}
      />
      <IconButton
        label={`Remove all keyframes of ${label}`}
        size="sm"
        onClick={() => commit(clearKeyframesEdit(holders, property, ratio, transport.getState().frame))}
      >
        <Trash2 />
      </IconButton>
    </div>
  );
}
