import { type TextStyle, type WordHighlight, wordHighlights } from '#shared/model/index.ts';
import { NumberInput, Select } from '../../../ui/index.ts';
import { ColourField } from './colour-field.tsx';
import { Group, Row } from './parts.tsx';

const names: Record<WordHighlight, string> = {
  none: 'None',
  fill: 'Colour',
  box: 'Box behind it',
  pop: 'Larger',
  karaoke: 'Letter by letter',
  typewriter: 'Typed as it is said',
  'one-word': 'Alone',
};
const coloured: readonly WordHighlight[] = ['fill', 'box', 'pop', 'karaoke'];

interface TextWordsGroupProps {
  style: TextStyle;
  onPreview: (patch: Partial<TextStyle>) => void;
  onChange: (patch: Partial<TextStyle>) => void;
}

/** What becomes of the word that is said, and how many words and lines are seen at a time. */
export function TextWordsGroup({ style, onPreview, onChange }: TextWordsGroupProps) {
  const { highlight, highlightColour, wordsPerLine, maxLines } = style;
  const isAlone = highlight === 'one-word';
  return (
    <Group title="Words as they are said">
      <Row label="Highlight">
        <Select
          label="Word that is said"
          value={highlight}
          onChange={(value) => onChange({ highlight: value })}
          options={wordHighlights.map((value) => ({ value, label: names[value] }))}
        />
      </Row>
      {coloured.includes(highlight) && (
        <Row label="">
          <ColourField
            label="Highlight colour"
            value={highlightColour}
            onPreview={(value) => onPreview({ highlightColour: value })}
            onCommit={(value) => onChange({ highlightColour: value })}
          />
        </Row>
      )}
      <Row label="Words a line">
        <NumberInput
          label="Words a line; 0 = as many as fit"
          value={wordsPerLine}
          min={0}
          max={12}
          isDisabled={isAlone}
          onChange={(value) => onChange({ wordsPerLine: Math.round(value) })}
          className="w-18"
        />
        <span className="truncate text-xs text-ink-3">{wordsPerLine === 0 ? 'as many as fit' : ''}</span>
      </Row>
      <Row label="Lines">
        <NumberInput
          label="Lines at a time; 0 = all"
          value={maxLines}
          min={0}
          max={6}
          isDisabled={isAlone}
          onChange={(value) => onChange({ maxLines: Math.round(value) })}
          className="w-18"
        />
        <span className="truncate text-xs text-ink-3">{maxLines === 0 ? 'all at once' : 'at a time'}</span>
      </Row>
    </Group>
  );
}
