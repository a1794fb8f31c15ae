import { type ReactNode, useMemo } from 'react';
import { attempt, useEngine } from '../../engine/index.ts';
import { type ErrorActions, ErrorActionsProvider, formatBytes, toast } from '../../ui/index.ts';

interface ErrorActionsHostProps {
  router: { navigate: (options: { to: '/settings' } | { to: '/library'; search: { missing: true } }) => Promise<void> };
  children: ReactNode;
}

/** The page's general answers to errors: what a place does not answer better itself. */
export function ErrorActionsHost({ router, children }: ErrorActionsHostProps) {
  const engine = useEngine();
  const actions = useMemo<ErrorActions>(() => {
    const settings = () => void router.navigate({ to: '/settings' });
    return {
      'open-settings': settings,
      'choose-folder': settings,
      'install-ffmpeg': settings,
      relink: () => void router.navigate({ to: '/library', search: { missing: true } }),
      'free-space': () =>
        void attempt(() => engine.system.clearCache()).then((answer) => {
          if (answer) toast.done(`${formatBytes(answer.freedBytes)} of finished pieces cleared.`);
        }),
    };
  }, [router, engine]);
  return <ErrorActionsProvider value={actions}>{children}</ErrorActionsProvider>;
}
