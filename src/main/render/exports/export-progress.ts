/** How an export goes on. */
export interface ExportProgress {
  signal: AbortSignal;
  report: (progress: { fraction: number; step: string }) => void;
}
