import { AudioLines, Scissors } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Asset, AssetId, SequenceId } from '#shared/model/index.ts';
import {
  findSilences,
  type Loudness,
  type SequenceCuts,
  type SilenceOptions,
  type Stretch,
  usualSilence,
} from '#shared/transcript/index.ts';
import type { Frames } from '#shared/units/index.ts';
import { renditionUrl } from '../../engine/index.ts';
import { rememberedAtom, useAtom } from '../../state/index.ts';
import { Button, EmptyState, IconButton, NumberInput, Slider } from '../../ui/index.ts';
import { useEditor } from '../timeline/editor-model.ts';
import { loadWaveform } from '../timeline/media-cache.ts';
import type { SectionView, TimelineView } from '../timeline/model/lanes.ts';
import { cutLength, cutsFrom } from './model/script.ts';
import { type ScriptActions, secondsText, shortTime } from './use-script-actions.ts';

const isSilenceOptions = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(usualSilence).every((key) => Number.isFinite((value as Record<string, unknown>)[key]));
const optionsAtom = rememberedAtom<SilenceOptions>('transcript.pauses', usualSilence, isSilenceOptions);

/** A pause on the timeline shown. */
interface Pause {
  section: SectionView;
  sequenceId: SequenceId;
  /** In frames of its sequence. */
  stretch: Stretch;
  /** On the timeline shown. */
  startFrame: Frames;
  lengthFrames: Frames;
}

/** How loud media are, as far as their waveforms are there. */
function useLoudness(ids: readonly AssetId[], assets: ReadonlyMap<AssetId, Asset>, mediaBase: string) {
  const [known, setKnown] = useState<ReadonlyMap<AssetId, Loudness>>(new Map());
  useEffect(() => {
    let isWanted = true;
    const read = async (id: AssetId): Promise<[AssetId, Loudness] | null> => {
      const asset = assets.get(id);
      const shape = asset?.renditions.find(({ kind }) => kind === 'waveform')?.waveform;
      const url = asset ? renditionUrl(mediaBase, asset, 'waveform') : null;
      if (!shape || url === null) return null;
      const peaks = await loadWaveform(url).catch(() => null);
      return peaks && [id, { peaks, bucketsPerSecond: shape.bucketsPerSecond }];
    };
    void Promise.all(ids.map(read)).then((all) => {
      if (isWanted) setKnown(new Map(all.filter((one) => one !== null)));
    });
    return () => {
      isWanted = false;
    };
  }, [ids, assets, mediaBase]);
  return known;
}

function pausesOf(
  view: TimelineView,
  options: SilenceOptions,
  known: { loudness: ReadonlyMap<AssetId, Loudness>; speaks: (id: AssetId) => boolean },
): Pause[] {
  return view.sections.flatMap((section) => {
    const { sequence, values, startFrame } = section;
    if (!sequence) return [];
    return findSilences(sequence, { ...options, ...known, values, rate: view.rate }).map((stretch): Pause => {
      const lengthFrames = stretch.endFrame - stretch.startFrame;
      return { section, sequenceId: sequence.id, stretch, startFrame: startFrame + stretch.startFrame, lengthFrames };
    });
  });
}

function cutsOfPauses(pauses: readonly Pause[]): SequenceCuts[] {
  const bySequence = Map.groupBy(pauses, ({ sequenceId }) => sequenceId);
  return cutsFrom(new Map([...bySequence].map(([id, list]) => [id, list.map(({ stretch }) => stretch)])));
}

interface PausesToolProps {
  view: TimelineView;
  heard: readonly AssetId[];
  /** True for media with a transcript: those are the voices where there are any. */
  speaks: (id: AssetId) => boolean;
  actions: ScriptActions;
}

