import type { ClipAudio } from '#shared/model/index.ts';
import type { Rate } from '#shared/units/index.ts';
import { NumberInput, Switch } from '../../../ui/index.ts';
import { TimecodeField } from '../../player/index.ts';
import { Group, Row, SliderRow } from './parts.tsx';

interface SoundGroupProps {
  audio: ClipAudio;
  rate: Rate;
  lengthFrames: number;
  /** While dragging. */
  onPreview: (patch: Partial<ClipAudio>) => void;
  onChange: (patch: Partial<ClipAudio>) => void;
}

/** Loudness, fades and mute of a clip. */
export function SoundGroup({ audio, rate, lengthFrames, onPreview, onChange }: SoundGroupProps) {
  const fade = (key: 'fadeInFrames' | 'fadeOutFrames', label: string) => (
    <Row label={label}>
      <TimecodeField
        label={label}
        frame={audio[key]}
        rate={rate}
        onCommit={(frames) => onChange({ [key]: Math.min(frames, lengthFrames) })}
        className="border border-line-strong bg-raise py-0.5"
      />
    </Row>
  );
  return (
    <Group title="Sound">
      <SliderRow
        label="Gain"
        value={audio.gainDb}
        min={-48}
        max={12}
        step={0.5}
        onChange={(gainDb) => onPreview({ gainDb })}
        onCommit={(gainDb) => onChange({ gainDb })}
        field={
          <NumberInput
            label="Gain, decibels"
            value={audio.gainDb}
            min={-96}
            max={24}
            step={0.5}
            unit="dB"
            onChange={(gainDb) => onChange({ gainDb })}
          />
        }
      />
      {fade('fadeInFrames', 'Fade in')}
      {fade('fadeOutFrames', 'Fade out')}
      <Row label="Muted">
        <Switch label="Muted" isOn={audio.isMuted} onChange={(isMuted) => onChange({ isMuted })} />
      </Row>
    </Group>
  );
}
