/** Midnight before a moment, where the person is. */
function dayOf(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0);
}

/** "Today", "Yesterday", "Mon, 4 May 2026". */
export function dayName(atMs: number, nowMs = Date.now()): string {
  const today = dayOf(nowMs);
  const day = dayOf(atMs);
  if (day === today) return 'Today';
  // Noon of the day before: a day may have 23 or 25 hours.
  if (day === dayOf(today - 12 * 3_600_000)) return 'Yesterday';
  return new Date(atMs).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
}

/** "14:05". */
export function timeOfDay(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** Steps by their days, in the order they come. */
export function stepsByDay<Step extends { atMs: number }>(
  steps: readonly Step[],
): { startMs: number; steps: Step[] }[] {
  const days: { startMs: number; steps: Step[] }[] = [];
  for (const step of steps) {
    const startMs = dayOf(step.atMs);
    const last = days.at(-1);
    if (last?.startMs === startMs) last.steps.push(step);
    else days.push({ startMs, steps: [step] });
  }
  return days;
}
