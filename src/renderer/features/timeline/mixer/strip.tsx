import { Headphones, Volume2, VolumeX } from 'lucide-react';
import type { SoundRole } from '#shared/model/index.ts';
import type { MeterReading } from '../../../preview/sound/audio-output.ts';
import { IconButton, NumberInput, Select, Slider } from '../../../ui/index.ts';
import { useEditor } from '../editor-model.ts';
import { roleChoices, roleNames, type Strip, type StripPatch, stripEdit } from '../model/mixer.ts';
import { decibelWords } from '../model/volume-band.ts';
import { PeakMeter } from './meters.tsx';

const roles = roleChoices.map((value) => ({ value, label: roleNames[value] }));

/** One row of the mixer: what it is, how loud, where, and what comes out of it. */
export function MixerStrip({ strip }: { strip: Strip }) {
  const { draft, commit } = useEditor();
  const { name, gainDb, pan, role } = strip;
  const show = (patch: StripPatch) => draft(stripEdit(strip, 'Change volume of track', patch));
  const set = (label: string, patch: StripPatch) => commit(stripEdit(strip, label, patch));
  const select = ({ buses }: MeterReading) => {
    const peaks = strip.buses.map((bus) => buses.get(bus)).filter((one) => one !== undefined);
    return {
      left: Math.max(0, ...peaks.map(({ left }) => left)),
      right: Math.max(0, ...peaks.map(({ right }) => right)),
    };
  };
  return (
    <section aria-label={`Mixer, ${name}`} className="flex flex-col gap-1 border-b border-line px-2.5 py-2">
      <header className="flex h-6 items-center gap-1">
        <h3 className="min-w-0 grow truncate text-sm text-ink-2">{name}</h3>
        {strip.isMixed && (
          <span className="text-2xs text-ink-3" title="The parts of the ad differ here; the first is shown">
            differs
          </span>
        )}
        {role !== null && (
          <Select
            label={`What ${name} is`}
            value={role}
            options={roles}
            onChange={(next) => set('Change role of track', { role: asRole(next) })}
            className="h-6 w-26 text-xs"
          />
        )}
        {strip.isMuted !== null && (
          <IconButton
            label={`${strip.isMuted ? 'Unmute' : 'Mute'} ${name}`}
            size="sm"
            isActive={strip.isMuted}
            onClick={() => set('Mute track', { isMuted: !strip.isMuted })}
          >
            {strip.isMuted ? <VolumeX /> : <Volume2 />}
          </IconButton>
        )}
        {strip.isSolo !== null && (
          <IconButton
            label={`${strip.isSolo ? 'End solo of' : 'Solo'} ${name}`}
            size="sm"
            isActive={strip.isSolo}
            onClick={() => set('Solo track', { isSolo: !strip.isSolo })}
          >
            <Headphones />
          </IconButton>
        )}
      </header>
      <PeakMeter label={`Level of ${name}`} select={select} />
      <div className="flex items-center gap-2">
        <Caption>Volume</Caption>
        <Slider
          label={`Volume of ${name}`}
          value={Math.max(-48, Math.min(12, gainDb))}
          min={-48}
          max={12}
          step={0.5}
          valueText={decibelWords(gainDb)}
          onChange={(next) => show({ gainDb: next })}
          onCommit={(next) => set('Change volume of track', { gainDb: next })}
        />
        <NumberInput
          label={`Volume of ${name}, decibels`}
          value={gainDb}
          min={-96}
          max={24}
          step={0.5}
          unit="dB"
          onChange={(next) => set('Change volume of track', { gainDb: next })}
          className="w-18 shrink-0"
        />
      </div>
      <div className="flex items-center gap-2">
        <Caption>Pan</Caption>
        <Slider
          label={`Pan of ${name}`}
          value={pan}
          min={-1}
          max={1}
          step={0.05}
          onChange={(next) => show({ pan: next })}
          onCommit={(next) => set('Change pan of track', { pan: next })}
        />
        <NumberInput
          label={`Pan of ${name}, per cent to the right`}
          value={Math.round(pan * 100)}
          min={-100}
          max={100}
          step={5}
          unit="%"
          onChange={(next) => set('Change pan of track', { pan: next / 100 })}
          className="w-18 shrink-0"
        />
      </div>
    </section>
  );
}

/** What a slider is for; screen readers hear it with the name of the track. */
function Caption({ children }: { children: string }) {
  return (
    <span aria-hidden className="w-11 shrink-0 text-xs text-ink-3">
      {children}
    </span>
  );
}

const asRole = (choice: SoundRole | 'usual'): SoundRole | null => (choice === 'usual' ? null : choice);
