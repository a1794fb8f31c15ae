import { FileWarning, Loader } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type AssetId, fullSizes, type Ratio, type Timeline } from '#shared/model/index.ts';
import type { PreviewBackend } from '../../preview/backend.ts';
import { CanvasBackend } from '../../preview/canvas-backend.ts';
import type { PreviewSources } from '../../preview/source.ts';
import type { Transport } from '../../preview/transport.ts';
import { Button } from '../../ui/index.ts';
import { fitInside } from './fit-inside.ts';
import { InterfaceOverlay } from './interface-overlay.tsx';
import type { OverlayChoice } from './overlay-choice.ts';
import { usePlaybackQuality } from './playback-quality.tsx';
import { stageNotes } from './stage-notes.ts';
import { useDucking } from './use-ducking.ts';
import { useTransportState } from './use-transport.ts';

interface StageProps {
  timeline: Timeline;
  ratio: Ratio;
  sources: PreviewSources;
  transport: Transport;
  /** Whose interface lies over the picture. */
  overlay?: OverlayChoice | null;
  onRelink?: ((assetId: AssetId) => void) | undefined;
  /** Lies over the picture, as large as it. */
  children?: ReactNode;
}

/** The picture: the largest frame of the ratio that fits, drawn by the preview backend. */
export function Stage({ timeline, ratio, sources, transport, overlay = null, onRelink, children }: StageProps) {
  const frameRef = useRef<HTMLDivElement>(null);
  const boxRef = useRef<HTMLDivElement>(null);
  const backendRef = useRef<PreviewBackend | null>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const ducking = useDucking(timeline, sources);
  const scene = useMemo(() => ({ timeline, ratio, sources, ducking }), [timeline, ratio, sources, ducking]);
  const [quality] = usePlaybackQuality();

  useLayoutEffect(() => {
    if (!frameRef.current) return;
    const backend = new CanvasBackend(frameRef.current, transport);
    backendRef.current = backend;
    return () => {
      backendRef.current = null;
      backend.dispose();
    };
  }, [transport]);

  useLayoutEffect(() => {
    const box = boxRef.current;
    if (!box) return;
    const measure = () => setSize(fitInside({ width: box.clientWidth, height: box.clientHeight }, fullSizes[ratio]));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [ratio]);

  useLayoutEffect(() => {
    const full = fullSizes[ratio];
    const pixels = Math.min(window.devicePixelRatio || 1, size.width > 0 ? full.width / size.width : 1);
    backendRef.current?.resize(Math.round(size.width * pixels), Math.round(size.height * pixels));
  }, [size, ratio]);

  useLayoutEffect(() => backendRef.current?.setQuality(quality), [quality]);
  useEffect(() => backendRef.current?.setScene(scene), [scene]);

  return (
    <div ref={boxRef} className="relative flex min-h-0 min-w-0 grow items-center justify-center overflow-hidden">
      <div
        ref={frameRef}
        role="img"
        aria-label={`Preview, ${ratio}`}
        data-testid="stage"
        className="relative shrink-0 overflow-hidden bg-black"
        style={{ width: size.width, height: size.height }}
      >
        {overlay && <InterfaceOverlay ratio={ratio} choice={overlay} />}
        {children}
      </div>
      <StageOverlay timeline={timeline} sources={sources} transport={transport} onRelink={onRelink} />
    </div>
  );
}

function StageOverlay({ timeline, sources, transport, onRelink }: Omit<StageProps, 'ratio' | 'overlay' | 'children'>) {
  const key = useTransportState(transport, (state) => JSON.stringify(stageNotes(timeline, state.frame, sources)));
  const isWaiting = useTransportState(transport, (state) => state.isWaiting);
  const { missing, notes } = useMemo(() => JSON.parse(key) as ReturnType<typeof stageNotes>, [key]);
  return (
    <div className="pointer-events-none absolute inset-0 z-10 flex flex-col items-center justify-end gap-2 p-3">
      {isWaiting && (
        <Loader className="absolute top-3 right-3 size-4 animate-spin text-ink-2" aria-label="Loading media" />
      )}
      {missing.map((item) => (
        <div
          key={item.assetId}
          role="alert"
          className="pointer-events-auto flex max-w-full items-center gap-2 rounded-md bg-panel/95 py-1.5 pr-1.5 pl-2.5 text-sm shadow-pop"
        >
          <FileWarning className="size-4 shrink-0 text-bad" aria-hidden />
          <span className="truncate">{item.name} cannot be found.</span>
          {onRelink && item.isKnown && (
            <Button size="sm" onClick={() => onRelink(item.assetId)}>
              Relink…
            </Button>
          )}
        </div>
      ))}
      {notes.map((note) => (
        <p key={note} className="max-w-full truncate rounded-md bg-black/75 px-2 py-0.5 text-xs text-ink-2">
          {note}
        </p>
      ))}
    </div>
  );
}
