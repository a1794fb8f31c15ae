import { RotateCcw } from 'lucide-react';
import { type Layout, type LayoutPatch, layoutIn } from '#shared/model/index.ts';
import { IconButton, NumberInput, Segmented, Switch } from '../../../ui/index.ts';
import { useEditor } from '../editor-model.ts';
import type { ClipItem } from '../model/lanes.ts';
import { layoutEdit, overrideEdit, usualLayout } from './edits.ts';
import { Group, Row, SliderRow } from './parts.tsx';

type Part = 'x' | 'y' | 'scale' | 'opacity';

/** What can be typed and dragged, in per cent. */
const ranges: Record<Part, { label: string; drag: [number, number]; typed: [number, number]; step: number }> = {
  scale: { label: 'Scale', drag: [10, 400], typed: [1, 2000], step: 1 },
  x: { label: 'Position X', drag: [-50, 50], typed: [-200, 200], step: 0.5 },
  y: { label: 'Position Y', drag: [-50, 50], typed: [-200, 200], step: 0.5 },
  opacity: { label: 'Opacity', drag: [0, 100], typed: [0, 100], step: 1 },
};

interface PercentRowProps {
  part: Part;
  layout: Layout;
  onPreview: (patch: LayoutPatch) => void;
  onChange: (patch: LayoutPatch) => void;
}

function PercentRow({ part, layout, onPreview, onChange }: PercentRowProps) {
  const { label, drag, typed, step } = ranges[part];
  const value = layout[part] * 100;
  return (
    <SliderRow
      label={label}
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

/** Size and place of pictures, for all ratios or only for the one shown. */
export function LayoutGroup({ items }: { items: readonly ClipItem[] }) {
  const { ratio, draft, commit } = useEditor();
  const [item] = items;
  if (!item) return null;
  const { clip } = item;
  const layout = layoutIn(clip, ratio);
  const isOverridden = Boolean(clip.overrides[ratio]);
  const others = Object.keys(clip.overrides).filter((other) => other !== ratio);
  const isMedia = clip.content.kind === 'media';
  const parts: Part[] = clip.content.kind === 'colour' ? ['opacity'] : ['scale', 'x', 'y', 'opacity'];
  const change = (patch: LayoutPatch) => commit(layoutEdit(items, ratio, patch));
  return (
    <Group
      title="Layout"
      action={
        <IconButton
          label="Reset layout"
          size="sm"
          onClick={() => change(isMedia ? usualLayout : { x: 0, y: 0, scale: 1, opacity: 1 })}
        >
          <RotateCcw />
        </IconButton>
      }
    >
      <Row label={`Only in ${ratio}`}>
        <Switch
          label={`Layout only in ${ratio}`}
          isOn={isOverridden}
          onChange={(isOn) => commit(overrideEdit(items, ratio, isOn))}
        />
        {isOverridden && (
          <span className="rounded-sm bg-accent px-1 text-2xs font-semibold text-accent-ink">{ratio}</span>
        )}
        {others.length > 0 && <span className="truncate text-xs text-ink-3">differs in {others.join(', ')}</span>}
      </Row>
      {isMedia && (
        <Row label="Fit">
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
          layout={layout}
          onPreview={(patch) => draft(layoutEdit(items, ratio, patch))}
          onChange={change}
        />
      ))}
    </Group>
  );
}
