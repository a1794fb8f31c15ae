import {
  Maximize,
  Pause,
  Play,
  Repeat,
  SkipBack,
  SkipForward,
  StepBack,
  StepForward,
  Volume2,
  VolumeX,
} from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { type Ratio, ratios } from '#shared/model/index.ts';
import type { Transport } from '../../preview/transport.ts';
import { Button, IconButton, Menu, Segmented, Slider } from '../../ui/index.ts';
import { DroppedFrames, PlaybackQualityMenu } from './playback-quality.tsx';
import { SafeZoneMenu } from './safe-zone-menu.tsx';
import { PlayerTimecode } from './timecode.tsx';
import { useTransportState } from './use-transport.ts';

interface PlayerBarProps {
  transport: Transport;
  ratio?: Ratio | undefined;
  onRatioChange?: ((ratio: Ratio) => void) | undefined;
  onFullScreen?: () => void;
  /** More buttons, beside those for the picture. */
  extra?: ReactNode;
}

/** Buttons do not take the focus from the timeline when pressed by the mouse, so that Space keeps meaning "play". */
export const keepFocus = (event: React.MouseEvent) => event.preventDefault();

/** Buttons under a picture. */
export const PlayerBar = memo(function PlayerBar(props: PlayerBarProps) {
  const { transport, ratio, onRatioChange, onFullScreen, extra } = props;
  const isLooping = useTransportState(transport, (state) => state.isLooping);
  return (
    <div
      role="toolbar"
      aria-label="Player"
      onMouseDown={(event) => event.target instanceof HTMLInputElement || keepFocus(event)}
      className="@container flex h-10 shrink-0 items-center justify-between gap-2 px-2"
    >
      <div className="flex min-w-0 flex-1 items-center gap-1">
        <PlayerTimecode transport={transport} />
        <DroppedFrames transport={transport} />
      </div>
      <PlayButtons transport={transport} />
      <div className="flex min-w-0 flex-1 items-center justify-end gap-0.5">
        {ratio && onRatioChange && (
          <>
            <div className="mr-1 hidden shrink-0 @min-[860px]:block">
              <Segmented
                label="Ratio"
                size="sm"
                value={ratio}
                onChange={onRatioChange}
                options={ratios.map((value) => ({ value, label: value }))}
              />
            </div>
            <div className="shrink-0 @max-[420px]:hidden @min-[860px]:hidden">
              <RatioMenu ratio={ratio} onChange={onRatioChange} />
            </div>
          </>
        )}
        <Volume transport={transport} />
        <IconButton
          className="@max-[560px]:hidden"
          label="Loop"
          shortcut="Alt+L"
          isActive={isLooping}
          onClick={() => transport.setLooping(!isLooping)}
          tooltipSide="top"
        >
          <Repeat />
        </IconButton>
        {extra}
        <PlaybackQualityMenu />
        {ratio && <SafeZoneMenu ratio={ratio} />}
        {onFullScreen && (
          <IconButton label="Full screen" shortcut="F" onClick={onFullScreen} tooltipSide="top">
            <Maximize />
          </IconButton>
        )}
      </div>
    </div>
  );
});

/** The ratio where there is no room for all four. */
function RatioMenu({ ratio, onChange }: { ratio: Ratio; onChange: (ratio: Ratio) => void }) {
  const items = ratios.map((value, index) => ({
    ...{ label: value, shortcut: `Alt+${index + 1}`, isChecked: value === ratio },
    onSelect: () => onChange(value),
  }));
  return (
    <Menu items={items} align="end" side="top">
      <Button size="sm" variant="ghost" aria-label={`Ratio ${ratio}`} className="tabular px-1.5">
        {ratio}
      </Button>
    </Menu>
  );
}

function PlayButtons({ transport }: { transport: Transport }) {
  const isPlaying = useTransportState(transport, (state) => state.isPlaying);
  const speed = useTransportState(transport, (state) => state.speed);
  const isEmpty = useTransportState(transport, (state) => state.lengthFrames === 0);
  return (
    <div className="relative flex shrink-0 items-center gap-0.5">
      <span className="contents @max-[430px]:hidden">
        <IconButton label="Go to the start" shortcut="Home" onClick={() => transport.seek(0)} tooltipSide="top">
          <SkipBack />
        </IconButton>
      </span>
      <span className="contents @max-[430px]:hidden">
        <IconButton label="One frame back" shortcut="ArrowLeft" onClick={() => transport.step(-1)} tooltipSide="top">
          <StepBack />
        </IconButton>
      </span>
      <IconButton
        label={isPlaying ? 'Pause' : 'Play'}
        shortcut="Space"
        size="lg"
        variant="secondary"
        disabled={isEmpty}
        onClick={() => transport.toggle()}
        tooltipSide="top"
        className="rounded-full"
      >
        {isPlaying ? <Pause className="fill-current" /> : <Play className="translate-x-px fill-current" />}
      </IconButton>
      <span className="contents @max-[430px]:hidden">
        <IconButton label="One frame on" shortcut="ArrowRight" onClick={() => transport.step(1)} tooltipSide="top">
          <StepForward />
        </IconButton>
      </span>
      <span className="contents @max-[430px]:hidden">
        <IconButton
          label="Go to the end"
          shortcut="End"
          onClick={() => transport.seek(transport.getState().lengthFrames - 1)}
          tooltipSide="top"
        >
          <SkipForward />
        </IconButton>
      </span>
      {isPlaying && speed !== 1 && (
        <span className="tabular absolute left-full ml-1 text-xs whitespace-nowrap text-accent">{speed}×</span>
      )}
    </div>
  );
}

function Volume({ transport }: { transport: Transport }) {
  const volume = useTransportState(transport, (state) => state.volume);
  const isMuted = useTransportState(transport, (state) => state.isMuted);
  const isSilent = isMuted || volume === 0;
  return (
    <div className="flex shrink-0 items-center gap-1 @max-[320px]:hidden">
      <IconButton
        label={isMuted ? 'Unmute the player' : 'Mute the player'}
        shortcut="Alt+M"
        onClick={() => transport.setMuted(!isMuted)}
        tooltipSide="top"
      >
        {isSilent ? <VolumeX /> : <Volume2 />}
      </IconButton>
      <div className="mr-1 hidden w-16 shrink-0 @min-[1060px]:flex">
        <Slider
          label="Volume"
          value={isMuted ? 0 : volume}
          min={0}
          max={1}
          step={0.05}
          onChange={(value) => transport.setVolume(value)}
          valueText={`${Math.round(volume * 100)} %`}
        />
      </div>
    </div>
  );
}
