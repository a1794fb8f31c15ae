import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { DesktopBridge } from '#shared/contract/desktop-bridge.ts';
import type { ConnectionStatus, EngineClient, EngineHandle } from './api.ts';

const EngineContext = createContext<EngineHandle | null>(null);

/** Gives the connection to everything below. */
export function EngineProvider({ engine, children }: { engine: EngineHandle; children: ReactNode }) {
  return <EngineContext.Provider value={engine}>{children}</EngineContext.Provider>;
}

/** The connection. */
export function useEngineHandle(): EngineHandle {
  const engine = useContext(EngineContext);
  if (!engine) throw new Error('useEngineHandle outside EngineProvider');
  return engine;
}

/** The contract client. For reading prefer the query hooks; use this for actions. */
export function useEngine(): EngineClient {
  return useEngineHandle().client;
}

/** Whether the engine can be reached at present. */
export function useConnectionStatus(): ConnectionStatus {
  const engine = useEngineHandle();
  return useSyncExternalStore(
    (listener) => engine.onStatus(listener),
    () => engine.status(),
  );
}

/** What the Electron window offers beyond the engine; null in the browser face. */
export function desktopBridge(): DesktopBridge | null {
  return (window as { spotloomDesktop?: DesktopBridge }).spotloomDesktop ?? null;
}
