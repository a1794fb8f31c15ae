import { useCallback, useMemo, useRef, useState } from 'react';
import { rememberedAtom, useAskForMedia, useAtom } from '../../state/index.ts';
import { useCommands } from '../../ui/index.ts';
import { VoiceOverPanel } from '../voice-over/voice-over-panel.tsx';
import { editActions, editCommands, type TimelineDialog } from './edit-actions.ts';
import { useSettledEditor } from './editor-model.ts';
import type { Tool } from './model/tool-edits.ts';
import { hasCuts } from './model/transition-edits.ts';
import { selectCommands } from './select-commands.ts';
import { SelectionWords } from './selection-words.tsx';
import { timelineActions, timelineCommands } from './timeline-commands.ts';
import { TimelineDialogs } from './timeline-dialogs.tsx';
import { TimelineToolbar } from './timeline-toolbar.tsx';
import { TimelineTracks } from './timeline-tracks.tsx';
import { useAddMedia } from './use-add-media.ts';
import { tempoWords } from './use-beats.ts';
import { useRange } from './use-range.ts';
import { useSoundTools } from './use-sound-tools.ts';
import type { ScrollDeeds, ScrollView } from './use-timeline-view.ts';

const snappingAtom = rememberedAtom('timeline.snapping', true);

function useSnapping() {
  const [isOn, setOn] = useAtom(snappingAtom);
  const toggle = useCallback(() => setOn((before) => !before), [setOn]);
  return { isOn, toggle };
}

/** Zoom and scroll of the tracks from outside of them. */
function useScrollDeeds() {
  const handle = useRef<ScrollView>(null);
  const [deeds] = useState<ScrollDeeds>(() => ({
    zoomBy: (steps, anchorPixel) => handle.current?.zoomBy(steps, anchorPixel),
    showAll: () => handle.current?.showAll(),
    showRange: (startFrame, endFrame) => handle.current?.showRange(startFrame, endFrame),
  }));
  return { handle, deeds };
}

/** Whether the panel for voice-overs is open, with its command. It is never open by itself: it listens. */
function useVoiceOverSwitch(): [boolean, () => void] {
  const [isOpen, setOpen] = useState(false);
  const toggle = useCallback(() => setOpen((before) => !before), []);
  const label = isOpen ? 'Close voice-over' : 'Record voice-over';
  useCommands([{ id: 'timeline.voiceOver', label, group: 'Timeline', keys: 'Shift+V', run: toggle }]);
  return [isOpen, toggle];
}

/** Tools and tracks of what is edited. */
export function TimelinePanel() {
  const model = useSettledEditor();
  const { view, current } = model;
  const snapping = useSnapping();
  const { handle, deeds } = useScrollDeeds();
  const actions = useMemo(() => timelineActions(current), [current]);
  const [tool, setTool] = useState<Tool>('select');
  const [dialog, setDialog] = useState<TimelineDialog | null>(null);
  const scene = { model: current, tool, setTool, open: setDialog, pick: useAskForMedia(), scroll: deeds };
  const edits = editActions(scene);
  const sound = useSoundTools(current);
  const { addMedia, addCommands } = useAddMedia(current);
  useCommands([
    ...timelineCommands(actions, deeds, snapping, model.selection.size > 0),
    ...editCommands(edits, scene, actions.selectNone),
    ...sound.soundCommands,
    ...addCommands,
    ...selectCommands(current),
  ]);
  const range = useRange(model, current);
  const [isRecording, toggleRecording] = useVoiceOverSwitch();
  const latest = useRef({ edits, sounds: sound.sounds });
  latest.current = { edits, sounds: sound.sounds };
  const mark = useCallback(() => latest.current.edits.mark(), []);
  const addTransition = useCallback(() => latest.current.edits.addTransition(), []);
  const openMarker = useCallback((key: string) => setDialog({ kind: 'marker', key }), []);
  const menu = useCallback(() => ({ actions, ...latest.current }), [actions]);

  return (
    <>
      <section aria-label="Timeline" className="isolate flex min-h-0 min-w-0 grow flex-col bg-panel">
        <TimelineToolbar
          actions={actions}
          projectId={model.projectId}
          hasSelection={model.selection.size > 0}
          isEmpty={view.items.length === 0}
          zoomBy={deeds.zoomBy}
          showAll={deeds.showAll}
          isSnapping={snapping.isOn}
          onSnapping={snapping.toggle}
          tool={tool}
          onTool={setTool}
          onMark={mark}
          onTransition={addTransition}
          onBeats={sound.showBeats}
          isRecording={isRecording}
          onRecord={toggleRecording}
          tempo={tempoWords(model.beats)}
          hasCuts={useMemo(() => hasCuts(view), [view])}
          onMedia={addMedia}
        />
        <SelectionWords />
        <TimelineTracks
          handle={handle}
          tool={tool}
          isSnapping={snapping.isOn}
          range={range}
          menu={menu}
          openMarker={openMarker}
        />
        <TimelineDialogs dialog={dialog} onClose={() => setDialog(null)} />
      </section>
      {isRecording && <VoiceOverPanel current={current} range={range.range} onClose={toggleRecording} />}
    </>
  );
}
