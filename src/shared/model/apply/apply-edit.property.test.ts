import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applySteps, editTypes, startingProject, stepsArbitrary } from '../../../../test/fixtures/random-edits.ts';
import type { Clip } from '../clip.ts';
import { editSchema } from '../edit.ts';
import { type Project, projectSchema } from '../project.ts';
import { flattenVariant } from '../timeline.ts';
import { listVariants } from '../variant.ts';
import { applyEdit, checkProject, editLabel } from './index.ts';

const numRuns = process.env.SPOTLOOM_LONG === '1' ? 3000 : 300;

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}

const lockedTracks = (project: Project) =>
  project.sequences.flatMap((sequence) =>
    sequence.tracks
      .filter((track) => track.isLocked)
      .map((track) => [`${sequence.id}/${track.id}`, track.clips] as const),
  );

const withoutLinks = (clips: readonly Clip[]) => clips.map((clip) => ({ ...clip, linkId: null }));

/** Links that hold one clip only. */
const loneLinks = (project: Project) =>
  project.sequences.flatMap((sequence) => {
    const links = sequence.tracks.flatMap((track) => track.clips.flatMap((clip) => clip.linkId ?? []));
    return links.filter((link) => links.indexOf(link) === links.lastIndexOf(link));
  });

describe('any run of edits', () => {
  it('keeps every rule of the model, never changes what it was given, and survives JSON', () => {
    const applied = new Set<string>();
    fc.assert(
      fc.property(stepsArbitrary(40), (steps) => {
        const { project, refusals } = applySteps(deepFreeze(startingProject()), steps, (_before, after, edit) => {
          deepFreeze(after);
          applied.add(edit.type);
          expect(checkProject(after)).toEqual([]);
          expect(loneLinks(after)).toEqual([]);
          expect(editLabel(edit)).not.toBe('');
        });
        expect(projectSchema.parse(JSON.parse(JSON.stringify(project)))).toEqual(project);
        // What moves clips makes room itself: the last check must never be what stops an overlap.
        expect(refusals).not.toContainEqual(expect.stringContaining('Two clips of one track overlap'));
        for (const variant of listVariants(project, 3)) flattenVariant(project, variant, () => ({ num: 5, den: 1 }));
      }),
      { numRuns },
    );
    // Every type was really applied at least once, not only refused.
    expect([...editTypes, 'batch'].filter((type) => !applied.has(type))).toEqual([]);
  });

  it('gives the same project when its stored form is replayed', () => {
    fc.assert(
      fc.property(stepsArbitrary(30), (steps) => {
        const { edits, project } = applySteps(startingProject(), steps);
        const stored = edits.map((edit) => editSchema.parse(JSON.parse(JSON.stringify(edit))));
        expect(stored.reduce(applyEdit, startingProject())).toEqual(project);
      }),
      { numRuns },
    );
  });

  it('leaves the clips of locked tracks alone', () => {
    fc.assert(
      fc.property(stepsArbitrary(40), (steps) => {
        applySteps(startingProject(), steps, (before, after, edit) => {
          if (!edit.type.startsWith('clip.')) return;
          const now = new Map(lockedTracks(after));
          const ids = new Set<string>(after.sequences.map((sequence) => sequence.id));
          for (const [key, clips] of lockedTracks(before)) {
            // A sequence goes with the last clip that plays it; a link, with the last clip it held this one to.
            if (!ids.has(key.split('/')[0] ?? '')) continue;
            expect(withoutLinks(now.get(key) ?? [])).toEqual(withoutLinks(clips));
          }
        });
      }),
      { numRuns },
    );
  });
});
