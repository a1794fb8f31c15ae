import type { ProjectState } from '#shared/contract/index.ts';
import type { Project } from '#shared/model/index.ts';

/** A point of a project's history. */
interface Point {
  project: Project;
  /** Label of the edit that led here; null at the beginning. */
  label: string | null;
  /** Null = not known here. */
  parentSeq: number | null;
}

/** Points kept: neighbours share nearly all of their structure. */
const mostPoints = 300;

/**
 * Points of one project's history that this page has been at, so that undo and redo show at once; the engine then says
 * the same. What was never seen here is not guessed.
 */
export class SeenPoints {
  readonly #points = new Map<number, Point>();
  /** Where undo came from, by where it led to. */
  readonly #undone = new Map<number, number>();

  /** Remembers a point; `parentSeq` null keeps what is known of it. */
  remember(seq: number, project: Project, label: string | null, parentSeq: number | null): void {
    const known = this.#points.get(seq);
    this.#points.delete(seq);
    this.#points.set(seq, { project, label, parentSeq: parentSeq ?? known?.parentSeq ?? null });
    // A new edit is where redo leads from now on.
    if (parentSeq !== null) this.#undone.delete(parentSeq);
    for (const oldest of this.#points.keys()) {
      if (this.#points.size <= mostPoints) break;
      this.#points.delete(oldest);
    }
  }

  /** What undo will bring; null when that is not known here. */
  undo({ headSeq }: ProjectState): ProjectState | null {
    const from = this.#points.get(headSeq);
    const to = from?.parentSeq ?? null;
    const point = to === null ? undefined : this.#points.get(to);
    if (!from || to === null || !point) return null;
    this.#undone.set(to, headSeq);
    return { project: point.project, headSeq: to, undoLabel: point.label, redoLabel: from.label };
  }

  /** What redo will bring; null when that is not known here. */
  redo({ headSeq }: ProjectState): ProjectState | null {
    const to = this.#undone.get(headSeq);
    const point = to === undefined ? undefined : this.#points.get(to);
    if (to === undefined || !point) return null;
    const next = this.#points.get(this.#undone.get(to) ?? -1);
    return { project: point.project, headSeq: to, undoLabel: point.label, redoLabel: next?.label ?? null };
  }
}
