import {
  AlignCenter,
  AlignLeft,
  AlignRight,
  AlignVerticalJustifyCenter,
  AlignVerticalJustifyEnd,
  AlignVerticalJustifyStart,
} from 'lucide-react';
import type { TextStyle } from '#shared/model/index.ts';
import { NumberInput, Segmented, Switch } from '../../../ui/index.ts';
import { Group, Row } from './parts.tsx';

interface TextSpacingGroupProps {
  style: TextStyle;
  onChange: (patch: Partial<TextStyle>) => void;
}

/** Where the words lie about their place, how wide they may be, and the room between them. */
export function TextSpacingGroup({ style, onChange }: TextSpacingGroupProps) {
  return (
    <Group title="Alignment and spacing">
      <Row label="Align">
        <Segmented
          label="Align"
          size="sm"
          value={style.align}
          onChange={(align) => onChange({ align })}
          options={[
            { value: 'left', label: <AlignLeft />, name: 'Left' },
            { value: 'centre', label: <AlignCenter />, name: 'Centre' },
            { value: 'right', label: <AlignRight />, name: 'Right' },
          ]}
        />
        <Segmented
          label="Align vertically"
          size="sm"
          value={style.verticalAlign}
          onChange={(verticalAlign) => onChange({ verticalAlign })}
          options={[
            { value: 'top', label: <AlignVerticalJustifyStart />, name: 'Top line at its place' },
            { value: 'middle', label: <AlignVerticalJustifyCenter />, name: 'Middle at its place' },
            { value: 'bottom', label: <AlignVerticalJustifyEnd />, name: 'Bottom line at its place' },
          ]}
        />
      </Row>
      <Row label="Letters">
        <NumberInput
          label="Room between letters, pixels"
          value={style.letterSpacingPx}
          min={-20}
          max={120}
          unit="px"
          onChange={(letterSpacingPx) => onChange({ letterSpacingPx })}
          className="w-20"
        />
      </Row>
      <Row label="Lines">
        <NumberInput
          label="Distance of lines, times the font’s own"
          value={style.lineSpacing}
          min={0.5}
          max={3}
          step={0.05}
          unit="×"
          onChange={(lineSpacing) => onChange({ lineSpacing })}
          className="w-20"
        />
      </Row>
      <Row label="Width">
        <NumberInput
          label="Width of lines, percent of the frame"
          value={Math.round(style.maxWidth * 100)}
          min={5}
          max={100}
          unit="%"
          onChange={(percent) => onChange({ maxWidth: percent / 100 })}
          className="w-20"
        />
      </Row>
      <Row label="Shrink to fit">
        <Switch label="Shrink to fit" isOn={style.isFitted} onChange={(isFitted) => onChange({ isFitted })} />
      </Row>
    </Group>
  );
}
