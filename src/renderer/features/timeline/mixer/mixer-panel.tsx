import { X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { usePresets } from '../../../engine/queries.ts';
import { IconButton, Panel } from '../../../ui/index.ts';
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

/** The loudness that exports are brought to. */
function LoudnessAim() {
  const preset = usePresets().data?.find(({ loudnessLufs }) => loudnessLufs !== null);
  if (!preset) return null;
  const lufs = (preset.loudnessLufs ?? 0).toFixed(1).replace('-', '−');
  return (
    <p
      className="flex items-baseline gap-1 text-xs text-ink-3"
      title={`“${preset.name}” brings the whole to this loudness, with one gain for everything`}
    >
      <span>Exports aim at</span>
      <span className="tabular ml-auto text-sm text-ink-2">{lufs}</span>
      <span>LUFS</span>
    </p>
  );
}
