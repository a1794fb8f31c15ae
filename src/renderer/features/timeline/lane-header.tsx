import { Eye, EyeOff, Headphones, Lock, LockOpen, Volume2, VolumeX, X } from 'lucide-react';
import { memo, useState } from 'react';
import { cn, InlineEdit } from '../../ui/index.ts';
import { keepFocus } from '../player/index.ts';
import type { EditorModel } from './editor-model.ts';
import { isSameLane } from './lane-contents.ts';
import type { Lane } from './model/lanes.ts';
import { asEdit } from './model/placement.ts';

interface LaneHeaderProps {
  lane: Lane;
  height: number;
  /** Has tracks, and no clips on them. */
  isSpare: boolean;
  commit: EditorModel['commit'];
}

function isSameHeader({ lane, ...rest }: LaneHeaderProps, { lane: next, ...others }: LaneHeaderProps): boolean {
  return (
    isSameLane(lane, next) && Object.entries(rest).every(([key, value]) => value === others[key as keyof typeof others])
  );
}

/** Name and switches of a lane; they hold for its track in every section shown. */
export const LaneHeader = memo(function LaneHeader({ lane, height, isSpare, commit }: LaneHeaderProps) {
  const [isEditing, setEditing] = useState(false);
  const set = (
    label: string,
    patch: Partial<Record<'isHidden' | 'isMuted' | 'isSolo' | 'isLocked', boolean>> & { name?: string },
  ) =>
    commit(
      asEdit(
        label,
        lane.parts.flatMap(({ section, track }) =>
          section.sequence
            ? [{ type: 'track.set' as const, sequenceId: section.sequence.id, trackId: track.id, patch }]
            : [],
        ),
      ),
    );
  const remove = () =>
    commit(
      asEdit(
        'Remove track',
        lane.parts.flatMap(({ section, track }) =>
          section.sequence
            ? [{ type: 'track.remove' as const, sequenceId: section.sequence.id, trackId: track.id }]
            : [],
        ),
      ),
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the focus where it was
    <div
      data-no-gesture
      onMouseDown={(event) => event.target instanceof HTMLInputElement || keepFocus(event)}
      className="group flex h-full items-center gap-0.5 overflow-hidden pr-1 pl-3"
      style={{ height }}
    >
      <InlineEdit
        label={`Name of track ${lane.name}`}
        value={lane.name}
        onCommit={(name) => set('Rename track', { name })}
        isEditing={isEditing}
        onEditingChange={setEditing}
        className="min-w-0 grow truncate text-sm text-ink-2"
      />
      {isSpare && (
        <button
          type="button"
          aria-label={`Remove empty track ${lane.name}`}
          title="Remove empty track"
          onClick={remove}
          className="flex size-5 shrink-0 items-center justify-center rounded-sm text-ink-3 opacity-0 group-hover:opacity-100 hover:bg-lift hover:text-ink focus-visible:opacity-100"
        >
          <X className="size-3.5" />
        </button>
      )}
      <LaneSwitch
        label={`${lane.isMuted ? 'Unmute' : 'Mute'} ${lane.name}`}
        isOn={lane.isMuted}
        onClick={() => set('Mute track', { isMuted: !lane.isMuted })}
      >
        {lane.isMuted ? <VolumeX /> : <Volume2 />}
      </LaneSwitch>
      <LaneSwitch
        label={`${lane.isSolo ? 'End solo of' : 'Solo'} ${lane.name}`}
        isOn={lane.isSolo}
        onClick={() => set('Solo track', { isSolo: !lane.isSolo })}
      >
        <Headphones />
      </LaneSwitch>
      {lane.kind === 'visual' && (
        <LaneSwitch
          label={`${lane.isHidden ? 'Show' : 'Hide'} ${lane.name}`}
          isOn={lane.isHidden}
          onClick={() => set('Hide track', { isHidden: !lane.isHidden })}
        >
          {lane.isHidden ? <EyeOff /> : <Eye />}
        </LaneSwitch>
      )}
      <LaneSwitch
        label={`${lane.isLocked ? 'Unlock' : 'Lock'} ${lane.name}`}
        isOn={lane.isLocked}
        onClick={() => set('Lock track', { isLocked: !lane.isLocked })}
      >
        {lane.isLocked ? <Lock /> : <LockOpen />}
      </LaneSwitch>
    </div>
  );
}, isSameHeader);

function LaneSwitch(props: { label: string; isOn: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-label={props.label}
      aria-pressed={props.isOn}
      title={props.label}
      onClick={props.onClick}
      className={cn(
        'flex size-5 shrink-0 items-center justify-center rounded-sm hover:bg-lift [&>svg]:size-3.5',
        props.isOn ? 'text-warn' : 'text-ink-3 hover:text-ink',
      )}
    >
      {props.children}
    </button>
  );
}
