import type { CSSProperties } from 'react';
import { type Area, cautiousBox, safeZoneOf } from '#shared/model/index.ts';
import { sizesOf } from '../../preview/source.ts';
import { useFontMetrics } from '../lint/index.ts';
import { useOverlay, useTransportState } from '../player/index.ts';
import { canvasItems } from './canvas-items.ts';
import { useSettledEditor } from './editor-model.ts';
import { useCanvasDrag } from './use-canvas-drag.ts';

const placed = ({ x, y, width, height }: Area): CSSProperties => ({
  left: `${x * 100}%`,
  top: `${y * 100}%`,
  width: `${width * 100}%`,
  height: `${height * 100}%`,
});

/** Above the box; within the frame where there is no room for it. */
function turnHandleTop({ y, height }: Area): string {
  return y < 0.06 ? `calc(${(Math.max(0, -y) / height) * 100}% + 12px)` : '-20px';
}

const corners = [
  '-top-1 -left-1 cursor-nwse-resize',
  '-top-1 -right-1 cursor-nesw-resize',
  '-bottom-1 -left-1 cursor-nesw-resize',
  '-bottom-1 -right-1 cursor-nwse-resize',
];

/** Over the picture of the editor: selects by a click, moves by dragging, scales by the corners, turns by the handle above what is selected. */
export function CanvasLayer() {
  const model = useSettledEditor();
  const { timeline, ratio, sources, transport, selection } = model;
  // While it plays nothing is outlined, and so nothing has to be drawn anew.
  const frame = useTransportState(transport, (state) => (state.isPlaying ? null : state.frame));
  const metricsOf = useFontMetrics(timeline);
  const overlay = useOverlay(ratio);
  const items =
    frame === null
      ? []
      : canvasItems(model, frame, {
          ...{ metricsOf, sizes: sizesOf(sources) },
          isStill: (assetId) => sources.get(assetId)?.mode === 'still',
        });
  const zone = overlay.choice === 'all' ? null : safeZoneOf(overlay.choice, ratio);
  const safe = overlay.isShown ? (zone?.safe ?? cautiousBox(ratio)) : null;
  const { guides, press, move, release, cancel } = useCanvasDrag(items, safe);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the inspector does the same by keyboard
    // biome-ignore lint/a11y/useKeyWithClickEvents: only keeps a click from starting to play
    <div
      data-testid="canvas-layer"
      className="absolute inset-0 z-10 touch-none overflow-hidden"
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={cancel}
      onClick={(event) => event.stopPropagation()}
    >
      {items
        .filter(({ holder }) => selection.has(holder.key))
        .map(({ holder, box }) => (
          <div
            key={holder.key}
            data-testid="canvas-box"
            className="pointer-events-none absolute cursor-move border border-accent shadow-[0_0_0_1px_#00000066]"
            style={placed(box)}
          >
            {corners.map((className) => (
              <span
                key={className}
                data-corner={holder.key}
                className={`pointer-events-auto absolute size-2 rounded-[1px] border border-accent bg-white ${className}`}
              />
            ))}
            {holder.clip.content.kind !== 'colour' && (
              <span
                data-turn={holder.key}
                data-testid="turn-handle"
                title="Drag to turn; Shift: in steps of 15°"
                className="pointer-events-auto absolute left-1/2 size-2.5 -translate-x-1/2 cursor-grab rounded-full border border-accent bg-white"
                style={{ top: turnHandleTop(box) }}
              />
            )}
          </div>
        ))}
      {guides.map(({ axis, at }) => (
        <div
          key={axis}
          data-testid="guide"
          className="pointer-events-none absolute bg-warn"
          style={
            axis === 'x'
              ? { left: `${at * 100}%`, top: 0, bottom: 0, width: 1 }
              : { top: `${at * 100}%`, left: 0, right: 0, height: 1 }
          }
        />
      ))}
    </div>
  );
}
