import { formatTimecode } from '#shared/units/index.ts';
import { useLiveEditor } from './editor-model.ts';
import { markerLooks } from './marker-colours.ts';
import type { ScrollView } from './use-timeline-view.ts';

/** Markers in the ruler: a click goes there, a double click opens, a drag moves. */
export function MarkerFlags({ scroll }: { scroll: ScrollView }) {
  const { view } = useLiveEditor();
  const { pixelsPerFrame, scrollLeft, width } = scroll;
  const isSeen = (x: number) => x >= scrollLeft - 20 && x <= scrollLeft + width + 20;
  return view.markers
    .filter((item) => isSeen(item.frame * pixelsPerFrame))
    .map((item) => {
      const { note, colour } = item.marker;
      const at = formatTimecode(item.frame, view.rate);
      return (
        // biome-ignore lint/a11y/useSemanticElements: a thing to drag; keys reach it through the timeline's commands
        <div
          key={item.key}
          role="button"
          tabIndex={-1}
          data-marker={item.key}
          aria-label={`Marker at ${at}${note ? `: ${note}` : ''}`}
          title={`${note || 'Marker'} · ${at}`}
          className="absolute top-0.5 h-3.5 w-2.5 -translate-x-1/2 cursor-pointer [clip-path:polygon(0_0,100%_0,100%_65%,50%_100%,0_65%)] hover:brightness-125"
          style={{ left: item.frame * pixelsPerFrame, backgroundColor: markerLooks[colour] }}
        />
      );
    });
}

/** Lines below the flags, over the tracks. */
export function MarkerLines({ scale }: { scale: number }) {
  const { view } = useLiveEditor();
  return view.markers.map((item) => (
    <div
      key={item.key}
      className="absolute top-7 bottom-0 w-px opacity-35"
      style={{ left: item.frame * scale, backgroundColor: markerLooks[item.marker.colour] }}
    />
  ));
}
