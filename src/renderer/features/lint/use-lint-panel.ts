import { useState } from 'react';
import type { EditInput, Project, Ratio, Timeline } from '#shared/model/index.ts';
import type { PreviewSources } from '../../preview/source.ts';
import type { Command } from '../../ui/index.ts';
import { useLintPlacements } from './lint-choice.ts';
import { useLint } from './use-lint.ts';
import { useMove } from './use-move.ts';

/** Checks a timeline against the safe zones; what {@link LintButton} shows, and the command that opens its list. */
export function useLintPanel(options: {
  project: Project;
  timeline: Timeline;
  ratio: Ratio;
  sources: PreviewSources;
  commit: (edit: EditInput) => void;
  /** Heading of the command. */
  group: string;
}) {
  const { project, timeline, ratio, sources, commit, group } = options;
  const [placements] = useLintPlacements();
  const lint = useLint(timeline, sources, placements);
  const [isOpen, setOpen] = useState(false);
  const move = useMove({ project, timeline, ratio, lint, commit });
  const openCommand: Command = {
    ...{ id: 'lint.open', label: 'Check safe zones', group, keys: 'Alt+Z' },
    run: () => setOpen((is) => !is),
  };
  return { lint, isOpen, setOpen, move, openCommand };
}
