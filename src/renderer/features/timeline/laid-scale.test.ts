import { describe, expect, it } from 'vitest';
import { type LaidScale, type LayingMoment, nextLaid } from './laid-scale.ts';
import { overscanPixels } from './lane-sizes.ts';

const rest: LaidScale = { pixelsPerFrame: 4, scrollLeft: 1000, overscan: overscanPixels };
const moment = (change: Partial<LayingMoment>): LayingMoment => ({
  ...{ pixelsPerFrame: 4, scrollLeft: 1000, restScale: 4, width: 800 },
  ...change,
});

describe('what clips are laid out for', () => {
  it('follows scrolling', () => {
    expect(nextLaid(rest, moment({ scrollLeft: 1300 }))).toEqual({ ...rest, scrollLeft: 1300 });
  });

  it('shows the first step of a zoom as it is', () => {
    const laid = nextLaid(rest, moment({ pixelsPerFrame: 5, scrollLeft: 1350 }));
    expect(laid).toEqual({ pixelsPerFrame: 5, scrollLeft: 1350, overscan: overscanPixels });
  });

  it('stretches the steps that follow until the zoom rests', () => {
    const first = nextLaid(rest, moment({ pixelsPerFrame: 5, scrollLeft: 1350 }));
    const second = nextLaid(first, moment({ pixelsPerFrame: 6, scrollLeft: 1700 }));
    expect(second).toBe(first);
    const atRest = nextLaid(second, moment({ pixelsPerFrame: 6, scrollLeft: 1700, restScale: 6 }));
    expect(atRest).toEqual({ pixelsPerFrame: 6, scrollLeft: 1700, overscan: overscanPixels });
  });

  it('lays out more than is seen when clips would be missing, and stretches that', () => {
    const first = nextLaid(rest, moment({ pixelsPerFrame: 3.9, scrollLeft: 965 }));
    // 800 px at 2 are 1560 px at 3.9: more than 800 and what lies beside them.
    const second = nextLaid(first, moment({ pixelsPerFrame: 2, scrollLeft: 300 }));
    expect(second).toEqual({ pixelsPerFrame: 2, scrollLeft: 300, overscan: 800 });
    expect(nextLaid(second, moment({ pixelsPerFrame: 1.5, scrollLeft: 150 }))).toBe(second);
  });

  it('stretches no further than four times', () => {
    const first = nextLaid(rest, moment({ pixelsPerFrame: 5, scrollLeft: 1350 }));
    const far = moment({ pixelsPerFrame: 21, scrollLeft: 1350 * 4.2 });
    expect(nextLaid(first, far)).toMatchObject({ pixelsPerFrame: 21 });
  });

  it('follows scrolling between two steps of a zoom', () => {
    const first = nextLaid(rest, moment({ pixelsPerFrame: 5, scrollLeft: 1350 }));
    expect(nextLaid(first, moment({ pixelsPerFrame: 5, scrollLeft: 1400 })).scrollLeft).toBe(1400);
  });
});
