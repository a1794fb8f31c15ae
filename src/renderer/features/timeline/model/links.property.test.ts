import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/errors/index.ts';
import {
  applyEdit,
  type Clip,
  type EditInput,
  editSchema,
  newId,
  type OptionId,
  type Project,
} from '#shared/model/index.ts';
import { rational, toNumber } from '#shared/units/index.ts';
import { colourEdit, copyItems, removeEdit, splitEdit, trimToPlayheadEdit } from './clip-edits.ts';
import { detachAudioEdit } from './detach-audio.ts';
import { moveEditPoint } from './edit-point.ts';
import { applied, sampleProject } from './fixture.ts';
import { closeGapsEdit, mainGaps } from './gaps.ts';
import { type ClipItem, timelineView } from './lanes.ts';
import { keepLinked, withLinked } from './links.ts';
import { pasteLinkedEdit } from './paste.ts';
import { moveItems, planDrop } from './placement.ts';
import { speedEdit } from './speed.ts';
import { rollEdit, slideEdit, slipEdit, trimLinkedEdit } from './tool-edits.ts';

const target = { kind: 'option', optionId: 'hook1' as OptionId } as const;
const viewOf = (project: Project) => timelineView(project, target);
const plain = sampleProject();
const start = applied(plain, detachAudioEdit(viewOf(plain).items.filter((item) => item.lane.isMain)));

type Draw = (max: number) => number;

/** Any edit a person can make of what is linked, without parting it. */
function anyEdit(project: Project, kind: number, draw: Draw): EditInput | null {
  const view = viewOf(project);
  const item = view.items[draw(Math.max(1, view.items.length))];
  if (!item) return null;
  const options = { project, view, lengths: () => rational(8), isStill: () => false, isAlone: false };
  const frame = draw(Math.max(1, view.lengthFrames));
  const delta = draw(80) - 40;
  const edge = draw(2) ? 'start' : 'end';
  const group = withLinked(view, [item]);
  const kept = (edit: EditInput | null) => edit && keepLinked(project, edit, 'Together');
  const isRipple = item.lane.isMain;
  switch (kind) {
    case 0:
      return trimLinkedEdit(item, edge, delta, { ...options, isRipple }).edit;
    case 1:
      return rollEdit(item, edge, delta, options).edit;
    case 2:
      return slipEdit(item, delta, options).edit;
    case 3:
      return slideEdit(item, delta, options).edit;
    case 4:
      return splitEdit(
        withLinked(
          view,
          view.items.filter((one) => frame > one.startFrame && frame < one.endFrame),
        ),
        frame,
      );
    case 5:
      return draw(3) ? null : kept(removeEdit(group, draw(2) === 0));
    case 6: {
      const wish = { over: item.lane.key, pointerFrame: frame, startFrame: frame, kind: item.lane.kind };
      const moved = new Set(group.map((one) => one.key));
      const plan = planDrop(view, { ...wish, isOverwriting: false, moved });
      return plan && item.lane.isMain ? kept(moveItems(group, plan)) : null;
    }
    case 7:
      return speedEdit(project, view, item, rational(1 + draw(3), 1 + draw(3)));
    case 8:
      return kept(colourEdit(view, frame, newId('clip')));
    case 9:
      return kept(
        trimToPlayheadEdit(group, edge, edge === 'start' ? item.startFrame + 3 : item.endFrame - 3, {
          ...options,
          rate: view.rate,
        }),
      );
    case 10:
      return pasteLinkedEdit(project, target, copyItems(group), frame).edit;
    case 11:
      return moveEditPoint(draw(2) ? 'roll' : 'select', new Set(), frame, draw(11) - 5, options).edit;
    default:
      return closeGapsEdit(project, mainGaps(view));
  }
}

/** Where the source's beginning would stand: the same for a picture and its sound while they are together. */
const origin = ({ startFrame, content }: Clip) =>
  content.kind === 'media' ? startFrame - (toNumber(content.sourceInSeconds) * 30) / toNumber(content.speed) : 0;

/** Linked pairs whose sound is a frame or more beside where it was recorded: speeds are rounded to frames. */
function apart(items: readonly ClipItem[]): string[] {
  return items
    .filter((item) => item.lane.kind === 'audio' && item.clip.linkId !== null)
    .flatMap((sound) => {
      const picture = items.find((item) => item.lane.kind === 'visual' && item.clip.linkId === sound.clip.linkId);
      const isTogether = !picture || Math.abs(origin(picture.clip) - origin(sound.clip)) < 1;
      return isTogether ? [] : [`${picture.clip.id} ${origin(picture.clip)} ${origin(sound.clip)}`];
    });
}

describe('whatever is done with linked clips', () => {
  it('keeps every sound with its picture', () => {
    const step = fc.record({ kind: fc.nat(12), numbers: fc.array(fc.nat(10_000), { minLength: 8, maxLength: 8 }) });
    const made = new Set<number>();
    let count = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 25 }), (steps) => {
        let project = start;
        for (const { kind, numbers } of steps) {
          let at = 0;
          const edit = anyEdit(project, kind, (max) => (numbers[at++ % numbers.length] ?? 0) % max);
          if (!edit) continue;
          try {
            project = applyEdit(project, editSchema.parse(edit));
          } catch (error) {
            if (error instanceof AppError && error.code === 'edit-refused') continue;
            throw error;
          }
          made.add(kind);
          count += 1;
          expect(apart(viewOf(project).items)).toEqual([]);
        }
      }),
      { numRuns: process.env.SPOTLOOM_LONG === '1' ? 1000 : 60 },
    );
    expect(made.size).toBeGreaterThanOrEqual(12);
    expect(count).toBeGreaterThan(200);
  });
});
