import { ChevronLeft, ChevronRight, Diamond, Spline, Trash2 } from 'lucide-react';
import type { AnimatedProperty, Curve, Keyframe, NamedCurve } from '#shared/model/index.ts';
import { cn, IconButton, Menu, type MenuItem } from '../../../ui/index.ts';
import { useTransportState } from '../../player/index.ts';
import { useEditor } from '../editor-model.ts';
import { clearKeyframesEdit, curveEdit, keyframesOf, toggleKeyframeEdit } from '../model/keyframe-edits.ts';
import { frameIn, type LayoutHolder } from '../model/ratio-layout.ts';

interface KeyframeProps {
  holders: readonly LayoutHolder[];
  property: AnimatedProperty;
  /** Name of the value, e.g. "Scale". */
  label: string;
}

const namedCurves = ['linear', 'ease-in', 'ease-out', 'ease-in-out', 'hold'] as const satisfies readonly NamedCurve[];
const curves: Record<NamedCurve, string> = {
  linear: 'Linear',
  'ease-in': 'Ease in',
  'ease-out': 'Ease out',
  'ease-in-out': 'Ease in and out',
  hold: 'Hold',
};

/** Ready-made beziers, by what they look like. */
const beziers: readonly { label: string; curve: Exclude<Curve, string> }[] = [
  { label: 'Quick start', curve: [0.16, 1, 0.3, 1] },
  { label: 'Overshoot', curve: [0.34, 1.56, 0.64, 1] },
  { label: 'Swing back first', curve: [0.36, 0, 0.66, -0.56] },
];

const isSame = (a: Curve, b: Curve) => JSON.stringify(a) === JSON.stringify(b);

function curveName(curve: Curve): string {
  if (typeof curve === 'string') return curves[curve];
  return beziers.find((one) => isSame(one.curve, curve))?.label ?? 'Bezier';
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
  const { ratio, commit, transport } = useEditor();
  const { keys, frame } = useKeyframes({ holders, property });
  const [holder] = holders;
  if (!holder || keys.length === 0) return null;
  const before = keys.findLast((key) => key.frame < frame);
  const after = keys.find((key) => key.frame > frame);
  const current = keys.findLast((key) => key.frame <= frame) ?? keys[0];
  const go = (key: Keyframe | undefined) => key && transport.seek(holder.startFrame + key.frame);
  const curveItem = (name: string, curve: Curve): MenuItem => ({
    label: name,
    isChecked: current !== undefined && isSame(current.curve, curve),
    onSelect: () => commit(curveEdit(holders, property, ratio, transport.getState().frame, curve)),
  });
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
      <Menu
        align="end"
        items={[
          { kind: 'heading', label: 'To the next keyframe' },
          ...namedCurves.map((curve) => curveItem(curves[curve], curve)),
          { kind: 'separator' },
          ...beziers.map(({ label: name, curve }) => curveItem(name, curve)),
        ]}
      >
        <button
          type="button"
          aria-label={`Curve of ${label}: ${curveName(current?.curve ?? 'linear')}`}
          title="How the value goes from here to the next keyframe"
          className="ml-auto flex h-6 min-w-0 items-center gap-1 rounded-sm px-1.5 text-xs text-ink-2 hover:bg-lift data-[state=open]:bg-lift"
        >
          <Spline aria-hidden className="size-3 shrink-0" />
          <span className="truncate">{curveName(current?.curve ?? 'linear')}</span>
        </button>
      </Menu>
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
