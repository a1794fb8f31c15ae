import startLibass, { type Libass } from 'jassub/dist/wasm/jassub-worker.js';
import wasmUrl from 'jassub/dist/wasm/jassub-worker.wasm?url';
import { describeError } from '../frames/describe-error.ts';
import { boundsOf, layMasks } from './lay-masks.ts';
import { libassLimits } from './libass-limits.ts';
import type { TextAnswer, TextRequest } from './text-messages.ts';

const scope = self as unknown as {
  HEAPU8RAW: Uint8Array;
  postMessage(message: TextAnswer, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<TextRequest>) => void) | null;
};

let starting: Promise<Libass> | null = null;
let script: string | null = null;

async function start(fonts: readonly string[]): Promise<Libass> {
  const { _malloc, JASSUB } = await startLibass({ __url: wasmUrl, __out: () => undefined });
  const libass = new JASSUB(16, 16, 'inter');
  libass.setThreads(1);
  libass.setMemoryLimits(libassLimits.glyphs, libassLimits.megabytes);
  const files = await Promise.all(fonts.map(async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer())));
  for (const [index, bytes] of files.entries()) {
    const pointer = _malloc(bytes.byteLength);
    scope.HEAPU8RAW.set(bytes, pointer);
    libass.addFont(`font-${index}`, pointer, bytes.byteLength);
  }
  libass.reloadFonts();
  return libass;
}

async function draw(request: Extract<TextRequest, { kind: 'draw' }>): Promise<void> {
  const libass = await starting;
  if (!libass) throw new Error('text was asked for before it was started');
  if (script !== request.script) libass.createTrackMem(request.script);
  script = request.script;
  const { id, width, height, seconds } = request;
  libass.resizeCanvas(width, height, width, height);
  const masks = libass.rawRender(seconds, 1) ?? [];
  const bounds = boundsOf(masks, { width, height });
  const pixels = layMasks(masks, scope.HEAPU8RAW, bounds);
  scope.postMessage({ kind: 'drawn', id, bounds, pixels }, [pixels.buffer]);
}

scope.onmessage = ({ data }) => {
  if (data.kind === 'start') {
    starting ??= start(data.fonts);
    starting.catch((error: unknown) =>
      scope.postMessage({ kind: 'failed', id: null, message: describeError(error) }, []),
    );
    return;
  }
  draw(data).catch((error: unknown) =>
    scope.postMessage({ kind: 'failed', id: data.id, message: describeError(error) }, []),
  );
};
