import { Anchor, Repeat } from 'lucide-react';
import { resolveAnchor } from '#shared/model/index.ts';
import { toNumber } from '#shared/units/index.ts';
import { cn } from '../../ui/index.ts';
import { ClipPicture } from './clip-picture.tsx';
import { useLiveEditor } from './editor-model.ts';
import type { LaidView } from './laid-scale.ts';
import { globalHeight, overscanPixels } from './lane-sizes.ts';
import { anchorWords, type GlobalItem, type GlobalLane } from './model/globals.ts';
import { bandOfGlobal } from './model/volume-band.ts';
import { headerWidth } from './use-timeline-view.ts';
import { VolumeBand } from './volume-band.tsx';

/** Music, voice-over or logo of the variant shown: placed by anchors, edited for every variant that uses it. */
export function GlobalRow({ lane, scroll }: { lane: GlobalLane; scroll: LaidView }) {
  const words = lane.option ? (lane.items.length === 0 ? 'Nothing here' : '') : `No ${lane.slot.name.toLowerCase()}`;
  return (
    <div className="relative flex" style={{ height: globalHeight + 4 }}>
      <div
        className="sticky left-0 z-30 flex shrink-0 flex-col justify-center border-r border-b border-line bg-panel pl-3"
        style={{ width: headerWidth }}
      >
        <span className="truncate text-sm text-ink-2">{lane.slot.name}</span>
        {lane.option && <span className="truncate text-2xs text-ink-3">{lane.option.name}</span>}
      </div>
      <section
        aria-label={`Track ${lane.slot.name}`}
        data-lane={`global:${lane.slot.id}`}
        className="relative min-w-0 grow border-b border-line/70 py-0.5"
      >
        <div data-stretch className="relative h-full origin-left">
          {lane.items.map((item) => (
            <GlobalClip key={item.key} item={item} scroll={scroll} />
          ))}
          {lane.slot.kind !== 'logo' &&
            lane.items.map((item) => <GlobalBand key={item.key} item={item} scroll={scroll} />)}
          {words !== '' && <span className="sticky left-42 top-2 px-2 text-xs text-ink-3">{words}</span>}
        </div>
      </section>
    </div>
  );
}

/** The volume line of music or a voice-over that is selected. */
function GlobalBand({ item, scroll }: { item: GlobalItem; scroll: LaidView }) {
  const { selection, timeline } = useLiveEditor();
  if (!selection.has(item.key) || item.clip.content.kind !== 'media' || item.clip.audio.isMuted) return null;
  const startFrame = resolveAnchor(item.clip.start, timeline.sections, timeline.lengthFrames);
  const band = bandOfGlobal(item, startFrame);
  return <VolumeBand band={band} pixelsPerFrame={scroll.pixelsPerFrame} height={globalHeight} />;
}

function GlobalClip({ item, scroll }: { item: GlobalItem; scroll: LaidView }) {
  const model = useLiveEditor();
  const { pixelsPerFrame, scrollLeft, width: viewWidth } = scroll;
  const { clip } = item;
  const content = clip.content;
  const asset = content.kind === 'media' && 'assetId' in content.media ? model.assets.get(content.media.assetId) : null;
  const left = item.startFrame * pixelsPerFrame;
  const width = Math.max(2, (item.endFrame - item.startFrame) * pixelsPerFrame - 1);
  const fromPixel = Math.max(0, Math.floor(scrollLeft - overscanPixels - left));
  const toPixel = Math.min(width, Math.ceil(scrollLeft + viewWidth + overscanPixels - left));
  const name = clip.name || asset?.name || item.slot.name;
  const isSelected = model.selection.has(item.key);
  const framesPerSecond = model.view.rate.num / model.view.rate.den;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a thing to drag; keys reach it through the timeline's commands
    <div
      role="button"
      tabIndex={isSelected ? 0 : -1}
      aria-pressed={isSelected}
      data-global={item.key}
      className="group absolute top-0 overflow-hidden rounded-md focus-visible:outline-none bg-[#16302d] text-[#bfe8e1]"
      style={{ left, width, height: globalHeight }}
    >
      {asset && content.kind === 'media' && toPixel > fromPixel && !clip.isLooping && (
        <ClipPicture
          asset={asset}
          mediaBase={model.mediaBase}
          sourceInSeconds={toNumber(content.sourceInSeconds)}
          secondsPerPixel={toNumber(content.speed) / framesPerSecond / pixelsPerFrame}
          fromPixel={fromPixel}
          toPixel={toPixel}
          height={globalHeight}
          hasPicture={item.slot.kind === 'logo'}
          hasSound={item.slot.kind !== 'logo'}
          gain={10 ** (clip.audio.gainDb / 20)}
          colour="#5fb3a8"
        />
      )}
      {asset && content.kind === 'media' && clip.isLooping && <Turns item={item} scroll={scroll} />}
      <span className="pointer-events-none absolute top-0.5 left-0.5 flex h-4 max-w-full items-center gap-1.5 rounded-sm bg-black/40 px-1 text-xs leading-none">
        <span className="sr-only">{item.slot.name} </span>
        <span className="truncate">{name}</span>
        <span className="flex shrink-0 items-center gap-0.5 text-2xs text-white/70">
          <Anchor className="size-2.5" aria-hidden />
          {anchorWords(model.project, clip.start)}
        </span>
        {clip.isLooping && <Repeat className="size-2.5 shrink-0" aria-label="Loops" />}
      </span>
      <span
        aria-hidden
        className={cn(
          'pointer-events-none absolute inset-0 rounded-md ring-inset',
          isSelected ? 'ring-2 ring-accent' : 'ring-1 ring-white/15 group-hover:ring-white/35',
          'group-focus-visible:ring-3 group-focus-visible:ring-white',
        )}
      />
    </div>
  );
}

/** The waveform of each turn of a loop. */
function Turns({ item, scroll }: { item: GlobalItem; scroll: LaidView }) {
  const model = useLiveEditor();
  const { pixelsPerFrame, scrollLeft, width } = scroll;
  const framesPerSecond = model.view.rate.num / model.view.rate.den;
  const turns = model.timeline.clips.filter((clip) => clip.clipId === item.clip.id && clip.slotId === null);
  return turns.map((turn) => {
    if (turn.content.kind !== 'media') return null;
    const asset = model.assets.get(turn.content.assetId);
    const left = (turn.startFrame - item.startFrame) * pixelsPerFrame;
    const length = turn.lengthFrames * pixelsPerFrame;
    const from = Math.max(0, Math.floor(scrollLeft - overscanPixels - turn.startFrame * pixelsPerFrame));
    const to = Math.min(length, Math.ceil(scrollLeft + width + overscanPixels - turn.startFrame * pixelsPerFrame));
    if (!asset || to <= from) return null;
    return (
      <div key={turn.instance} className="absolute inset-y-0 border-r border-white/25" style={{ left, width: length }}>
        <ClipPicture
          asset={asset}
          mediaBase={model.mediaBase}
          sourceInSeconds={toNumber(turn.content.sourceInSeconds)}
          secondsPerPixel={toNumber(turn.content.speed) / framesPerSecond / pixelsPerFrame}
          fromPixel={from}
          toPixel={to}
          height={globalHeight}
          hasPicture={item.slot.kind === 'logo'}
          hasSound={item.slot.kind !== 'logo'}
          gain={10 ** (item.clip.audio.gainDb / 20)}
          colour="#5fb3a8"
        />
      </div>
    );
  });
}
