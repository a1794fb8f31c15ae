import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useEngine } from '../../engine/index.ts';
import { Button, ErrorNotice } from '../../ui/index.ts';

/** In place of a page that failed to draw itself; the rest of the studio goes on. */
export function CrashNotice({ error, reset }: ErrorComponentProps) {
  const engine = useEngine();
  useEffect(() => {
    const known = error instanceof Error ? error : new Error(String(error));
    const message = known.message.slice(0, 10_000);
    const stack = known.stack?.slice(0, 20_000) ?? null;
    engine.system.reportProblem({ message, stack }).catch(() => undefined);
  }, [engine, error]);
  return (
    <div className="m-auto w-140 max-w-full p-6">
      <ErrorNotice error={error} actions={{ retry: reset }}>
        <Button size="sm" onClick={() => window.location.reload()}>
          Reload the studio
        </Button>
      </ErrorNotice>
    </div>
  );
}
