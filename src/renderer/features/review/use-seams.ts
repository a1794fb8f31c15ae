import { useEffect, useState } from 'react';
import type { Transport } from '../../preview/transport.ts';
import { useReviewSpeed, useReviewView } from '../../state/index.ts';
import type { ReviewItem } from './review-list.ts';
import { useReview } from './review-model.tsx';
import { nextWithSeams, type Seam, seamsOf } from './seams.ts';

/** The cut being played; null while whole files are. */
export interface SeamNow {
  seam: Seam;
  /** From 1. */
  number: number;
  count: number;
}

/**
 * Seam-only playback of the file under review: a second on either side of each cut, one after the other; then the next
 * file's when the whole list is played, else it stops there.
 */
export function useSeams(transport: Transport, current: ReviewItem): SeamNow | null {
  const { visible, open } = useReview();
  const [view, setView] = useReviewView();
  const [speed] = useReviewSpeed();
  const [at, setAt] = useState({ exportId: current.file.id, index: 0 });
  const seams = seamsOf(current.file);
  const index = at.exportId === current.file.id ? Math.min(at.index, seams.length - 1) : 0;
  const seam = view.seams === 'off' ? undefined : seams[index];
  const place = seam ? `${current.file.id} ${index}` : null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: begins anew for another cut alone
  useEffect(() => {
    if (!seam) return transport.setRange(null);
    transport.setRange({ startFrame: seam.startFrame, endFrame: seam.endFrame });
    transport.seek(seam.startFrame);
    transport.play(speed);
    return () => transport.setRange(null);
  }, [transport, place]);

  useEffect(() => {
    if (!seam) return;
    let wasPlaying = transport.getState().isPlaying;
    return transport.subscribe(() => {
      const { isPlaying, frame } = transport.getState();
      const hasEnded = wasPlaying && !isPlaying && frame === seam.endFrame - 1;
      wasPlaying = isPlaying;
      if (!hasEnded) return;
      if (index + 1 < seams.length) return setAt({ exportId: current.file.id, index: index + 1 });
      const next = view.seams === 'all' ? nextWithSeams(visible, current.file.id) : null;
      if (next) open(next.file.id);
      else setView({ ...view, seams: 'off' });
    });
  }, [transport, seam, index, seams.length, view, visible, current.file.id, open, setView]);
  return seam ? { seam, number: index + 1, count: seams.length } : null;
}
