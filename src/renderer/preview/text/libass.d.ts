declare module 'jassub/dist/wasm/jassub-worker.js' {
  /** libass compiled to WebAssembly. Its memory is `self.HEAPU8RAW`. */
  export default function start(options: { __url: string; __out: (line: string) => void }): Promise<{
    _malloc(bytes: number): number;
    JASSUB: new (width: number, height: number, defaultFont: string) => Libass;
  }>;

  /** One libass renderer. */
  export interface Libass {
    setThreads(count: number): void;
    /** Outlines of letters, and megabytes of drawn letters, that are kept for the next picture. */
    setMemoryLimits(glyphs: number, megabytes: number): void;
    addFont(name: string, pointer: number, bytes: number): void;
    reloadFonts(): void;
    createTrackMem(script: string): void;
    resizeCanvas(width: number, height: number, videoWidth: number, videoHeight: number): void;
    /** Masks to be laid over the picture one after another; null when nothing changed since the last call. */
    rawRender(seconds: number, force: 0 | 1): LibassMask[] | null;
    quitLibrary(): void;
  }

  /** A mask in memory and the colour it stands for (0xRRGGBBTT, TT = transparency). */
  export interface LibassMask {
    w: number;
    h: number;
    stride: number;
    bitmap: number;
    color: number;
    dst_x: number;
    dst_y: number;
  }
}
