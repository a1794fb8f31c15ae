import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ChevronLeft, SearchX } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import {
  listVariants,
  type OptionId,
  type Project,
  type ProjectId,
  variantKey,
  variantName,
} from '#shared/model/index.ts';
import { useMediaActions } from '../features/media/use-media-actions.ts';
import { useCurrentProject } from '../features/projects/use-current-project.ts';
import type { TimelineTarget } from '../features/timeline/target.ts';
import { Tray } from '../features/tray/tray.tsx';
import { useOpenSource, useShownRatio } from '../state/index.ts';
import { Button, EmptyState, IconButton, Spinner, SplitPane, useCommands } from '../ui/index.ts';

const TimelineEditor = lazy(() =>
  import('../features/timeline/timeline-editor.tsx').then((module) => ({ default: module.TimelineEditor })),
);
const route = getRouteApi('/edit/$kind/$id');

function findTarget(project: Project, kind: string, id: string): { target: TimelineTarget; name: string } | null {
  if (kind === 'option') {
    for (const slot of project.slots) {
      const option = slot.options.find((one) => one.id === id);
      if (option)
        return {
          target: { kind: 'option', optionId: option.id as OptionId },
          name: option.name.startsWith(slot.name) ? option.name : `${slot.name} · ${option.name}`,
        };
    }
    return null;
  }
  const variants = listVariants(project);
  const wanted = id.split('+');
  // The ad's first music or caption style is one more choice of every variant: the timeline shown stays the same one.
  const variant =
    variants.find((one) => variantKey(project, one) === id) ??
    variants.find((one) => wanted.every((choice) => variantKey(project, one).split('+').includes(choice)));
  return variant ? { target: { kind: 'variant', variant }, name: variantName(project, variant) } : null;
}

/** The timeline of one option or one whole variant, with the footage beside it. */
export function EditPage() {
  const { kind, id } = route.useParams();
  const { frame = 0 } = route.useSearch();
  const { state } = useCurrentProject();
  const navigate = useNavigate();
  const back = () => void navigate({ to: '/' });
  useCommands([{ id: 'edit.back', label: 'Back to the board', group: 'Timeline', keys: 'Shift+B', run: back }]);
  const found = useMemo(() => (state ? findTarget(state.project, kind, id) : null), [state, kind, id]);
  if (!state) return <Spinner label="Opening the timeline" className="m-auto size-6" />;
  if (!found) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="This timeline is no longer there"
        actions={<Button onClick={back}>Back to the board</Button>}
      >
        Its option has been removed. Undo brings it back.
      </EmptyState>
    );
  }
  return <Editor key={`${kind}:${id}`} projectId={state.project.id} {...found} startFrame={frame} onBack={back} />;
}

interface EditorProps {
  projectId: ProjectId;
  target: TimelineTarget;
  name: string;
  startFrame: number;
  onBack: () => void;
}

function Editor({ projectId, target, name, startFrame, onBack }: EditorProps) {
  const [ratio, setRatio] = useShownRatio();
  const openSource = useOpenSource();
  const { relink } = useMediaActions();
  return (
    <div className="flex min-h-0 grow flex-col">
      <header className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-2">
        <IconButton label="Back to the board" shortcut="Shift+B" size="sm" onClick={onBack}>
          <ChevronLeft />
        </IconButton>
        <h2 className="truncate text-base font-semibold">{name}</h2>
      </header>
      <SplitPane
        id="edit-tray"
        label="Resize footage"
        direction="row"
        sized="first"
        initial={240}
        min={180}
        max={520}
        beside={510}
        isFirstSpare
      >
        <Tray />
        <Suspense fallback={<Spinner label="Opening the timeline" className="m-auto size-6" />}>
          <TimelineEditor
            projectId={projectId}
            target={target}
            ratio={ratio}
            startFrame={startFrame}
            onRatioChange={setRatio}
            onOpenSource={openSource}
            onRelink={relink}
          />
        </Suspense>
      </SplitPane>
    </div>
  );
}
