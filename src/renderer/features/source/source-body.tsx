import { AudioLines, Ban, BracketsIcon, Scissors, Star, X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Asset, AssetId, ProjectId } from '#shared/model/index.ts';
import { type Frames, formatTimecode } from '#shared/units/index.ts';
import { useMediaBase } from '../../engine/queries.ts';
import { previewSources } from '../../preview/source.ts';
import type { Transport } from '../../preview/transport.ts';
import { Badge, Button, cn, IconButton, Kbd, useCommands } from '../../ui/index.ts';
import { keepFocus, PlayerBar, playerCommands, Stage, TimecodeField, useOwnTransport } from '../player/index.ts';
import { type Marks, markIn, markOut, noMarks, sourceFrames, sourceRate, sourceTimeline, stageRatio } from './marks.ts';
import { SendToSlots } from './send-to-slots.tsx';
import { sourceCommands } from './source-commands.ts';
import { SourceStrip } from './source-strip.tsx';
import { SubclipList } from './subclip-list.tsx';
import { useSourceActions } from './use-source-actions.ts';

interface SourceBodyProps {
  asset: Asset;
  projectId: ProjectId | null;
  navigation: ReactNode;
  onRelink: ((assetId: AssetId) => void) | undefined;
}

/** The viewer of one asset: picture, strip, marks, slots, subclips. */
export function SourceBody({ asset, projectId, navigation, onRelink }: SourceBodyProps) {
  const mediaBase = useMediaBase();
  const transport = useOwnTransport();
  const [marks, setMarks] = useState<Marks>(noMarks);
  const actions = useSourceActions(asset, marks);
  const timeline = useMemo(() => sourceTimeline(asset), [asset]);
  const sources = useMemo(() => previewSources([asset], mediaBase), [asset, mediaBase]);
  useEffect(() => transport.setTimeline(timeline.lengthFrames, timeline.rate), [transport, timeline]);
  const isTimed = asset.probe.durationSeconds !== null;
  useCommands([...playerCommands(transport), ...sourceCommands({ transport, marks, setMarks, actions, isTimed })]);
  // The keys of the viewer work at once, not only after a click: no field may have the focus.
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current?.focus(), []);
  const goTo = (next: Marks) => {
    setMarks(next);
    transport.seek(next.inFrame ?? 0);
  };
  return (
    <div ref={root} tabIndex={-1} className="flex min-h-0 grow flex-col focus-visible:outline-none">
      <Header asset={asset} navigation={navigation} actions={actions} />
      <div className="flex min-h-0 grow">
        <div className="relative flex min-w-0 grow flex-col dark-area bg-black p-3">
          <Stage
            timeline={timeline}
            ratio={stageRatio(asset)}
            sources={sources}
            transport={transport}
            onRelink={onRelink}
          />
          {!asset.probe.video && !asset.isMissing && <SoundOnly />}
        </div>
        {isTimed && (
          <aside aria-label="Subclips of this media" className="flex w-60 shrink-0 flex-col border-l border-line">
            <h3 className="px-3 pt-3 pb-1 text-xs font-semibold text-ink-2">Subclips</h3>
            <SubclipList asset={asset} onPick={goTo} />
          </aside>
        )}
      </div>
      {isTimed && (
        <div className="flex shrink-0 flex-col gap-1 border-t border-line px-3 pt-2">
          <SourceStrip asset={asset} mediaBase={mediaBase} transport={transport} marks={marks} onMarks={setMarks} />
          <PlayerBar transport={transport} />
        </div>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keeps the focus where it was */}
      <footer
        onMouseDown={(event) => event.target instanceof HTMLInputElement || keepFocus(event)}
        className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-3 py-2.5"
      >
        {isTimed && <MarkFields asset={asset} transport={transport} marks={marks} onMarks={setMarks} />}
        <div className="grow" />
        {isTimed && (
          <Button icon={<Scissors className="size-4" />} onClick={actions.addSubclip}>
            Subclip
            <Kbd keys="S" />
          </Button>
        )}
        {projectId && <SendToSlots projectId={projectId} asset={asset} marks={marks} />}
      </footer>
    </div>
  );
}

