import { useEditor } from './editor-model.ts';
import type { ScrollView } from './use-timeline-view.ts';

/** Narrowest distance of beats that are drawn, pixels: nearer ones would be a grey band. */
const narrowest = 3;

/** Beats of the music as ticks at the foot of the ruler. */
export function BeatMarks({ scroll }: { scroll: ScrollView }) {
  const { view } = useEditor();
  const { pixelsPerFrame, scrollLeft, width } = scroll;
  const shown = view.beats
    .map((beat) => beat * pixelsPerFrame)
    .filter((x) => x >= scrollLeft - 20 && x <= scrollLeft + width + 20);
  const [first = 0] = shown;
  if (shown.length > 1 && ((shown.at(-1) ?? 0) - first) / (shown.length - 1) < narrowest) return null;
  return (
    <div aria-hidden data-testid="beats" className="pointer-events-none absolute inset-0">
      {shown.map((x) => (
        <span key={x} className="absolute bottom-0 h-1.5 w-px bg-sound" style={{ left: x }} />
      ))}
    </div>
  );
}
