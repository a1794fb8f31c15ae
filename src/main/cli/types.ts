import type { EngineClient } from '#shared/contract/index.ts';

/** An engine for one command. */
export interface OpenStudio {
  client: EngineClient;
  close(): Promise<void>;
}

/** What the commands need of the outside; the entry gives the real things. */
export interface CliDeps {
  /** `isWorking: false` only looks and enqueues; queued jobs are left to whoever works on the library. */
  open(options: { libraryFolder: string; isWorking: boolean }): Promise<OpenStudio>;
  /** Serves the browser face until it is told to end. */
  serve(options: { libraryFolder: string; port: number; isJson: boolean }): Promise<void>;
  defaultLibrary(): string;
  workingFolder: string;
  stdout(text: string): void;
  stderr(text: string): void;
  /** stderr is a terminal: progress may be drawn. */
  isTty: boolean;
  columns(): number;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/** What one command works with. */
export interface CommandContext {
  client: EngineClient;
  deps: CliDeps;
  signal: AbortSignal;
  /** A path of the command line, made absolute. */
  path(given: string): string;
}

/** How a command ended: its one JSON document, the same for people, and the exit code. */
export interface Outcome {
  json: unknown;
  /** Lines for people, on stdout. */
  text: string;
  code: number;
}
