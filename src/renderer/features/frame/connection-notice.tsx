import { useEffect, useState } from 'react';
import { useConnectionStatus, useEngineHandle } from '../../engine/index.ts';
import { Button, Spinner } from '../../ui/index.ts';
import { Mark } from './mark.tsx';

/** Over everything while the engine cannot be reached; goes away by itself when it can. */
export function ConnectionNotice() {
  const status = useConnectionStatus();
  const engine = useEngineHandle();
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    // A blink of the connection is not worth a curtain.
    const timer = setTimeout(() => setIsShown(status !== 'connected'), status === 'connected' ? 0 : 700);
    return () => clearTimeout(timer);
  }, [status]);
  if (!isShown || status === 'connected') return null;
  return (
    <div
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="connection-title"
      className="fixed inset-0 z-70 flex animate-fade items-center justify-center bg-scrim"
    >
      <div className="flex w-96 flex-col items-center rounded-lg bg-panel p-6 text-center shadow-pop">
        <Mark className="mb-3 size-9" />
        <NoticeText status={status} />
        {status !== 'starting' && (
          <Button className="mt-4" onClick={() => engine.reconnect()}>
            Try now
          </Button>
        )}
      </div>
    </div>
  );
}

function NoticeText({ status }: { status: 'starting' | 'lost' | 'refused' }) {
  if (status === 'refused') {
    return (
      <>
        <h2 id="connection-title" className="text-lg font-semibold">
          This page needs its link
        </h2>
        <p className="mt-1 text-sm text-ink-2">
          The studio opens with the link printed in the terminal where Spotloom runs; each link works once. Press Enter
          in that terminal for a new one.
        </p>
      </>
    );
  }
  return (
    <>
      <h2 id="connection-title" className="flex items-center gap-2 text-lg font-semibold">
        <Spinner /> {status === 'starting' ? 'Starting' : 'Connection lost'}
      </h2>
      <p className="mt-1 text-sm text-ink-2">
        {status === 'starting'
          ? 'Opening your library.'
          : 'The engine does not answer. Everything up to your last edit is saved; the studio continues as soon as it is back.'}
      </p>
    </>
  );
}
