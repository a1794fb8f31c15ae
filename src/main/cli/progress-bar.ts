/** A bar on a terminal that is drawn over again; silent elsewhere. */
export interface ProgressBar {
  /** `fraction` 0 to 1. */
  show(fraction: number, text: string): void;
  /** Wipes the line, so that what follows starts clean. */
  end(): void;
}

const barWidth = 24;

/** Draws on stderr, at most some twenty times a second. */
export function createProgressBar(options: {
  isTty: boolean;
  columns: () => number;
  write: (text: string) => void;
  nowMs?: () => number;
}): ProgressBar {
  const { isTty, columns, write, nowMs = Date.now } = options;
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  let isDrawn = false;
  return {
    show(fraction, text) {
      if (!isTty || nowMs() - drawnAtMs < 50) return;
      drawnAtMs = nowMs();
      isDrawn = true;
      write(`\r\x1b[2K${line(fraction, text, columns())}`);
    },
    end() {
      if (isDrawn) write('\r\x1b[2K');
      isDrawn = false;
      drawnAtMs = Number.NEGATIVE_INFINITY;
    },
  };
}

/** One line that fits the terminal. */
export function line(fraction: number, text: string, columns: number): string {
  const part = Math.min(1, Math.max(0, fraction));
  const filled = Math.round(part * barWidth);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${String(Math.floor(part * 100)).padStart(3)} %`;
  const room = Math.max(0, columns - barWidth - 9);
  const shown = [...text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')];
  return `${bar}  ${shown.length <= room ? shown.join('') : `${shown.slice(0, Math.max(0, room - 1)).join('')}…`}`;
}
