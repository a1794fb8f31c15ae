import type { ClipAudio, FadeShape } from '#shared/model/index.ts';
import type { Frames, Rate } from '#shared/units/index.ts';
import { NumberInput, Select, Switch } from '../../../ui/index.ts';
import { TimecodeField } from '../../player/index.ts';
import { Group, Row, SliderRow } from './parts.tsx';
import { VolumeRows } from './volume-rows.tsx';

interface SoundGroupProps {
  audio: ClipAudio;
  rate: Rate;
  lengthFrames: number;
  /** Frame of the clip at which a volume point would be added; null for several clips, which have no curve in common. */
  pointFrame: (() => Frames) | null;
  /** While dragging. */
  onPreview: (patch: Partial<ClipAudio>) => void;
  onChange: (patch: Partial<ClipAudio>) => void;
}

const shapes: readonly { value: FadeShape; label: string }[] = [
  { value: 'linear', label: 'Linear' },
  { value: 'equal-power', label: 'Equal power' },
];

const panWords = (pan: number): string =>
  pan === 0 ? 'middle' : `${Math.round(Math.abs(pan) * 100)} % ${pan < 0 ? 'left' : 'right'}`;

/** Loudness, pan, fades and mute of a clip. */
export function SoundGroup({ audio, rate, lengthFrames, pointFrame, onPreview, onChange }: SoundGroupProps) {
  const fade = (label: string, length: 'fadeInFrames' | 'fadeOutFrames', shape: 'fadeInShape' | 'fadeOutShape') => (
    <Row label={label}>
      <TimecodeField
        label={label}
        frame={audio[length]}
        rate={rate}
        onCommit={(frames) => onChange({ [length]: Math.min(frames, lengthFrames) })}
        className="w-22 shrink-0 border border-line-strong bg-raise px-0.5 py-0.5"
      />
      <Select
        label={`Shape of ${label.toLowerCase()}`}
        value={audio[shape]}
        options={shapes}
        onChange={(value) => onChange({ [shape]: value })}
        className="min-w-0 grow"
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
      <SliderRow
        label="Pan"
        value={audio.pan}
        min={-1}
        max={1}
        step={0.05}
        onChange={(pan) => onPreview({ pan })}
        onCommit={(pan) => onChange({ pan })}
        field={
          <NumberInput
            label={`Pan, per cent to the right: ${panWords(audio.pan)}`}
            value={Math.round(audio.pan * 100)}
            min={-100}
            max={100}
            step={5}
            unit="%"
            onChange={(percent) => onChange({ pan: percent / 100 })}
          />
        }
      />
      {fade('Fade in', 'fadeInFrames', 'fadeInShape')}
      {fade('Fade out', 'fadeOutFrames', 'fadeOutShape')}
      {pointFrame && (
        <VolumeRows
          points={audio.volume}
          rate={rate}
          lengthFrames={lengthFrames}
          pointFrame={pointFrame}
          onChange={(volume) => onChange({ volume })}
        />
      )}
      <Row label="Muted">
        <Switch label="Muted" isOn={audio.isMuted} onChange={(isMuted) => onChange({ isMuted })} />
      </Row>
    </Group>
  );
}
