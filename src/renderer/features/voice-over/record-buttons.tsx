import { Circle, Square } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, cn, formatDuration } from '../../ui/index.ts';
import { silentBelow } from './listen.ts';
import type { Recorder } from './recorder.ts';
import type { RecorderState } from './recorder-types.ts';
import type { RecordingNote } from './use-recorder.ts';

interface RecordButtonsProps {
  recorder: Recorder;
  state: RecorderState;
  note: RecordingNote | null;
  start: () => void;
  stop: () => void;
  cancel: () => void;
}

/** Start, stop, give up; and in one place of fixed height what is going on. */
export function RecordButtons({ recorder, state, note, start, stop, cancel }: RecordButtonsProps) {
  const main = useRef<HTMLButtonElement>(null);
  const isRolling = state.kind === 'counting' || state.kind === 'recording';
  useEffect(() => {
    // Space and Enter are to stop it, whatever was in focus before.
    if (isRolling) main.current?.focus({ preventScroll: true });
  }, [isRolling]);
  return (
    <section aria-label="Recording" className="flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-2">
        <Button
          ref={main}
          size="lg"
          variant={isRolling ? 'danger' : 'primary'}
          title={isRolling ? 'Stop and keep it (Enter, Space)' : 'Record (R)'}
          disabled={!isRolling && state.kind !== 'ready'}
          isBusy={state.kind === 'saving' && state.error === null}
          onClick={isRolling ? stop : start}
          // Enter held down would click again and again: start, and at once stop.
          onKeyDown={(event) => event.repeat && event.preventDefault()}
          icon={isRolling ? <Square className="size-3 fill-current" /> : <Circle className="size-3 fill-current" />}
        >
          {isRolling ? 'Stop' : state.kind === 'saving' ? 'Saving' : 'Record'}
        </Button>
        <Button size="lg" disabled={!isRolling} title="Give the recording up (Esc)" onClick={cancel}>
          Cancel
        </Button>
      </div>
      <div className="flex h-16 flex-col items-center justify-center rounded-md border border-line bg-app px-2">
        <Doing recorder={recorder} state={state} note={note} />
      </div>
      <Trouble recorder={recorder} state={state} />
    </section>
  );
}

/** One line or two of what is going on. */
function Doing({ recorder, state, note }: Pick<RecordButtonsProps, 'recorder' | 'state' | 'note'>) {
  if (state.kind === 'counting') {
    return (
      <p role="timer" aria-live="assertive" className="text-3xl font-semibold text-ink tabular-nums">
        {state.secondsLeft}
      </p>
    );
  }
  if (state.kind === 'recording') return <Progress recorder={recorder} />;
  if (state.kind === 'saving') return <Words>The recording is put among your media…</Words>;
  if (note) return <Words isBad={note.isBad}>{note.text}</Words>;
  if (state.kind === 'opening') return <Words>Opening the microphone…</Words>;
  return (
    <Words>
      {state.kind === 'ready' ? 'Ready. It begins at the playhead, or at the in point.' : 'No microphone is open.'}
    </Words>
  );
}

function Words({ children, isBad = false }: { children: ReactNode; isBad?: boolean }) {
  return (
    <p
      role="status"
      title={typeof children === 'string' ? children : undefined}
      className={cn('line-clamp-3 text-center text-xs text-balance', isBad ? 'text-warn' : 'text-ink-2')}
    >
      {children}
    </p>
  );
}

/** Seconds before silence is worth a word. */
const silentAfterSeconds = 3;

/** Time passed, and what is wrong with what is heard. */
function Progress({ recorder }: { recorder: Recorder }) {
  const [now, setNow] = useState(() => recorder.progress());
  useEffect(() => {
    const timer = setInterval(() => setNow(recorder.progress()), 100);
    return () => clearInterval(timer);
  }, [recorder]);
  const seconds = now?.seconds ?? 0;
  const isSilent = now !== null && seconds >= silentAfterSeconds && now.peak < silentBelow;
  const warning = isSilent ? 'Nothing is heard: is it muted?' : now && now.clipped > 0 ? 'Too loud: it clips.' : null;
  return (
    <>
      <p className="flex items-center gap-2 text-xl font-semibold text-ink tabular-nums" data-testid="recorded-time">
        <span aria-hidden className="size-2.5 animate-pulse rounded-full bg-bad motion-reduce:animate-none" />
        {formatDuration(Math.floor(seconds))}
        <span className="sr-only">recorded</span>
      </p>
      <p role="status" className="h-4 text-xs text-warn">
        {warning}
      </p>
    </>
  );
}

/** Seconds that may wait for the engine before that is said. */
const lateSeconds = 3;

/** The engine does not take it: nothing is lost, and what can be done. */
function Trouble({ recorder, state }: Pick<RecordButtonsProps, 'recorder' | 'state'>) {
  if (state.kind !== 'recording' && state.kind !== 'saving') return null;
  const { error, waitingSeconds } = state;
  if (!error && waitingSeconds < lateSeconds) return null;
  const held = `${formatDuration(waitingSeconds)} of the recording are kept on this page`;
  return (
    <div role="alert" className="flex flex-col items-start gap-2 rounded-md bg-warn-soft p-2 text-xs text-ink">
      <p>{error ? `${error.userMessage} ${held}.` : `${held} until the engine is back.`}</p>
      {error && (
        <div className="flex gap-2">
          <Button size="sm" onClick={() => recorder.retry()}>
            Try again
          </Button>
          {state.kind === 'saving' && waitingSeconds === 0 && (
            <Button size="sm" variant="ghost" onClick={() => recorder.leave()}>
              Later
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
