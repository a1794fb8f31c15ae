import { Layers2, RotateCcw } from 'lucide-react';
import type { LayoutPatch } from '#shared/model/index.ts';
import { IconButton, Menu, Segmented } from '../../../ui/index.ts';
import { useEditor } from '../editor-model.ts';
import { type LayoutHolder, layoutChange, putBack } from '../model/ratio-layout.ts';
import { useOnlyThisRatio } from '../only-this-ratio.ts';
import { Group, Row } from './parts.tsx';
import { RatioMark, useRatioLines } from './ratio-mark.tsx';
import { useLayoutChange, useLayoutShown, ValueRow } from './value-row.tsx';

/** What the group has a line for, in the order shown. */
const parts = ['scale', 'x', 'y', 'rotationDeg', 'opacity'] as const;

/** The layout as it is usual, for "reset". */
const usualLayout: LayoutPatch = { fit: 'fill', x: 0, y: 0, scale: 1, rotationDeg: 0, opacity: 1 };

/** Size, place and turn of pictures and words, for all ratios or only for the one shown. */
export function LayoutGroup({ holders }: { holders: readonly LayoutHolder[] }) {
  const { ratio, commit } = useEditor();
  const [isOnlyHere] = useOnlyThisRatio();
  const change = useLayoutChange(holders, 'Change layout');
  const layout = useLayoutShown(holders);
  const [holder] = holders;
  if (!holder || !layout) return null;
  const { clip } = holder;
  const isMedia = clip.content.kind === 'media';
  const shown = clip.content.kind === 'colour' ? (['opacity'] as const) : parts;
  const reset = () => {
    const { fit: _, ...usualPlace } = usualLayout;
    const usual = isMedia ? usualLayout : usualPlace;
    commit(layoutChange(holders, 'Reset layout', (shape) => putBack(shape, ratio, usual, isOnlyHere)));
  };
  return (
    <Group title="Layout" action={<LayoutActions holders={holders} onReset={reset} />}>
      <WhichRatios />
      {isMedia && (
        <Row label="Fit" mark={<RatioMark holders={holders} label="Fit" parts={['fit']} />}>
          <Segmented
            label="Fit"
            size="sm"
            value={layout.fit}
            onChange={(fit) => change.commit({ fit })}
            options={[
              { value: 'fill', label: 'Fill' },
              { value: 'fit', label: 'Fit' },
              { value: 'blur-fill', label: 'Blur' },
            ]}
          />
        </Row>
      )}
      {shown.map((part) => (
        <ValueRow key={part} part={part} holders={holders} value={layout[part]} change={change} />
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
