import { once } from 'node:events';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';

/** A file that is replaced when it grows too large. */
export interface RotatingFile {
  write(line: string): void;
  dispose(): Promise<void>;
}

interface RotatingFileOptions {
  folder: string;
  name: string;
  maxFileBytes: number;
  maxFiles: number;
  onError: (text: string) => void;
}

/** Pause before a log whose disk failed is tried again. */
const pauseMs = 30_000;

/** Opens `<name>.log`, keeping the older ones as `<name>.1.log`, …; a failing disk costs lines, never the engine. */
export function openRotatingFile(options: RotatingFileOptions): RotatingFile {
  const { folder, name, maxFileBytes, maxFiles, onError } = options;
  let stream: RotatingFileStream | null = null;
  let failedAtMs = Number.NEGATIVE_INFINITY;
  let isClosed = false;

  function open(): RotatingFileStream {
    const opened = createStream(
      (index: number | Date | null) => (index ? `${name}.${Number(index)}.log` : `${name}.log`),
      {
        path: folder,
        size: `${maxFileBytes}B`,
        rotate: maxFiles - 1,
      },
    );
    opened.on('error', (error) => {
      if (stream === opened) stream = null;
      failedAtMs = performance.now();
      onError(`lines are lost: ${error.message}`);
    });
    return opened;
  }

  return {
    write(line) {
      if (isClosed || (stream === null && performance.now() - failedAtMs < pauseMs)) return;
      stream ??= open();
      stream.write(line);
    },
    async dispose() {
      const last = stream;
      stream = null;
      isClosed = true;
      if (last === null) return;
      last.end();
      await Promise.race([
        once(last, 'close').catch(() => {}),
        new Promise((resolve) => setTimeout(resolve, 1000).unref()),
      ]);
    },
  };
}
