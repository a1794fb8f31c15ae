import { RotateCcw, X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { aimedLoudness } from '#shared/model/index.ts';
import { usePresets } from '../../../engine/queries.ts';
import { IconButton, NumberInput, Panel } from '../../../ui/index.ts';
import { useEditor } from '../editor-model.ts';
import { stripsOf } from '../model/mixer.ts';
import { DuckingGroup } from './ducking-group.tsx';
import { FeedProvider, LoudnessMeter, MeterFeed, PeakMeter } from './meters.tsx';
import { MixerStrip } from './strip.tsx';

/** The mixer beside the tracks: volume, pan and role of each, meters, and how music gives way to voices. */
export function MixerPanel({ onClose }: { onClose: () => void }) {
  const { view, globals, assets, transport } = useEditor();
  const [feed] = useState(() => new MeterFeed(transport));
  useEffect(() => {
    feed.start();
    return () => feed.stop();
  }, [feed]);
  const strips = useMemo(() => stripsOf(view, globals, assets), [view, globals, assets]);
  return (
    <FeedProvider value={feed}>
      <Panel
        title="Mixer"
        className="w-68 shrink-0 border-l border-line"
        actions={
          <IconButton label="Close mixer" shortcut="Shift+A" size="sm" onClick={onClose}>
            <X />
          </IconButton>
        }
      >
        <div className="min-h-0 grow overflow-y-auto">
          <section aria-label="Mixer, everything" className="flex flex-col gap-1 border-b border-line px-2.5 py-2">
            <h3 className="text-sm text-ink-2">Everything</h3>
            <PeakMeter label="Level of everything" select={({ mix }) => mix} />
            <LoudnessMeter />
            <LoudnessAim />
          </section>
          {strips.map((strip) => (
            <MixerStrip key={strip.key} strip={strip} />
          ))}
          {strips.length === 0 && <p className="px-2.5 py-2 text-xs text-ink-3">Nothing here can be heard yet.</p>}
          <DuckingGroup />
        </div>
      </Panel>
    </FeedProvider>
  );
}

/** The loudness that exports are brought to: the project's own, or what their preset says. */
function LoudnessAim() {
  const { project, commit } = useEditor();
  const preset = usePresets().data?.find(({ loudnessLufs }) => loudnessLufs !== null);
  if (!preset || preset.loudnessLufs === null) return null;
  const own = project.loudnessLufs;
  const usual = `${preset.loudnessLufs} LUFS`.replace('-', '−');
  const set = (loudnessLufs: number | null) => commit({ type: 'project.setLoudness', loudnessLufs });
  return (
    <div className="flex items-center gap-1 text-xs text-ink-3">
      <span
        className="grow"
        title={`Exports are brought to this loudness, with one gain for everything. Usual: ${usual}`}
      >
        Exports aim at
      </span>
      {own !== null && (
        <IconButton label={`Back to ${usual}`} size="sm" onClick={() => set(null)}>
          <RotateCcw />
        </IconButton>
      )}
      <NumberInput
        label="Loudness of exports, LUFS"
        value={aimedLoudness(preset.loudnessLufs, project) ?? preset.loudnessLufs}
        min={-40}
        max={-5}
        step={1}
        unit="LUFS"
        onChange={(next) => set(next === preset.loudnessLufs ? null : next)}
        className="w-24 shrink-0"
      />
    </div>
  );
}