function SoundOnly() {
  return (
    <div className="pointer-events-none absolute inset-0 flex flex-col items-center justify-center gap-2 text-sound">
      <AudioLines className="size-16" strokeWidth={1.25} aria-hidden />
      <p className="text-sm text-ink-3">Sound only</p>
    </div>
  );
}

type Actions = ReturnType<typeof useSourceActions>;

function Header({ asset, navigation, actions }: { asset: Asset; navigation: ReactNode; actions: Actions }) {
  const { video, audio } = asset.probe;
  const facts = [
    video && `${video.width} × ${video.height}`,
    video?.averageRate && `${Math.round((video.averageRate.num / video.averageRate.den) * 100) / 100} fps`,
    video ? video.codec : audio[0]?.codec,
    video && audio.length === 0 && asset.kind === 'video' && 'no sound',
  ].filter(Boolean);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the focus where it was
    <header onMouseDown={keepFocus} className="flex h-11 shrink-0 items-center gap-3 border-b border-line px-3">
      <h2 className="min-w-0 truncate text-base font-semibold">{asset.name}</h2>
      <span className="hidden shrink-0 text-xs text-ink-3 sm:inline">{facts.join(' · ')}</span>
      {asset.isMissing && <Badge tone="bad">missing</Badge>}
      {asset.isRejected && <Badge tone="bad">rejected</Badge>}
      <div className="grow" />
      <fieldset aria-label="Rating" className="flex items-center">
        {[1, 2, 3, 4, 5].map((stars) => (
          <button
            key={stars}
            type="button"
            aria-label={`${stars} ${stars === 1 ? 'star' : 'stars'}`}
            aria-pressed={asset.rating >= stars}
            title={`Shift+${stars}`}
            onClick={() => actions.rate(asset.rating === stars ? 0 : stars)}
            className="flex size-5 items-center justify-center rounded-sm text-ink-3 hover:text-warn"
          >
            <Star className={cn('size-3.5', asset.rating >= stars && 'fill-warn text-warn')} />
          </button>
        ))}
      </fieldset>
      <IconButton label="Reject" shortcut="X" isActive={asset.isRejected} onClick={actions.toggleReject}>
        <Ban />
      </IconButton>
      {navigation}
      <Radix.Close asChild>
        <IconButton label="Close" shortcut="Escape">
          <X />
        </IconButton>
      </Radix.Close>
    </header>
  );
}

interface MarkFieldsProps {
  asset: Asset;
  transport: Transport;
  marks: Marks;
  onMarks: (marks: Marks) => void;
}

function MarkFields({ asset, transport, marks, onMarks }: MarkFieldsProps) {
  const rate = sourceRate(asset);
  const frames = sourceFrames(asset);
  const inFrame = marks.inFrame ?? 0;
  const outFrame = marks.outFrame ?? frames;
  const field = (label: string, frame: Frames, commit: (frame: Frames) => void) => (
    <TimecodeField
      label={label}
      frame={frame}
      rate={rate}
      onCommit={(next) => commit(Math.min(next, frames - 1))}
      className="border border-line-strong bg-raise py-0.5"
    />
  );
  return (
    <div className="flex items-center gap-1.5">
      <Button onClick={() => onMarks(markIn(marks, transport.getState().frame))}>
        <span>
          <span className="sr-only">Mark </span>
          In
        </span>
        <Kbd keys="I" />
      </Button>
      {field('In', inFrame, (frame) => onMarks(markIn(marks, frame)))}
      <Button onClick={() => onMarks(markOut(marks, transport.getState().frame))}>
        <span>
          <span className="sr-only">Mark </span>
          Out
        </span>
        <Kbd keys="O" />
      </Button>
      {field('Out', outFrame - 1, (frame) => onMarks(markOut(marks, frame)))}
      <span className="tabular ml-1 font-mono text-sm text-ink-3" role="note" aria-label="Range length">
        {formatTimecode(outFrame - inFrame, rate)}
      </span>
      {(marks.inFrame !== null || marks.outFrame !== null) && (
        <IconButton label="Clear in and out" shortcut="Alt+X" onClick={() => onMarks(noMarks)}>
          <BracketsIcon />
        </IconButton>
      )}
    </div>
  );
}
