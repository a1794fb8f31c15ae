import { MessageSquarePlus, Pencil, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Transport } from '../../preview/transport.ts';
import { type NoteDraft, useNoteDraft } from '../../state/index.ts';
import { Button, Checkbox, IconButton, Kbd, TextArea } from '../../ui/index.ts';
import { earlierLine, type Note, noteTime, withNote } from './notes.ts';
import type { PlayerDeeds } from './player-deeds.ts';
import type { ReviewItem } from './review-list.ts';
import { useReview } from './review-model.tsx';
import { isPlayable } from './seams.ts';

interface NoteListProps {
  shown: ReviewItem;
  transport: Transport;
  deeds: PlayerDeeds;
}

/** What has been noted of a file; one of them may be in writing. */
export function NoteList({ shown, transport, deeds }: NoteListProps) {
  const { say } = useReview();
  const [draft, setDraft] = useNoteDraft();
  const { file } = shown;
  const { notes } = file.review;
  const isWriting = draft?.exportId === file.id;
  const edit = (note: Note, index: number) => {
    transport.pause();
    if (note.frame !== null) transport.seek(note.frame);
    setDraft({ exportId: file.id, ...note, index, isReason: false });
  };
  return (
    <section aria-label="Notes">
      <h3 className="mb-1 flex h-6 items-center text-xs font-semibold text-ink-3">Notes</h3>
      {notes.length > 0 && (
        <ul aria-label="Notes of this file" className="mb-2 divide-y divide-line border-y border-line">
          {notes.map((note, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: notes have no identity but their place
            <li key={index} className="group flex items-start gap-2 py-1.5 text-sm">
              <NoteTime note={note} shown={shown} transport={transport} />
              <p className="min-w-0 grow break-words whitespace-pre-wrap" data-selectable>
                {note.text}
              </p>
              <IconButton label={`Change the note “${note.text}”`} size="sm" onClick={() => edit(note, index)}>
                <Pencil />
              </IconButton>
              <IconButton
                label={`Delete the note “${note.text}”`}
                size="sm"
                onClick={() => say(shown, { notes: notes.filter((_, at) => at !== index) })}
              >
                <Trash2 />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {isWriting ? (
        <NoteEditor key={draft.index} shown={shown} draft={draft} frameNow={() => transport.getState().frame} />
      ) : (
        <Button
          variant="ghost"
          disabled={!isPlayable(file)}
          icon={<MessageSquarePlus className="size-4" />}
          onClick={deeds.note}
          className="-ml-2"
        >
          Add a note <Kbd keys="N" />
        </Button>
      )}
    </section>
  );
}

function NoteTime({ note, shown, transport }: { note: Note } & Omit<NoteListProps, 'deeds'>) {
  const time = noteTime(note.frame, shown.file.rate);
  if (note.frame === null) return <span className="w-9 shrink-0 text-ink-3">{time}</span>;
  return (
    <button
      type="button"
      aria-label={`Go to ${time}`}
      onClick={() => {
        transport.pause();
        transport.seek(note.frame ?? 0);
      }}
      className="tabular w-9 shrink-0 rounded-sm text-left text-accent hover:text-accent-hover"
    >
      {time}
    </button>
  );
}

interface NoteEditorProps {
  shown: ReviewItem;
  draft: NoteDraft;
  frameNow: () => number;
}

function NoteEditor({ shown, draft, frameNow }: NoteEditorProps) {
  const { say } = useReview();
  const [, setDraft] = useNoteDraft();
  const box = useRef<HTMLTextAreaElement>(null);
  const { file } = shown;
  useEffect(() => box.current?.focus(), []);
  const save = () => {
    const notes = withNote(file.review.notes, { frame: draft.frame, text: draft.text }, draft.index);
    if (JSON.stringify(notes) !== JSON.stringify(file.review.notes)) {
      say(shown, { notes }, draft.isReason ? 'same' : 'new');
    }
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setDraft(null);
    else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isPlaced = draft.frame !== null;
  return (
    <div className="flex flex-col gap-2">
      <TextArea
        ref={box}
        aria-label={isPlaced ? `Note at ${noteTime(draft.frame, file.rate)}` : 'Note about the whole'}
        placeholder={draft.isReason ? 'What has to be fixed?' : 'Note'}
        value={draft.text}
        maxLength={2000}
        onChange={(event) => setDraft({ ...draft, text: event.target.value })}
        onKeyDown={onKeyDown}
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Checkbox
          label="About the whole"
          value={!isPlaced}
          onChange={(isWhole) =>
            setDraft({ ...draft, frame: isWhole ? null : Math.min(frameNow(), file.frameCount - 1) })
          }
        />
        <span className="flex gap-1">
          <Button size="sm" variant="ghost" onClick={() => setDraft(null)}>
            Cancel
          </Button>
          <Button size="sm" variant="primary" onClick={save}>
            Save
          </Button>
        </span>
      </div>
    </div>
  );
}

/** What had to be fixed in the revisions before this one. */
export function EarlierFixes({ shown, transport }: Omit<NoteListProps, 'deeds'>) {
  const { file, earlierFixes } = shown;
  if (earlierFixes.length === 0) return null;
  return (
    <section aria-label="Earlier versions" className="rounded-md bg-warn-soft p-2">
      <h3 className="text-xs font-semibold text-warn">Said of earlier versions: is it fixed?</h3>
      {earlierFixes.map((earlier) => (
        <div key={earlier.revision} className="mt-1 text-sm text-ink-2">
          <p className="break-words">{earlierLine(earlier, file.rate)}</p>
          <p className="flex flex-wrap gap-1">
            {earlier.notes.map(
              ({ frame, text }) =>
                frame !== null &&
                frame < file.frameCount && (
                  <Button key={`${frame} ${text}`} size="sm" variant="ghost" onClick={() => transport.seek(frame)}>
                    Go to {noteTime(frame, file.rate)}
                  </Button>
                ),
            )}
          </p>
        </div>
      ))}
    </section>
  );
}
