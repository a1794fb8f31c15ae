import { AlignCenter, AlignLeft, AlignRight } from 'lucide-react';
import { captionStyleEdit, chosenCaptionStyle } from '#shared/captions/index.ts';
import type { TextContent, TextStyle } from '#shared/model/index.ts';
import { fontFamilies } from '../../../preview/fonts.ts';
import { NumberInput, Segmented, Select, Switch } from '../../../ui/index.ts';
import { useEditor } from '../editor-model.ts';
import type { ClipItem } from '../model/lanes.ts';
import { ColourField } from './colour-field.tsx';
import { DraftWords } from './draft-words.tsx';
import { patchClips } from './edits.ts';
import { Group, Row, SliderRow } from './parts.tsx';

const weightNames: Record<number, string> = {
  400: 'Regular',
  500: 'Medium',
  600: 'Semibold',
  700: 'Bold',
  900: 'Black',
};

/** Words and look of a text clip. */
export function TextGroup({ item, content }: { item: ClipItem; content: TextContent }) {
  const { project, target, draft, commit } = useEditor();
  const variant = target.kind === 'variant' ? target.variant : undefined;
  // Captions show the ad's caption style where it has one: their own would change nothing.
  const shared = content.role === 'caption' ? chosenCaptionStyle(project, variant) : null;
  const style = shared ?? content.style;
  const edit = (patch: Partial<TextStyle>) =>
    shared
      ? captionStyleEdit(project, { ...shared, ...patch }, 'Captions', variant)
      : patchClips([item], 'Change text style', () => ({ style: patch }));
  const change = (patch: Partial<TextStyle>) => commit(edit(patch));
  const preview = (patch: Partial<TextStyle>) => draft(edit(patch));
  return (
    <>
      <Group title="Text">
        <DraftWords
          label="Words"
          rows={3}
          value={content.text}
          edit={(text) => patchClips([item], 'Change text', () => ({ text }))}
        />
        <p className="text-xs text-ink-3">{'Words in {{braces}} are fields: each option says its own.'}</p>
      </Group>
      <Group title={shared ? 'Style of all captions' : 'Style'}>
        <FontRows style={style} onChange={change} />
        <SliderRow
          label="Size"
          value={style.sizePx}
          min={16}
          max={260}
          step={1}
          onChange={(sizePx) => preview({ sizePx })}
          onCommit={(sizePx) => change({ sizePx })}
          field={
            <NumberInput
              label="Size, pixels"
              value={style.sizePx}
              min={4}
              max={800}
              unit="px"
              onChange={(sizePx) => change({ sizePx })}
            />
          }
        />
        <Row label="Fill">
          <ColourField
            label="Fill"
            value={style.fill}
            onPreview={(fill) => preview({ fill })}
            onCommit={(fill) => change({ fill })}
          />
        </Row>
        <Row label="Align">
          <Segmented
            label="Align"
            size="sm"
            value={style.align}
            onChange={(align) => change({ align })}
            options={[
              { value: 'left', label: <AlignLeft />, name: 'Left' },
              { value: 'centre', label: <AlignCenter />, name: 'Centre' },
              { value: 'right', label: <AlignRight />, name: 'Right' },
            ]}
          />
        </Row>
        <Row label="Capitals">
          <Switch label="Capitals" isOn={style.isUppercase} onChange={(isUppercase) => change({ isUppercase })} />
        </Row>
      </Group>
      <EdgeGroup style={style} onPreview={preview} onChange={change} />
    </>
  );
}

function FontRows({ style, onChange }: { style: TextStyle; onChange: (patch: Partial<TextStyle>) => void }) {
  const families = fontFamilies();
  const weights = families.find(({ family }) => family === style.fontFamily)?.weights ?? [style.fontWeight];
  return (
    <>
      <Row label="Font">
        <Select
          label="Font"
          value={style.fontFamily}
          onChange={(family) => {
            const offered = families.find((candidate) => candidate.family === family)?.weights ?? [];
            const nearest = offered.toSorted(
              (a, b) => Math.abs(a - style.fontWeight) - Math.abs(b - style.fontWeight),
            )[0];
            onChange({ fontFamily: family, ...(nearest ? { fontWeight: nearest } : {}) });
          }}
          options={families.map(({ family }) => ({ value: family, label: family }))}
        />
      </Row>
      <Row label="Weight">
        <Select
          label="Weight"
          value={String(style.fontWeight)}
          isDisabled={weights.length < 2}
          onChange={(weight) => onChange({ fontWeight: Number(weight) })}
          options={weights.map((weight) => ({
            value: String(weight),
            label: weightNames[weight] ?? String(weight),
          }))}
        />
      </Row>
    </>
  );
}

interface EdgeGroupProps {
  style: TextStyle;
  onPreview: (patch: Partial<TextStyle>) => void;
  onChange: (patch: Partial<TextStyle>) => void;
}

/** Outline, shadow and box of text. */
function EdgeGroup({ style, onPreview, onChange }: EdgeGroupProps) {
  const pixels = (key: 'outlinePx' | 'shadowPx' | 'boxPaddingPx', label: string, max: number) => (
    <Row label={label}>
      <NumberInput
        label={label}
        value={style[key]}
        min={0}
        max={max}
        unit="px"
        onChange={(value) => onChange({ [key]: value })}
        className="w-20"
      />
    </Row>
  );
  const colour = (key: 'outlineColour' | 'shadowColour', label: string) => (
    <Row label="">
      <ColourField
        label={label}
        value={style[key]}
        onPreview={(value) => onPreview({ [key]: value })}
        onCommit={(value) => onChange({ [key]: value })}
      />
    </Row>
  );
  return (
    <Group title="Outline, shadow, box">
      {pixels('outlinePx', 'Outline', 60)}
      {style.outlinePx > 0 && colour('outlineColour', 'Outline colour')}
      {style.boxColour === null && pixels('shadowPx', 'Shadow', 60)}
      {style.boxColour === null && style.shadowPx > 0 && colour('shadowColour', 'Shadow colour')}
      <Row label="Box">
        <Switch
          label="Box"
          isOn={style.boxColour !== null}
          onChange={(isOn) => onChange({ boxColour: isOn ? '#000000CC' : null })}
        />
      </Row>
      {style.boxColour !== null && (
        <>
          <Row label="">
            <ColourField
              label="Box colour"
              value={style.boxColour}
              onPreview={(boxColour) => onPreview({ boxColour })}
              onCommit={(boxColour) => onChange({ boxColour })}
            />
          </Row>
          {pixels('boxPaddingPx', 'Padding', 120)}
        </>
      )}
    </Group>
  );
}
