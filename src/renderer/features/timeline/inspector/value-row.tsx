import { animatedIn, animatedProperties, type Layout, type LayoutPatch } from '#shared/model/index.ts';
import { NumberInput } from '../../../ui/index.ts';
import { useTransportState } from '../../player/index.ts';
import { useEditor } from '../editor-model.ts';
import { asKept, changedIn, frameIn, type LayoutHolder, layoutChange, layoutOfFrame } from '../model/ratio-layout.ts';
import { useOnlyThisRatio } from '../only-this-ratio.ts';
import { KeyframeButton, KeyframeLine } from './keyframe-controls.tsx';
import { SliderRow } from './parts.tsx';
import { RatioMark } from './ratio-mark.tsx';

/** Values of a layout that are dragged and typed. */
export type LayoutValue = Exclude<keyof Layout, 'fit'>;

interface ValueRange {
  label: string;
  /** What the value is multiplied by to be shown. */
  factor: number;
  unit: string;
  unitName: string;
  drag: [number, number];
  typed: [number, number];
  step: number;
}

const percent = { factor: 100, unit: '%', unitName: 'per cent', step: 1 };
const crop = { ...percent, drag: [0, 95], typed: [0, 95] } satisfies Omit<ValueRange, 'label'>;

/** What can be typed and dragged, as shown. */
const ranges: Record<LayoutValue, ValueRange> = {
  scale: { ...percent, label: 'Scale', drag: [10, 400], typed: [1, 2000] },
  x: { ...percent, label: 'Position X', drag: [-50, 50], typed: [-200, 200], step: 0.5 },
  y: { ...percent, label: 'Position Y', drag: [-50, 50], typed: [-200, 200], step: 0.5 },
  rotationDeg: {
    ...{ label: 'Rotation', factor: 1, unit: '°', unitName: 'degrees', step: 1 },
    drag: [-180, 180],
    typed: [-3600, 3600],
  },
  opacity: { ...percent, label: 'Opacity', drag: [0, 100], typed: [0, 100] },
  cropLeft: { ...crop, label: 'Crop left' },
  cropTop: { ...crop, label: 'Crop top' },
  cropRight: { ...crop, label: 'Crop right' },
  cropBottom: { ...crop, label: 'Crop bottom' },
  exposure: {
    ...{ label: 'Exposure', factor: 1, unit: 'EV', unitName: 'stops', step: 0.05 },
    drag: [-3, 3],
    typed: [-3, 3],
  },
  contrast: { ...percent, label: 'Contrast', drag: [-100, 100], typed: [-100, 100] },
  saturation: { ...percent, label: 'Saturation', drag: [0, 200], typed: [0, 300] },
  temperature: { ...percent, label: 'Temperature', drag: [-100, 100], typed: [-100, 100] },
  blurPx: {
    ...{ label: 'Blur', factor: 1, unit: 'px', unitName: 'pixels', step: 1 },
    drag: [0, 60],
    typed: [0, 200],
  },
};

/** Shows and makes a change of layout. */
export interface LayoutChanger {
  preview: (patch: LayoutPatch) => void;
  commit: (patch: LayoutPatch) => void;
}

/** Changes of layout at the playhead: of keyframes where there are some, and of all ratios or the one shown. */
export function useLayoutChange(holders: readonly LayoutHolder[], label: string): LayoutChanger {
  const { base, ratio, draft, commit, transport } = useEditor();
  const [isOnlyHere] = useOnlyThisRatio();
  const edit = (patch: LayoutPatch) => {
    const playhead = transport.getState().frame;
    const kept = holders.map((holder) => asKept(holder, base));
    return layoutChange(kept, label, (shape, holder) =>
      changedIn(shape, ratio, patch, isOnlyHere, frameIn(holder, playhead)),
    );
  };
  return { preview: (patch) => draft(edit(patch)), commit: (patch) => commit(edit(patch)) };
}

/** The layout of the first clip at the playhead; it follows the playhead while the clip has keyframes. */
export function useLayoutShown(holders: readonly LayoutHolder[]): Layout | null {
  const { ratio, transport } = useEditor();
  const [holder] = holders;
  const isMoving = holder !== undefined && animatedIn(holder.clip, ratio).length > 0;
  const playhead = useTransportState(transport, (state) => (isMoving ? state.frame : 0));
  return holder ? layoutOfFrame(holder.clip, ratio, frameIn(holder, playhead)) : null;
}

interface ValueRowProps {
  part: LayoutValue;
  holders: readonly LayoutHolder[];
  value: number;
  change: LayoutChanger;
}

/** A value of the layout: dragged, typed, and with its keyframes where it may have some. */
export function ValueRow({ part, holders, value, change }: ValueRowProps) {
  const { label, factor, unit, unitName, drag, typed, step } = ranges[part];
  const shown = Math.round(value * factor * 1000) / 1000;
  const property = animatedProperties.find((one) => one === part);
  return (
    <>
      <SliderRow
        label={label}
        mark={<RatioMark holders={holders} label={label} parts={[part]} />}
        value={shown}
        min={drag[0]}
        max={drag[1]}
        step={step}
        onChange={(next) => change.preview({ [part]: next / factor })}
        onCommit={(next) => change.commit({ [part]: next / factor })}
        field={
          <NumberInput
            label={`${label}, ${unitName}`}
            value={shown}
            min={typed[0]}
            max={typed[1]}
            unit={unit}
            onChange={(next) => change.commit({ [part]: next / factor })}
          />
        }
        after={property && <KeyframeButton holders={holders} property={property} label={label} />}
      />
      {property && <KeyframeLine holders={holders} property={property} label={label} />}
    </>
  );
}
