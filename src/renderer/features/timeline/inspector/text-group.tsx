import { Plus } from 'lucide-react';
import { useState } from 'react';
import { captionPresets, captionStyleEdit, chosenCaptionStyle, textLooks } from '#shared/captions/index.ts';
import type { Project, TextContent, TextStyle } from '#shared/model/index.ts';
import { IconButton, NumberInput, Select, Switch } from '../../../ui/index.ts';
import { useAddFont } from '../../fonts/use-add-font.ts';
import { useFontFamilies } from '../../fonts/use-font-families.ts';
import { isSameLook, TextLooks } from '../../looks/index.ts';
import { useEditor } from '../editor-model.ts';
import type { ClipItem } from '../model/lanes.ts';
import { ColourField } from './colour-field.tsx';
import { DraftWords } from './draft-words.tsx';
import { patchClips } from './edits.ts';
import { MissingLetters } from './missing-letters.tsx';
import { Group, Row, SliderRow } from './parts.tsx';
import { TextMotionGroup } from './text-motion-group.tsx';
import { TextSpacingGroup } from './text-spacing-group.tsx';
import { TextWordsGroup } from './text-words-group.tsx';

const weightNames: Record<number, string> = {
  400: 'Regular',
  500: 'Medium',
  600: 'Semibold',
  700: 'Bold',
  900: 'Black',
};

/** A text's own style without what is only tried. */
function keptStyle(project: Project, item: ClipItem): TextStyle | null {
  const sequence = project.sequences.find(({ id }) => id === item.section.sequence?.id);
  const clip = sequence?.tracks.flatMap(({ clips }) => clips).find(({ id }) => id === item.clip.id);
  return clip?.content.kind === 'text' ? clip.content.style : null;
}

/** Words and look of a text clip. */
export function TextGroup({ item, content }: { item: ClipItem; content: TextContent }) {
  const { base, project, target, draft, commit } = useEditor();
  const [isTrying, setTrying] = useState(false);
  const variant = target.kind === 'variant' ? target.variant : undefined;
  // Captions show the ad's caption style where it has one: their own would change nothing.
  const isShared = content.role === 'caption' && chosenCaptionStyle(base, variant) !== null;
  const shown = isShared ? (chosenCaptionStyle(project, variant) ?? content.style) : content.style;
  const kept = isShared ? chosenCaptionStyle(base, variant) : keptStyle(base, item);
  // A look that is only tried must not move the controls below it about.
  const style = isTrying && kept ? kept : shown;
  const edit = (patch: Partial<TextStyle>, label = 'Change text style') =>
    isShared
      ? captionStyleEdit(project, { ...style, ...patch }, 'Captions', variant)
      : patchClips([item], label, () => ({ style: patch }));
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
        <MissingLetters text={content.text} style={style} onChoose={(fontFamily) => change({ fontFamily })} />
        <p className="text-xs text-ink-3">{'Words in {{braces}} are fields: each option says its own.'}</p>
      </Group>
      <Group title={isShared ? 'Look of all captions' : 'Look'}>
        <div className="max-h-56 overflow-y-auto">
          <TextLooks
            label="Looks"
            looks={content.role === 'caption' ? captionPresets : textLooks}
            chosen={kept}
            onPreview={(look) => {
              setTrying(look !== null);
              draft(look && edit(look.style));
            }}
            onChoose={(look) => {
              setTrying(false);
              commit(kept && isSameLook(kept, look.style) ? null : edit(look.style, `Look “${look.name}”`));
            }}
          />
        </div>
      </Group>
      <Group title={isShared ? 'Style of all captions' : 'Style'}>
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
        <Row label="Capitals">
          <Switch label="Capitals" isOn={style.isUppercase} onChange={(isUppercase) => change({ isUppercase })} />
        </Row>
      </Group>
      <TextSpacingGroup style={style} onChange={change} />
      <EdgeGroup style={style} onPreview={preview} onChange={change} />
      <TextWordsGroup style={style} onPreview={preview} onChange={change} />
      <TextMotionGroup style={style} onChange={change} />
    </>
  );
}

/** Families on offer; one that is not there is still named. */
function familyOptions(families: readonly { family: string }[], chosen: string) {
  const names = families.map(({ family }) => family);
  const options = names.map((family) => ({ value: family, label: family }));
  return names.includes(chosen) ? options : [...options, { value: chosen, label: chosen, note: 'not here' }];
}

function FontRows({ style, onChange }: { style: TextStyle; onChange: (patch: Partial<TextStyle>) => void }) {
  const addFont = useAddFont();
  const families = useFontFamilies();
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
          options={familyOptions(families, style.fontFamily)}
        />
        <IconButton
          label="Add a font file"
          size="sm"
          onClick={() => void addFont().then((family) => family !== null && onChange({ fontFamily: family }))}
        >
          <Plus />
        </IconButton>
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
