import {
  ArrowLeftToLine,
  ArrowRightToLine,
  Blend,
  Bookmark,
  Drum,
  Film,
  Magnet,
  Mic,
  Palette,
  Redo2,
  SlidersVertical,
  SquareSplitHorizontal,
  Trash2,
  Type,
  Undo2,
  UnfoldHorizontal,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { memo } from 'react';
import type { ProjectId } from '#shared/model/index.ts';
import { useProject, useUndo } from '../../engine/queries.ts';
import { Button, IconButton } from '../../ui/index.ts';
import { keepFocus } from '../player/index.ts';
import { useIsMixing } from './mixer/use-mixer-switch.ts';
import type { Tool } from './model/tool-edits.ts';
import type { TimelineActions } from './timeline-commands.ts';
import { ToolBar } from './tool-bar.tsx';
import { useBeatsShown } from './use-beats.ts';
import type { ScrollView } from './use-timeline-view.ts';

interface ToolbarProps {
  actions: TimelineActions;
  projectId: ProjectId;
  hasSelection: boolean;
  isEmpty: boolean;
  zoomBy: ScrollView['zoomBy'];
  showAll: () => void;
  isSnapping: boolean;
  onSnapping: () => void;
  tool: Tool;
  onTool: (tool: Tool) => void;
  onMark: () => void;
  onTransition: () => void;
  onBeats: () => void;
  /** The panel for voice-overs is open. */
  isRecording: boolean;
  onRecord: () => void;
  /** Of the music, in words. */
  tempo: string;
  onMedia: () => void;
  /** There are cuts that a transition could lie at. */
  hasCuts: boolean;
}

/** Buttons above the tracks. */
export const TimelineToolbar = memo(function TimelineToolbar(props: ToolbarProps) {
  const { actions, projectId, hasSelection, isEmpty, zoomBy, isSnapping, onSnapping, tool, onTool } = props;
  const { data: state } = useProject(projectId);
  const { undo, redo } = useUndo(projectId);
  return (
    <div
      role="toolbar"
      aria-label="Timeline tools"
      onMouseDown={keepFocus}
      className="flex h-9 shrink-0 items-center gap-0.5 overflow-x-auto border-b border-line bg-panel px-2 [scrollbar-width:none]"
    >
      <IconButton
        label={state?.undoLabel ? `Undo: ${state.undoLabel}` : 'Undo'}
        shortcut="Mod+Z"
        disabled={!state?.undoLabel}
        onClick={undo}
      >
        <Undo2 />
      </IconButton>
      <IconButton
        label={state?.redoLabel ? `Redo: ${state.redoLabel}` : 'Redo'}
        shortcut="Mod+Shift+Z"
        disabled={!state?.redoLabel}
        onClick={redo}
      >
        <Redo2 />
      </IconButton>
      <Rule />
      <ToolBar tool={tool} onTool={onTool} />
      <Rule />
      <IconButton label="Split" shortcut="S" disabled={isEmpty} onClick={actions.split}>
        <SquareSplitHorizontal />
      </IconButton>
      <IconButton label="Trim start to the playhead" shortcut="Q" disabled={isEmpty} onClick={actions.trimStart}>
        <ArrowRightToLine />
      </IconButton>
      <IconButton label="Trim end to the playhead" shortcut="W" disabled={isEmpty} onClick={actions.trimEnd}>
        <ArrowLeftToLine />
      </IconButton>
      <IconButton label="Delete" shortcut="Delete" disabled={!hasSelection} onClick={actions.remove}>
        <Trash2 />
      </IconButton>
      <IconButton label="Add or edit a marker" shortcut="M" disabled={isEmpty} onClick={props.onMark}>
        <Bookmark />
      </IconButton>
      <IconButton
        label="Add a crossfade at the cut"
        shortcut="Shift+D"
        disabled={!props.hasCuts}
        onClick={props.onTransition}
      >
        <Blend />
      </IconButton>
      <Rule />
      <Button
        variant="ghost"
        icon={<Film className="size-4" />}
        onClick={props.onMedia}
        title="Insert media at the playhead (E)"
      >
        Media
      </Button>
      <Button variant="ghost" icon={<Type className="size-4" />} onClick={actions.addText} title="Add text (T)">
        Text
      </Button>
      <Button
        variant="ghost"
        icon={<Palette className="size-4" />}
        onClick={actions.addColour}
        title="Add colour (Shift+T)"
      >
        Colour
      </Button>
      <div className="grow" />
      <IconButton label="Record voice-over" shortcut="Shift+V" isActive={props.isRecording} onClick={props.onRecord}>
        <Mic />
      </IconButton>
      <SoundButtons tempo={props.tempo} onBeats={props.onBeats} />
      <IconButton label="Snapping" shortcut="Shift+N" isActive={isSnapping} onClick={onSnapping}>
        <Magnet />
      </IconButton>
      <Rule />
      <IconButton label="Zoom out" shortcut="-" onClick={() => zoomBy(-2)}>
        <ZoomOut />
      </IconButton>
      <IconButton label="Zoom in" shortcut="Plus" onClick={() => zoomBy(2)}>
        <ZoomIn />
      </IconButton>
      <IconButton label="Zoom to fit" shortcut="Shift+Z" onClick={props.showAll}>
        <UnfoldHorizontal />
      </IconButton>
    </div>
  );
});

/** Beats of the music, and the mixer. */
function SoundButtons({ tempo, onBeats }: Pick<ToolbarProps, 'tempo' | 'onBeats'>) {
  const [isBeatsShown] = useBeatsShown();
  const [isMixing, toggleMixer] = useIsMixing();
  return (
    <>
      {isBeatsShown && (
        <span className="tabular mr-1 text-xs whitespace-nowrap text-ink-3" aria-live="polite">
          {tempo}
        </span>
      )}
      <IconButton label="Beats of the music" shortcut="Alt+B" isActive={isBeatsShown} onClick={onBeats}>
        <Drum />
      </IconButton>
      <IconButton label="Mixer" shortcut="Shift+A" isActive={isMixing} onClick={toggleMixer}>
        <SlidersVertical />
      </IconButton>
    </>
  );
}

function Rule() {
  return <span aria-hidden className="mx-1.5 h-4 w-px bg-line-strong" />;
}
