import { Check, Pencil, ShieldAlert, ShieldCheck, Undo2, Wrench, X } from 'lucide-react';
import { useState } from 'react';
import type { Transport } from '../../preview/transport.ts';
import { Badge, Button, cn, formatShortLength, IconButton, Kbd } from '../../ui/index.ts';
import { CheckDialog } from '../exports/check-dialog.tsx';
import { keepFocus } from '../player/index.ts';
import { EarlierFixes, NoteList } from './note-list.tsx';
import { editPlace, noteTime } from './notes.ts';
import type { PlayerDeeds } from './player-deeds.ts';
import { hasFailedCheck, type ReviewItem } from './review-list.ts';
import { useReview } from './review-model.tsx';
import { isPlayable } from './seams.ts';

interface ReviewPanelProps {
  shown: ReviewItem;
  transport: Transport;
  deeds: PlayerDeeds;
}

/** Beside the picture: the verdict, the notes, what the file is made of. */
export function ReviewPanel({ shown, transport, deeds }: ReviewPanelProps) {
  return (
    // Presses do not take the focus: the keys of the player go on working.
    <aside
      aria-label="Review"
      onMouseDown={(event) => (event.target as Element).closest('button') && keepFocus(event)}
      className="flex w-76 shrink-0 flex-col gap-4 overflow-y-auto border-l border-line bg-panel p-3 max-[900px]:w-60"
    >
      <VerdictButtons shown={shown} deeds={deeds} />
      <Facts shown={shown} />
      <EarlierFixes shown={shown} transport={transport} />
      <NoteList shown={shown} transport={transport} deeds={deeds} />
      <Parts shown={shown} transport={transport} />
    </aside>
  );
}

function VerdictButtons({ shown, deeds }: Omit<ReviewPanelProps, 'transport'>) {
  const { approve, takeBack } = useReview();
  const { verdict } = shown.file.review;
  const isDisabled = !isPlayable(shown.file);
  const button =
    'h-9 min-w-0 flex-1 px-1.5 text-base aria-pressed:border-transparent max-[900px]:[&>kbd]:hidden max-[900px]:text-sm';
  return (
    <div className="flex gap-2">
      <Button
        disabled={isDisabled}
        aria-pressed={verdict === 'approved'}
        icon={<Check className="size-4 shrink-0" />}
        onClick={() => approve(shown)}
        className={cn(button, 'aria-pressed:bg-ok-soft aria-pressed:text-ok')}
      >
        {verdict === 'approved' ? 'Approved' : 'Approve'} <Kbd keys="A" />
      </Button>
      <Button
        disabled={isDisabled}
        aria-pressed={verdict === 'fix'}
        icon={<Wrench className="size-4 shrink-0" />}
        onClick={deeds.fix}
        className={cn(button, 'aria-pressed:bg-warn-soft aria-pressed:text-warn')}
      >
        {verdict === 'fix' ? 'To fix' : 'Fix'} <Kbd keys="F" />
      </Button>
      <IconButton label="Take back the last verdict or note" shortcut="U" onClick={takeBack} className="size-9">
        <Undo2 />
      </IconButton>
    </div>
  );
}

function Facts({ shown }: { shown: ReviewItem }) {
  const [isCheckShown, setCheckShown] = useState(false);
  const { file } = shown;
  const hasFailed = hasFailedCheck(shown);
  return (
    <section aria-label="File" className="flex flex-col gap-1.5">
      <p className="text-sm break-words text-ink-2" data-selectable>
        {file.fileName}
      </p>
      <p className="flex flex-wrap items-center gap-1.5">
        <Badge>{file.ratio}</Badge>
        <Badge>{formatShortLength(file.durationSeconds)}</Badge>
        <Badge>v{file.revision}</Badge>
        {file.version !== 'full' && <Badge>{file.version}</Badge>}
        {file.check && (
          <Button
            size="sm"
            variant="ghost"
            icon={hasFailed ? <ShieldAlert className="size-4" /> : <ShieldCheck className="size-4 text-ok" />}
            onClick={() => setCheckShown(true)}
            className={cn('h-5 px-1.5', hasFailed && 'bg-bad-soft text-bad')}
          >
            {hasFailed ? 'Check failed' : 'Checked'}
          </Button>
        )}
      </p>
      {isCheckShown && file.check && (
        <CheckDialog report={file.check} rate={file.rate} onClose={() => setCheckShown(false)} />
      )}
    </section>
  );
}

function Parts({ shown, transport }: Omit<ReviewPanelProps, 'deeds'>) {
  const { project, edit } = useReview();
  const { file } = shown;
  if (file.sections.length === 0) return null;
  return (
    <section aria-label="Parts">
      <h3 className="mb-1 text-xs font-semibold text-ink-3">Parts</h3>
      <ul className="divide-y divide-line border-y border-line">
        {file.sections.map((section) => {
          const place = project && editPlace(file, section.startFrame, project);
          return (
            <li key={section.slotId} className="flex h-8 items-center gap-2">
              <button
                type="button"
                onClick={() => transport.seek(section.startFrame)}
                className="flex min-w-0 grow items-center gap-2 rounded-sm py-1 text-left text-sm text-ink-2 hover:text-ink"
              >
                <span className="tabular w-8 shrink-0 text-ink-3">{noteTime(section.startFrame, file.rate)}</span>
                <span className="truncate">{section.optionName}</span>
              </button>
              <IconButton
                label={place ? `Edit ${section.optionName}` : `${section.optionName} has been removed from the ad`}
                size="sm"
                disabled={!place}
                onClick={() => place && edit(place.optionId, place.frame)}
              >
                {place ? <Pencil /> : <X />}
              </IconButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
