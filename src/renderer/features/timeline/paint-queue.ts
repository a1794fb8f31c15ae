/** Milliseconds of a frame that painting filmstrips and waveforms may take. */
const budgetMs = 3;

const waiting = new Map<object, () => void>();
let request = 0;

function paintSome(): void {
  request = 0;
  const endMs = performance.now() + budgetMs;
  for (const [key, paint] of waiting) {
    waiting.delete(key);
    paint();
    if (performance.now() > endMs) break;
  }
  if (waiting.size > 0) request = requestAnimationFrame(paintSome);
}

/**
 * Paints in one of the next frames, a few of hundreds at a time, so that gestures go on meanwhile. A later call with the
 * same key takes the place of one that waits. Returns how to call it off.
 */
export function paintSoon(key: object, paint: () => void): () => void {
  waiting.set(key, paint);
  if (request === 0) request = requestAnimationFrame(paintSome);
  return () => {
    if (waiting.get(key) === paint) waiting.delete(key);
  };
}
