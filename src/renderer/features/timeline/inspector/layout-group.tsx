import { Layers2, RotateCcw } from 'lucide-react';
import { type Layout, type LayoutPatch, layoutIn } from '#shared/model/index.ts';
import { IconButton, Menu, NumberInput, Segmented } from '../../../ui/index.ts';
import { useEditor } from '../editor-model.ts';
import { changedIn, type LayoutHolder, layoutChange } from '../model/ratio-layout.ts';
import { useOnlyThisRatio } from '../only-this-ratio.ts';
import { Group, Row, SliderRow } from './parts.tsx';
import { RatioMark, useRatioLines } from './ratio-mark.tsx';

type Part = 'x' | 'y' | 'scale' | 'opacity';

/** What can be typed and dragged, in per cent. */
const ranges: Record<Part, { label: string; drag: [number, number]; typed: [number, number]; step: number }> = {
  scale: { label: 'Scale', drag: [10, 400], typed: [1, 2000], step: 1 },
  x: { label: 'Position X', drag: [-50, 50], typed: [-200, 200], step: 0.5 },
  y: { label: 'Position Y', drag: [-50, 50], typed: [-200, 200], step: 0.5 },
  opacity: { label: 'Opacity', drag: [0, 100], typed: [0, 100], step: 1 },
};

/** The layout as it is usual, for "reset". */
const usualLayout: Layout = { fit: 'fill', x: 0, y: 0, scale: 1, rotationDeg: 0, opacity: 1 };

interface PercentRowProps {
  part: Part;
  holders: readonly LayoutHolder[];
  layout: Layout;
  onPreview: (patch: LayoutPatch) => void;
  onChange: (patch: LayoutPatch) => void;
}

function PercentRow({ part, holders, layout, onPreview, onChange }: PercentRowProps) {
  const { label, drag, typed, step } = ranges[part];
  const value = layout[part] * 100;
  return (
    <SliderRow
      label={label}
      mark={<RatioMark holders={holders} label={label} parts={[part]} />}
      value={value}
      min={drag[0]}
      max={drag[1]}
      step={step}
      onChange={(next) => onPreview({ [part]: next / 100 })}
      onCommit={(next) => onChange({ [part]: next / 100 })}
      field={
        <NumberInput
          label={`${label}, per cent`}
          value={value}
          min={typed[0]}
          max={typed[1]}
          unit="%"
          onChange={(next) => onChange({ [part]: next / 100 })}
        />
      }
    />
  );
}

/** Size and place of pictures and words, for all ratios or only for the one shown. */
export function LayoutGroup({ holders }: { holders: readonly LayoutHolder[] }) {
  const { ratio, draft, commit } = useEditor();
  const [isOnlyHere] = useOnlyThisRatio();
  const [holder] = holders;
  if (!holder) return null;
  const { clip } = holder;
  const layout = layoutIn(clip, ratio);
  const isMedia = clip.content.kind === 'media';
  const parts: Part[] = clip.content.kind === 'colour' ? ['opacity'] : ['scale', 'x', 'y', 'opacity'];
  const edit = (patch: LayoutPatch) =>
    layoutChange(holders, 'Change layout', (shape) => changedIn(shape, ratio, patch, isOnlyHere));
  const change = (patch: LayoutPatch) => commit(edit(patch));
  const { fit: _, ...usualPlace } = usualLayout;
  return (
    <Group
      title="Layout"
      action={<LayoutActions holders={holders} onReset={() => change(isMedia ? usualLayout : usualPlace)} />}
    >
      <WhichRatios />
      {isMedia && (
        <Row label="Fit" mark={<RatioMark holders={holders} label="Fit" parts={['fit']} />}>
          <Segmented
            label="Fit"
            size="sm"
            value={layout.fit}
            onChange={(fit) => change({ fit })}
            options={[
              { value: 'fill', label: 'Fill' },
              { value: 'fit', label: 'Fit' },
              { value: 'blur-fill', label: 'Blur' },
            ]}
          />
        </Row>
      )}
      {parts.map((part) => (
        <PercentRow
          key={part}
          part={part}
          holders={holders}
          layout={layout}
          onPreview={(patch) => draft(edit(patch))}
          onChange={change}
        />
      ))}
    </Group>
  );
}

function LayoutActions({ holders, onReset }: { holders: readonly LayoutHolder[]; onReset: () => void }) {
  const lines = useRatioLines(holders, null);
  return (
    <span className="flex items-center">
      <Menu items={lines} align="end">
        <IconButton label="Layout in other ratios" size="sm">
          <Layers2 />
        </IconButton>
      </Menu>
      <IconButton label="Reset layout" size="sm" onClick={onReset}>
        <RotateCcw />
      </IconButton>
    </span>
  );
}

function WhichRatios() {
  const { ratio } = useEditor();
  const [isOnlyHere, setOnlyHere] = useOnlyThisRatio();
  return (
    <Row label="Changes for">
      <Segmented
        label="Changes of layout are for"
        size="sm"
        value={isOnlyHere ? 'here' : 'all'}
        onChange={(which) => setOnlyHere(which === 'here')}
        options={[
          { value: 'all', label: 'All ratios' },
          { value: 'here', label: `Only ${ratio}` },
        ]}
      />
    </Row>
  );
}
