import { X } from 'lucide-react';
import { type VolumePoint, volumeDbAt, withPoint } from '#shared/model/index.ts';
import type { Frames, Rate } from '#shared/units/index.ts';
import { Button, IconButton, NumberInput } from '../../../ui/index.ts';
import { TimecodeField } from '../../player/index.ts';
import { Row } from './parts.tsx';

interface VolumeRowsProps {
  points: readonly VolumePoint[];
  rate: Rate;
  lengthFrames: Frames;
  /** Frame of the clip at which a point would be added. */
  pointFrame: () => Frames;
  onChange: (points: VolumePoint[]) => void;
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

/** The points of a clip's volume curve: moment after its start, and dB beside its gain. */
export function VolumeRows({ points, rate, lengthFrames, pointFrame, onChange }: VolumeRowsProps) {
  const add = () => {
    const frame = Math.min(lengthFrames - 1, Math.max(0, pointFrame()));
    onChange(withPoint(points, { frame, gainDb: tenths(volumeDbAt(points, frame)) }));
  };
  const shown = points.filter(({ frame }) => frame >= 0 && frame < lengthFrames);
  return (
    <>
      <Row label="Volume">
        <Button size="sm" onClick={add} title="Add a volume point at the playhead (Alt+V)">
          Add point
        </Button>
        {points.length > 0 && (
          <Button size="sm" variant="ghost" onClick={() => onChange([])}>
            Clear
          </Button>
        )}
      </Row>
      {shown.map((point, at) => {
        const name = `volume point ${at + 1}`;
        return (
          <Row key={point.frame} label="">
            <TimecodeField
              label={`Moment of ${name}`}
              frame={point.frame}
              rate={rate}
              onCommit={(frame) =>
                onChange(withPoint(points, { ...point, frame: Math.min(frame, lengthFrames - 1) }, point.frame))
              }
              className="border border-line-strong bg-raise py-0.5"
            />
            <NumberInput
              label={`Decibels of ${name}`}
              value={point.gainDb}
              min={-96}
              max={24}
              step={0.5}
              unit="dB"
              onChange={(gainDb) => onChange(withPoint(points, { ...point, gainDb }))}
            />
            <IconButton
              label={`Remove ${name}`}
              size="sm"
              onClick={() => onChange(points.filter((other) => other !== point))}
            >
              <X />
            </IconButton>
          </Row>
        );
      })}
    </>
  );
}
