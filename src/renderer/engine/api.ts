import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '#shared/contract/index.ts';

/** The engine's contract as callable functions: `client.library.list({...}, { signal })`. Failures are AppErrors. */
export type EngineClient = ContractRouterClient<typeof contract>;

/** `starting` until the first answer; `lost` while trying again; `refused` when this page may not connect (its link is used up). */
export type ConnectionStatus = 'starting' | 'connected' | 'lost' | 'refused';

/** The connection as the page sees it, whatever the transport. */
export interface EngineHandle {
  client: EngineClient;
  status(): ConnectionStatus;
  /** Returns how to stop listening. */
  onStatus(listener: (status: ConnectionStatus) => void): () => void;
  /** Tries to connect again now. */
  reconnect(): void;
  /**
   * Browser face: streams a file to the engine and answers the upload id for `library.import`.
   * Null on the desktop, where paths are handed over instead.
   */
  uploadFile:
    | ((file: File, options: { signal?: AbortSignal; onProgress?: (fraction: number) => void }) => Promise<string>)
    | null;
}