/** Silent stretches of what is said, to be cut one by one or all at once. */
export function PausesTool({ view, heard, speaks, actions }: PausesToolProps) {
  const { assets, mediaBase, transport } = useEditor();
  const [options, setOptions] = useAtom(optionsAtom);
  const loudness = useLoudness(heard, assets, mediaBase);
  const pauses = useMemo(() => pausesOf(view, options, { loudness, speaks }), [view, options, loudness, speaks]);
  const cuts = useMemo(() => cutsOfPauses(pauses), [pauses]);
  const set = (change: Partial<SilenceOptions>) => setOptions((before) => ({ ...before, ...change }));
  const unread = heard.filter((id) => !loudness.has(id)).length;
  return (
    <>
      <PauseSettings options={options} set={set} />
      {pauses.length === 0 ? (
        <EmptyState
          size="sm"
          icon={<AudioLines />}
          title={heard.length === 0 ? 'Nothing is heard here' : 'No pauses found'}
        >
          {heard.length === 0
            ? 'Put footage with sound on the timeline.'
            : unread > 0
              ? 'The waveforms are still being made.'
              : 'Raise the level or take shorter pauses, too.'}
        </EmptyState>
      ) : (
        <>
          <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
            <span className="grow text-sm text-ink-2" aria-live="polite">
              {pauses.length === 1 ? '1 pause' : `${pauses.length} pauses`}, {secondsText(cutLength(cuts), view.rate)}
            </span>
            <Button size="sm" icon={<Scissors className="size-3.5" />} onClick={() => actions.cut(cuts, 'Cut pauses')}>
              Cut all
            </Button>
          </div>
          <ul aria-label="Pauses" className="min-h-0 grow overflow-y-auto py-1">
            {pauses.map((pause) => (
              <li
                key={`${pause.section.slotId}/${pause.startFrame}`}
                className="flex h-8 items-center gap-2 px-3 hover:bg-raise"
              >
                <button
                  type="button"
                  onClick={() => {
                    transport.pause();
                    transport.seek(pause.startFrame);
                  }}
                  className="flex grow items-baseline gap-3 rounded-sm text-left text-sm text-ink"
                >
                  <span className="tabular">{shortTime(pause.startFrame, view.rate)}</span>
                  <span className="tabular text-ink-3">{secondsText(pause.lengthFrames, view.rate)}</span>
                </button>
                <IconButton
                  label={`Cut the pause at ${shortTime(pause.startFrame, view.rate)}`}
                  size="sm"
                  onClick={() => actions.cut(cutsOfPauses([pause]), 'Cut pause')}
                >
                  <Scissors />
                </IconButton>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function PauseSettings({ options, set }: { options: SilenceOptions; set: (change: Partial<SilenceOptions>) => void }) {
  return (
    <div className="grid shrink-0 grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1.5 border-b border-line px-3 py-2 text-sm text-ink-2">
      <span>Quieter than</span>
      <span className="flex items-center gap-2">
        <Slider
          label="Level below which it is silent"
          value={options.thresholdDb}
          min={-45}
          max={-15}
          valueText={`${options.thresholdDb} dB`}
          onChange={(thresholdDb) => set({ thresholdDb })}
        />
        <span className="tabular w-14 shrink-0 text-right text-ink">
          {`${options.thresholdDb} dB`.replace('-', '−')}
        </span>
      </span>
      <span>For at least</span>
      <NumberInput
        label="Shortest pause in seconds"
        value={options.minMs / 1000}
        min={0.1}
        max={10}
        step={0.1}
        unit="s"
        onChange={(seconds) => set({ minMs: Math.round(seconds * 1000) })}
        className="w-20 justify-self-end"
      />
      <span>Keep beside words</span>
      <NumberInput
        label="Seconds kept beside words"
        value={options.paddingMs / 1000}
        min={0}
        max={2}
        step={0.05}
        unit="s"
        onChange={(seconds) => set({ paddingMs: Math.round(seconds * 1000) })}
        className="w-20 justify-self-end"
      />
    </div>
  );
}
