import { describe, expect, it } from 'vitest';
import type { ProjectState } from '#shared/contract/index.ts';
import { newProject, type Project } from '#shared/model/index.ts';
import { SeenPoints } from './seen-points.ts';

const named = (name: string): Project => newProject({ name });
const at = (headSeq: number): ProjectState => ({ project: named('?'), headSeq, undoLabel: null, redoLabel: null });

describe('SeenPoints', () => {
  const seen = () => {
    const points = new SeenPoints();
    points.remember(0, named('zero'), null, null);
    points.remember(1, named('one'), 'First', 0);
    points.remember(2, named('two'), 'Second', 1);
    return points;
  };

  it('goes back and forth with the labels of both ways', () => {
    const points = seen();
    expect(points.undo(at(2))).toMatchObject({
      ...{ headSeq: 1, undoLabel: 'First', redoLabel: 'Second' },
      project: { name: 'one' },
    });
    expect(points.undo(at(1))).toMatchObject({ headSeq: 0, undoLabel: null, redoLabel: 'First' });
    expect(points.redo(at(0))).toMatchObject({ headSeq: 1, undoLabel: 'First', redoLabel: 'Second' });
    expect(points.redo(at(1))).toMatchObject({ headSeq: 2, redoLabel: null });
  });

  it('guesses nothing that it has not seen', () => {
    expect(seen().undo(at(0))).toBeNull();
    expect(seen().undo(at(9))).toBeNull();
    expect(seen().redo(at(1))).toBeNull();
  });

  it('forgets the old way forward with a new edit', () => {
    const points = seen();
    points.undo(at(2));
    points.remember(3, named('three'), 'Other', 1);
    expect(points.redo(at(1))).toBeNull();
    expect(points.undo(at(3))).toMatchObject({ headSeq: 1, redoLabel: 'Other' });
  });
});
