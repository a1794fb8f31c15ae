import type { AssetId, Project, Ratio, Timeline } from '#shared/model/index.ts';
import { useApplyEdit } from '../../engine/queries.ts';
import { useCommands } from '../../ui/index.ts';
import { LintButton, useLintPanel } from '../lint/index.ts';
import { SequencePlayer, useOwnTransport, useSources } from '../player/index.ts';

interface CheckedPlayerProps {
  project: Project;
  timeline: Timeline;
  ratio: Ratio;
  onRatioChange: (ratio: Ratio) => void;
  onRelink: (assetId: AssetId) => void;
}

/** A variant's player that also says what platforms would cover of it. */
export function CheckedPlayer({ project, timeline, ratio, onRatioChange, onRelink }: CheckedPlayerProps) {
  const transport = useOwnTransport();
  const { sources } = useSources(timeline);
  const scene = { project, timeline, ratio, sources, commit: useApplyEdit(project.id), group: 'Player' };
  const { lint, isOpen, setOpen, move, openCommand } = useLintPanel(scene);
  useCommands([openCommand]);
  return (
    <SequencePlayer
      timeline={timeline}
      ratio={ratio}
      onRatioChange={onRatioChange}
      transport={transport}
      hasScrubBar
      isAutoPlaying
      onRelink={onRelink}
      extra={
        <LintButton
          lint={lint}
          ratio={ratio}
          rate={timeline.rate}
          isOpen={isOpen}
          onOpenChange={setOpen}
          onRatioChange={onRatioChange}
          onShow={(row) => {
            transport.pause();
            transport.seek(row.finding.startFrame);
          }}
          onMove={(rows) => move(rows.map(({ clipId }) => clipId))}
        />
      }
    />
  );
}
