import {
  Columns2,
  Pause,
  Play,
  Scissors,
  SkipBack,
  SkipForward,
  Smartphone,
  StepBack,
  StepForward,
  Volume2,
  VolumeX,
} from 'lucide-react';
import { formatTimecode } from '#shared/units/index.ts';
import type { Transport } from '../../preview/transport.ts';
import { useReviewSpeed, useReviewView } from '../../state/index.ts';
import { IconButton, Segmented } from '../../ui/index.ts';
import { keepFocus, TimecodeField, useTransportState } from '../player/index.ts';
import { type PlayerDeeds, reviewSpeeds } from './player-deeds.ts';
import type { ReviewItem } from './review-list.ts';
import { seamsOf } from './seams.ts';

interface ReviewBarProps {
  transport: Transport;
  shown: ReviewItem;
  deeds: PlayerDeeds;
}

/** Buttons under a finished file. */
export function ReviewBar({ transport, shown, deeds }: ReviewBarProps) {
  const [speed] = useReviewSpeed();
  return (
    <div
      role="toolbar"
      aria-label="Player"
      onMouseDown={(event) => event.target instanceof HTMLInputElement || keepFocus(event)}
      className="@container flex h-11 shrink-0 items-center justify-between gap-2 px-2"
    >
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <Timecode transport={transport} />
      </div>
      <PlayButtons transport={transport} deeds={deeds} />
      <div className="flex min-w-0 flex-1 items-center justify-end gap-1">
        <div className="hidden @min-[680px]:block">
          <Segmented
            label="Speed"
            size="sm"
            value={String(speed)}
            onChange={(value) => deeds.setSpeed(Number(value))}
            options={reviewSpeeds.map((value) => ({ value: String(value), label: `${value}×` }))}
          />
        </div>
        <MuteButton transport={transport} />
        <ViewButtons shown={shown} deeds={deeds} />
      </div>
    </div>
  );
}

function Timecode({ transport }: { transport: Transport }) {
  const frame = useTransportState(transport, (state) => state.frame);
  const lengthFrames = useTransportState(transport, (state) => state.lengthFrames);
  const rate = useTransportState(transport, (state) => state.rate);
  return (
    <div className="flex items-center font-mono text-sm">
      <TimecodeField label="Position" frame={frame} rate={rate} onCommit={(next) => transport.seek(next)} />
      <span className="tabular hidden px-1 text-ink-3 @min-[560px]:inline" role="note" aria-label="Length">
        {formatTimecode(lengthFrames, rate)}
      </span>
    </div>
  );
}

const onlyWide = 'hidden @min-[480px]:inline-flex';

function PlayButtons({ transport, deeds }: Omit<ReviewBarProps, 'shown'>) {
  const isPlaying = useTransportState(transport, (state) => state.isPlaying);
  const last = useTransportState(transport, (state) => state.lengthFrames - 1);
  return (
    <div className="flex shrink-0 items-center gap-0.5">
      <IconButton
        label="Go to the start"
        shortcut="Home"
        tooltipSide="top"
        className={onlyWide}
        onClick={() => transport.seek(0)}
      >
        <SkipBack />
      </IconButton>
      <IconButton label="One frame back" shortcut="ArrowLeft" tooltipSide="top" onClick={() => transport.step(-1)}>
        <StepBack />
      </IconButton>
      <IconButton
        label={isPlaying ? 'Pause' : 'Play'}
        shortcut="Space"
        size="lg"
        variant="secondary"
        tooltipSide="top"
        onClick={deeds.toggle}
        className="rounded-full"
      >
        {isPlaying ? <Pause className="fill-current" /> : <Play className="translate-x-px fill-current" />}
      </IconButton>
      <IconButton label="One frame on" shortcut="ArrowRight" tooltipSide="top" onClick={() => transport.step(1)}>
        <StepForward />
      </IconButton>
      <IconButton
        label="Go to the end"
        shortcut="End"
        tooltipSide="top"
        className={onlyWide}
        onClick={() => transport.seek(last)}
      >
        <SkipForward />
      </IconButton>
    </div>
  );
}

function MuteButton({ transport }: { transport: Transport }) {
  const isMuted = useTransportState(transport, (state) => state.isMuted);
  return (
    <IconButton
      label={isMuted ? 'Unmute the player' : 'Mute the player'}
      shortcut="Alt+M"
      tooltipSide="top"
      onClick={() => transport.setMuted(!isMuted)}
    >
      {isMuted ? <VolumeX /> : <Volume2 />}
    </IconButton>
  );
}

function ViewButtons({ shown, deeds }: Omit<ReviewBarProps, 'transport'>) {
  const [view] = useReviewView();
  return (
    <>
      <IconButton
        label="Cuts only"
        shortcut="S"
        tooltipSide="top"
        isActive={view.seams !== 'off'}
        disabled={seamsOf(shown.file).length === 0}
        onClick={() => deeds.toggleSeams('one')}
      >
        <Scissors />
      </IconButton>
      <IconButton
        label="As seen on a phone"
        shortcut="P"
        tooltipSide="top"
        isActive={view.isPhone}
        onClick={deeds.togglePhone}
      >
        <Smartphone />
      </IconButton>
      <IconButton
        label="Compare with another file"
        shortcut="C"
        tooltipSide="top"
        isActive={view.besideId !== null}
        onClick={deeds.toggleBeside}
      >
        <Columns2 />
      </IconButton>
    </>
  );
}
