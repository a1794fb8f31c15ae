import { type MotionCurve, type TextMotion, type TextStyle, textExits, textMotions } from '#shared/model/index.ts';
import { NumberInput, Select } from '../../../ui/index.ts';
import { Group, Row } from './parts.tsx';

const motionNames: Record<TextMotion, string> = {
  none: 'None',
  fade: 'Fade',
  rise: 'Rise',
  'slide-left': 'Slide to the left',
  'slide-right': 'Slide to the right',
  pop: 'Pop',
  zoom: 'Zoom',
  blur: 'Blur',
  typewriter: 'Typewriter',
};
const curveNames: Record<MotionCurve, string> = {
  linear: 'Even',
  'ease-in': 'Slow at first',
  'ease-out': 'Slow at last',
  'ease-in-out': 'Slow at both ends',
  overshoot: 'Beyond and back',
};

const optionsOf = <Value extends string>(values: readonly Value[], names: Readonly<Record<Value, string>>) =>
  values.map((value) => ({ value, label: names[value] }));

interface TextMotionGroupProps {
  style: TextStyle;
  onChange: (patch: Partial<TextStyle>) => void;
}

/** How a text comes and goes. */
export function TextMotionGroup({ style, onChange }: TextMotionGroupProps) {
  const { entrance, exit, motionCurve } = style;
  const seconds = (key: 'entranceMs' | 'exitMs', label: string) => (
    <NumberInput
      label={label}
      value={style[key] / 1000}
      min={0.02}
      max={5}
      step={0.05}
      unit="s"
      isDisabled={style[key === 'entranceMs' ? 'entrance' : 'exit'] === 'none'}
      onChange={(value) => onChange({ [key]: Math.round(value * 1000) })}
      className="w-18 shrink-0"
    />
  );
  return (
    <Group title="Animation">
      <Row label="In">
        <Select
          label="How it comes in"
          value={entrance}
          onChange={(value) => onChange({ entrance: value })}
          options={optionsOf(textMotions, motionNames)}
        />
        {seconds('entranceMs', 'Length of coming in, seconds')}
      </Row>
      <Row label="Out">
        <Select
          label="How it goes out"
          value={exit}
          onChange={(value) => onChange({ exit: value })}
          options={optionsOf(textExits, motionNames)}
        />
        {seconds('exitMs', 'Length of going out, seconds')}
      </Row>
      <Row label="Speed">
        <Select
          label="How its speed changes"
          value={motionCurve}
          isDisabled={entrance === 'none' && exit === 'none'}
          onChange={(value) => onChange({ motionCurve: value })}
          options={optionsOf(Object.keys(curveNames) as MotionCurve[], curveNames)}
        />
      </Row>
    </Group>
  );
}
