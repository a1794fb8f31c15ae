import { describe, expect, it } from 'vitest';
import { type LaidScale, type LayingMoment, nextLaid } from './laid-scale.ts';
import { overscanPixels } from './lane-sizes.ts';

const rest: LaidScale = { pixelsPerFrame: 4, scrollLeft: 1000, overscan: overscanPixels, isBare: false };
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
    expect(laid).toEqual({ ...rest, pixelsPerFrame: 5, scrollLeft: 1350 });
  });

  it('stretches the steps that follow until the zoom rests', () => {
    const first = nextLaid(rest, moment({ pixelsPerFrame: 5, scrollLeft: 1350 }));
    const second = nextLaid(first, moment({ pixelsPerFrame: 6, scrollLeft: 1700 }));
    expect(second).toBe(first);
    const atRest = nextLaid(second, moment({ pixelsPerFrame: 6, scrollLeft: 1700, restScale: 6 }));
    expect(atRest).toEqual({ ...rest, pixelsPerFrame: 6, scrollLeft: 1700 });
  });

  it('lays out more than is seen, without words, when these would be stretched too far, and stretches that', () => {
    const first = nextLaid(rest, moment({ pixelsPerFrame: 3.9, scrollLeft: 965 }));
    const second = nextLaid(first, moment({ pixelsPerFrame: 2, scrollLeft: 300 }));
    expect(second).toEqual({ pixelsPerFrame: 2, scrollLeft: 300, overscan: 2400, isBare: true });
    expect(nextLaid(second, moment({ pixelsPerFrame: 0.6, scrollLeft: 0 }))).toBe(second);
    // 800 px at 0.4 are 4000 px at 2: more than what lies there.
    expect(nextLaid(second, moment({ pixelsPerFrame: 0.4, scrollLeft: 0 }))).toMatchObject({ pixelsPerFrame: 0.4 });
  });

  it('stretches no further than eight times', () => {
    const bare: LaidScale = { pixelsPerFrame: 2, scrollLeft: 300, overscan: 2400, isBare: true };
    expect(nextLaid(bare, moment({ pixelsPerFrame: 15, scrollLeft: 2250 }))).toBe(bare);
    expect(nextLaid(bare, moment({ pixelsPerFrame: 17, scrollLeft: 2550 }))).toMatchObject({ pixelsPerFrame: 17 });
  });

  it('follows scrolling between two steps of a zoom', () => {
    const first = nextLaid(rest, moment({ pixelsPerFrame: 5, scrollLeft: 1350 }));
    expect(nextLaid(first, moment({ pixelsPerFrame: 5, scrollLeft: 1400 })).scrollLeft).toBe(1400);
  });
});
