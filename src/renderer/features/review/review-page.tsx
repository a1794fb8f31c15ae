import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ClipboardCheck } from 'lucide-react';
import { useOpenDialog } from '../../state/index.ts';
import { Button, ConfirmDialog, EmptyState, ErrorNotice, formatCount, Spinner } from '../../ui/index.ts';
import { Page } from '../frame/page.tsx';
import { useCurrentProject } from '../projects/use-current-project.ts';
import { ContactSheet } from './contact-sheet.tsx';
import { FixList, KeyHints, NextSteps } from './next-steps.tsx';
import { ProgressLine } from './progress-line.tsx';
import { ReviewProvider, useReview } from './review-model.tsx';
import { ReviewPlayer } from './review-player.tsx';
import { SheetFilter } from './sheet-bar.tsx';
import { useReviewState } from './use-review.ts';

const route = getRouteApi('/review');

/** Finished files, to be looked at in a few minutes: of one batch, or the newest of everything in the open ad. */
export function ReviewPage() {
  const { batch = null, export: exportId = null } = route.useSearch();
  const { id: projectId, isNone } = useCurrentProject();
  const navigate = useNavigate();
  const show = (id: string | null) =>
    void navigate({
      to: '/review',
      search: { ...(batch && { batch }), ...(id && { export: id }) },
    });
  const { model, isReading, error, retry, asked, answer } = useReviewState(
    { projectId, batchId: batch },
    exportId,
    show,
  );
  if (error) return <ErrorNotice error={error} actions={{ retry }} className="m-4" />;
  if (isReading || (projectId === null && !isNone))
    return <Spinner label="Reading the exports" className="m-auto size-6" />;
  return (
    <ReviewProvider value={model}>
      {model.items.length === 0 ? (
        <NothingYet underWay={model.underWay} />
      ) : model.current ? (
        <ReviewPlayer shown={model.current} />
      ) : (
        <Sheet isBatch={batch !== null} onWhole={() => void navigate({ to: '/review', search: {} })} />
      )}
      <ConfirmDialog
        isOpen={asked !== null}
        onOpenChange={(isOpen) => !isOpen && answer(false)}
        title="Approve although its check failed?"
        confirmLabel="Approve anyway"
        isDangerous
        onConfirm={() => answer(true)}
      >
        {failures(asked)}
      </ConfirmDialog>
    </ReviewProvider>
  );
}

function failures(asked: ReturnType<typeof useReviewState>['asked']): string {
  const failed = asked?.file.check?.findings.filter((finding) => finding.state === 'failed') ?? [];
  const found = failed.map(({ label, expected, found: was }) => `${label}: ${was} instead of ${expected}`).join('; ');
  return found === '' ? 'Something is wrong with this file.' : `${found}.`;
}

function NothingYet({ underWay }: { underWay: number }) {
  const openDialog = useOpenDialog();
  const { id } = useCurrentProject();
  const isMaking = underWay > 0;
  return (
    <Page title="Review">
      <EmptyState
        icon={<ClipboardCheck />}
        title={isMaking ? `${formatCount(underWay, 'file')} on the way` : 'Nothing to review yet'}
        actions={
          !isMaking &&
          id && (
            <Button variant="primary" onClick={() => openDialog({ kind: 'export', variants: null })}>
              Export this ad…
            </Button>
          )
        }
      >
        {isMaking
          ? 'Each one appears here as soon as it is finished.'
          : 'Finished exports come here to be looked at: approve them or note what has to be fixed, all by keyboard.'}
      </EmptyState>
    </Page>
  );
}

function Sheet({ isBatch, onWhole }: { isBatch: boolean; onWhole: () => void }) {
  const { items, underWay } = useReview();
  const counts = `${formatCount(items.length, 'file')}${underWay > 0 ? `, ${underWay} on the way` : ''}`;
  const note = (
    <span className="whitespace-nowrap max-[900px]:hidden">
      {items[0]?.file.projectName} · {counts}
    </span>
  );
  return (
    <Page title="Review" note={note} actions={<SheetFilter />}>
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-1.5">
        <ProgressLine />
        <NextSteps />
        <div className="grow" />
        {isBatch && (
          <Button variant="ghost" onClick={onWhole}>
            Newest of all files of the ad
          </Button>
        )}
        <KeyHints />
      </div>
      <FixList />
      <ContactSheet />
    </Page>
  );
}
