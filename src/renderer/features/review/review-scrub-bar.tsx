import type { Transport } from '../../preview/transport.ts';
import { Tooltip } from '../../ui/index.ts';
import { keepFocus, ScrubBar, useTransportState } from '../player/index.ts';
import { noteLine } from './notes.ts';
import type { ReviewItem } from './review-list.ts';
import { seamsOf } from './seams.ts';

/** The scrub bar with the cuts of the file, and its notes as marks to jump to. */
export function ReviewScrubBar({ transport, shown }: { transport: Transport; shown: ReviewItem }) {
  const { file } = shown;
  const last = useTransportState(transport, (state) => Math.max(1, state.lengthFrames - 1));
  const place = (frame: number) => `${(frame / last) * 100}%`;
  return (
    <div className="relative mx-3 shrink-0 pt-3">
      <ul aria-label="Notes on the scrub bar" className="contents">
        {file.review.notes.map(
          (note, index) =>
            note.frame !== null && (
              // biome-ignore lint/suspicious/noArrayIndexKey: notes have no identity but their place
              <li key={index} className="absolute top-0 z-10 -translate-x-1/2" style={{ left: place(note.frame) }}>
                <Tooltip label={noteLine(note, file.rate)} side="top">
                  <button
                    type="button"
                    aria-label={`Jump to the note “${noteLine(note, file.rate)}”`}
                    onMouseDown={keepFocus}
                    onClick={() => transport.seek(note.frame ?? 0)}
                    className="block size-6 -translate-y-1.5 p-1.5"
                  >
                    <span className="block size-2.5 rotate-45 rounded-[2px] bg-warn" />
                  </button>
                </Tooltip>
              </li>
            ),
        )}
      </ul>
      {seamsOf(file).map((seam) => (
        <span
          key={seam.cutFrame}
          aria-hidden
          className="pointer-events-none absolute bottom-0.5 z-10 h-3 w-0.5 -translate-x-1/2 bg-app"
          style={{ left: place(seam.cutFrame) }}
        />
      ))}
      <ScrubBar transport={transport} />
    </div>
  );
}
