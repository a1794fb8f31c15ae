import { describeError } from './describe-error.ts';
import type { FrameAnswer, FrameRequest } from './messages.ts';
import { type OpenFile, openFile } from './open-file.ts';
import type { PlaneFrame } from './planes.ts';
import { readStill } from './read-still.ts';

/** Files kept open at one time. */
const openLimit = 8;
/** A decoder that was not used for this long is let go. */
const restAfterMs = 4000;

const scope = self as unknown as {
  postMessage(message: FrameAnswer, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<FrameRequest>) => void) | null;
};

interface Opened {
  file: OpenFile;
  restTimer: ReturnType<typeof setTimeout> | undefined;
}

/** Least recently used first. */
const files = new Map<string, Opened>();
/** Wishes under way, and those of them that nobody waits for any more. */
const running = new Set<number>();
const withdrawn = new Set<number>();

function opened(url: string): Opened {
  const known = files.get(url);
  files.delete(url);
  const one = known ?? { file: openFile(url), restTimer: undefined };
  files.set(url, one);
  for (const [oldest] of files) {
    if (files.size <= openLimit) break;
    release(oldest);
  }
  return one;
}

function release(url: string): void {
  const one = files.get(url);
  if (!one) return;
  files.delete(url);
  clearTimeout(one.restTimer);
  one.file.dispose();
}

async function readFrames(url: string, moment: number, isWanted: () => boolean): Promise<PlaneFrame[]> {
  const one = opened(url);
  clearTimeout(one.restTimer);
  try {
    return await one.file.framesAt(moment, isWanted);
  } finally {
    clearTimeout(one.restTimer);
    one.restTimer = setTimeout(() => one.file.rest(), restAfterMs);
  }
}

async function answer(request: Extract<FrameRequest, { kind: 'frame' | 'still' }>): Promise<void> {
  const { id, url } = request;
  running.add(id);
  const isWanted = () => !withdrawn.has(id);
  try {
    const frames =
      request.kind === 'frame' ? await readFrames(url, request.moment, isWanted) : [await readStill(url, request.mime)];
    if (frames.length === 0 || !isWanted()) return;
    scope.postMessage(
      { kind: 'frames', id, frames },
      frames.flatMap(({ planes }) => planes.map(({ samples }) => samples.buffer)),
    );
  } catch (error) {
    scope.postMessage({ kind: 'failed', id, message: describeError(error) }, []);
  } finally {
    running.delete(id);
    withdrawn.delete(id);
  }
}

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case 'withdraw':
      if (running.has(data.id)) withdrawn.add(data.id);
      return;
    case 'release':
      release(data.url);
      return;
    default:
      void answer(data);
  }
};
