import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { attempt, useEngine, useProject } from '../../engine/index.ts';
import {
  newerReview,
  useNoteDraft,
  useReviewFilter,
  useReviewFocus,
  useReviewView,
  useSaid,
} from '../../state/index.ts';
import { toast } from '../../ui/index.ts';
import { useCurrentProject } from '../projects/use-current-project.ts';
import {
  filterItems,
  hasFailedCheck,
  nextUndecided,
  optionChoices,
  type ReviewItem,
  reviewItems,
  tallyOf,
} from './review-list.ts';
import type { ReviewModel } from './review-model.tsx';
import { type ReviewScope, useReviewExports } from './use-review-exports.ts';
import { useVerdicts } from './use-verdicts.ts';

/** The review page's state and deeds; `asked`: a file whose approval has to be confirmed. */
export interface ReviewState {
  model: ReviewModel;
  isReading: boolean;
  error: unknown;
  retry: () => void;
  asked: ReviewItem | null;
  answer: (isApproved: boolean) => void;
}

/** See {@link ReviewState}. `exportId`: the file that the address opens. */
export function useReviewState(
  scope: ReviewScope,
  exportId: string | null,
  show: (exportId: string | null) => void,
): ReviewState {
  const { data, error, refetch, isPending } = useReviewExports(scope);
  const [asked, setAsked] = useState<ReviewItem | null>(null);
  const { items, underWay } = useItems(data?.exports, scope);
  const [filter] = useReviewFilter();
  const visible = useMemo(() => filterItems(items, filter), [items, filter]);
  const tally = useMemo(() => tallyOf(items), [items]);
  const choices = useMemo(() => optionChoices(items), [items]);
  const { data: project } = useProject(data?.projectId ?? null);
  const current = items.find(({ file }) => file.id === exportId) ?? null;
  const deeds = useDeeds({ items, visible, current, show, ask: setAsked });
  return {
    model: { ...{ items, visible, tally, choices, underWay, current }, project: project?.project ?? null, ...deeds },
    isReading: isPending && (scope.batchId !== null || scope.projectId !== null),
    error,
    retry: () => void refetch(),
    asked,
    answer(isApproved) {
      if (asked && isApproved) deeds.approveAnyway(asked);
      setAsked(null);
    },
  };
}

function useItems(exports: Parameters<typeof reviewItems>[0] | undefined, { batchId }: ReviewScope) {
  const said = useSaid();
  return useMemo(() => {
    const merged = (exports ?? []).map((one) => {
      const review = newerReview(one.review, said.get(one.id));
      return review === one.review ? one : { ...one, review };
    });
    const isOpen = (state: string) => state === 'queued' || state === 'running' || state === 'paused';
    return {
      items: reviewItems(merged, batchId),
      underWay: merged.filter((one) => isOpen(one.state) && (!batchId || one.batchId === batchId)).length,
    };
  }, [exports, said, batchId]);
}

interface DeedsInput extends Pick<ReviewModel, 'items' | 'visible' | 'current'> {
  show: (exportId: string | null) => void;
  ask: (item: ReviewItem) => void;
}

function useDeeds({ items, visible, current, show, ask }: DeedsInput) {
  const engine = useEngine();
  const navigate = useNavigate();
  const verdicts = useVerdicts();
  const { open: openProject } = useCurrentProject();
  const [view, setView] = useReviewView();
  const [, setFocus] = useReviewFocus();
  const [, setDraft] = useNoteDraft();
  const open = (id: string | null) => {
    setDraft(null);
    if (id) setFocus(id);
    if (id && id === view.besideId) setView({ ...view, besideId: null });
    show(id);
  };
  const say: ReviewModel['say'] = ({ file }, change, step) => verdicts.say(file.id, file.review, change, step);
  const goOn = ({ file }: ReviewItem) => {
    const next = nextUndecided(visible, file.id);
    if (next && current) open(next.file.id);
    else if (next) setFocus(next.file.id);
    else if (current) open(null);
  };
  const approveAnyway = (item: ReviewItem) => {
    if (item.file.review.verdict !== 'approved') say(item, { verdict: 'approved' });
    goOn(item);
  };
  return {
    open,
    say,
    goOn,
    approveAnyway,
    approve(item: ReviewItem) {
      if (!isThere(item)) return;
      if (hasFailedCheck(item) && item.file.review.verdict !== 'approved') ask(item);
      else approveAnyway(item);
    },
    fix(item: ReviewItem, frame: number | null) {
      if (!isThere(item)) return;
      say(item, { verdict: 'fix' });
      open(item.file.id);
      setDraft({ exportId: item.file.id, frame, text: '', index: null, isReason: true });
    },
    takeBack() {
      const id = verdicts.takeBack((of) => items.find(({ file }) => file.id === of)?.file.review ?? null);
      if (id === null) toast.info('There is nothing to take back.');
      else if (current) open(id);
      else setFocus(id);
    },
    rerun({ file }: ReviewItem) {
      void attempt(() => engine.render.rerun({ id: file.id })).then(
        (made) => made && toast.done(`${made.fileName} is being rendered.`),
      );
    },
    edit(optionId: string, frame: number) {
      const projectId = items[0]?.file.projectId;
      if (projectId) openProject(projectId);
      void navigate({ to: '/edit/$kind/$id', params: { kind: 'option', id: optionId }, search: { frame } });
    },
  };
}

/** Says why there is nothing to judge, when there is not. */
function isThere({ file }: ReviewItem): boolean {
  if (file.state === 'finished' && !file.isFileMissing) return true;
  toast.info(
    file.state === 'finished'
      ? 'This file is gone: render it again, then look at it.'
      : 'This file could not be made: render it again, then look at it.',
  );
  return false;
}
