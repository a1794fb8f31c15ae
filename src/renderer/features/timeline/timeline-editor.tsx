import { useEffect, useMemo } from 'react';
import type { AssetId, Project, ProjectId, Ratio } from '#shared/model/index.ts';
import { useProject } from '../../engine/queries.ts';
import { ErrorNotice, Spinner, SplitPane } from '../../ui/index.ts';
import { SidePanel } from '../captions/side-panel.tsx';
import { SequencePlayer, useOwnTransport } from '../player/index.ts';
import { CanvasLayer } from './canvas-layer.tsx';
import { EditorLint } from './editor-lint.tsx';
import { EditorProvider, LiveEditorProvider, useEditorModel } from './editor-model.ts';
import { MixerPanel } from './mixer/mixer-panel.tsx';
import { useMixerSwitch } from './mixer/use-mixer-switch.ts';
import type { TimelineTarget } from './target.ts';
import { TimelinePanel } from './timeline-panel.tsx';

/** Properties of {@link TimelineEditor}. */
export interface TimelineEditorProps {
  projectId: ProjectId;
  target: TimelineTarget;
  ratio: Ratio;
  /** Where the playhead stands at first. */
  startFrame?: number;
  onRatioChange: (ratio: Ratio) => void;
  /** Opens the source viewer. */
  onOpenSource?: (assetId: AssetId) => void;
  /** Asks the user where a missing file is now. */
  onRelink?: (assetId: AssetId) => void;
}

/** Player, inspector and timeline of one option or one variant; fills its parent. */
export function TimelineEditor(props: TimelineEditorProps) {
  const { data, error, refetch } = useProject(props.projectId);
  if (error) return <ErrorNotice error={error} actions={{ retry: () => void refetch() }} className="m-4" />;
  if (!data) {
    return (
      <div className="flex grow items-center justify-center">
        <Spinner />
      </div>
    );
  }
  return <Editor {...props} base={data.project} />;
}

function Editor({
  base,
  target,
  ratio,
  startFrame = 0,
  onRatioChange,
  onOpenSource,
  onRelink,
}: TimelineEditorProps & { base: Project }) {
  const transport = useOwnTransport();
  const { live, calm, stores } = useEditorModel({ base, target, ratio, transport, onOpenSource });
  // The same elements: a draft that changes the timeline does not draw them anew.
  const extra = useMemo(() => <EditorLint onRatioChange={onRatioChange} />, [onRatioChange]);
  const canvas = useMemo(() => <CanvasLayer />, []);
  const side = useMemo(() => <SidePanel />, []);
  const tracks = useMemo(() => <TimelinePanel />, []);
  const [isMixing, toggleMixer] = useMixerSwitch();
  const identity = target.kind === 'option' ? target.optionId : JSON.stringify(target.variant);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another target starts anew
  useEffect(() => {
    transport.pause();
    transport.seek(startFrame);
  }, [transport, identity, startFrame]);
  return (
    <EditorProvider value={calm}>
      <LiveEditorProvider value={stores}>
        <SplitPane
          id="timeline.height"
          label="Resize timeline"
          direction="column"
          sized="second"
          initial={336}
          min={150}
          max={700}
        >
          <SplitPane
            id="timeline.inspector"
            label="Resize inspector"
            direction="row"
            sized="second"
            initial={288}
            min={220}
            max={480}
          >
            <div className="flex min-h-0 grow flex-col">
              {live.problem && <ErrorNotice error={live.problem} />}
              <SequencePlayer
                timeline={live.timeline}
                ratio={ratio}
                onRatioChange={onRatioChange}
                transport={transport}
                onRelink={onRelink}
                extra={extra}
              >
                {canvas}
              </SequencePlayer>
            </div>
            {side}
          </SplitPane>
          <div className="flex min-h-0 min-w-0 grow">
            {tracks}
            {isMixing && <MixerPanel onClose={toggleMixer} />}
          </div>
        </SplitPane>
      </LiveEditorProvider>
    </EditorProvider>
  );
}
