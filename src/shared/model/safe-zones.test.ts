import { describe, expect, it } from 'vitest';
import { placementIdSchema, placements } from './placement.ts';
import { fullSizes, ratios } from './ratio.ts';
import { allSafeZones, cautiousBox, safeInAll, safeZoneOf, safeZonesFor } from './safe-zones.ts';
import { areaOnPicture, isWithin, reachBeyond, sharedArea, wholeFrame } from './safe-zones-area.ts';

describe('the table of safe zones', () => {
  it('has a row for every placement in every ratio that it takes, each with its source and date', () => {
    for (const id of placementIdSchema.options)
      for (const ratio of ratios) {
        const zone = safeZoneOf(id, ratio);
        expect([id, ratio, zone !== null]).toEqual([id, ratio, placements[id].ratios.includes(ratio)]);
        if (!zone) continue;
        expect(zone).toMatchObject({ placement: id, ratio, date: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) });
        expect(zone.source.length).toBeGreaterThan(20);
      }
  });

  it('covers only what is inside of the frame, and never the safe box', () => {
    for (const { placement, ratio, covered, safe } of allSafeZones()) {
      expect([placement, ratio, isWithin(safe, wholeFrame)]).toEqual([placement, ratio, true]);
      expect(safe.width * safe.height).toBeGreaterThan(0.15);
      for (const { part, area } of covered) {
        expect([placement, ratio, part, isWithin(area, wholeFrame)]).toEqual([placement, ratio, part, true]);
        expect([placement, ratio, part, sharedArea(area, safe)]).toEqual([placement, ratio, part, null]);
      }
    }
  });

  it('has a cautious box for every ratio that is safe in all of its placements', () => {
    for (const ratio of ratios)
      for (const zone of safeZonesFor(placementIdSchema.options, ratio))
        expect([ratio, zone.placement, isWithin(cautiousBox(ratio), zone.safe)]).toEqual([ratio, zone.placement, true]);
    const { x, y, width, height } = cautiousBox('9:16');
    // x 120 to 888, y 288 to 1248 of 1080 × 1920, as published.
    expect([x * 1080, y * 1920, width * 1080, height * 1920].map(Math.round)).toEqual([120, 288, 768, 960]);
  });

  it('says when nothing is safe everywhere', () => {
    const [zone] = allSafeZones();
    if (!zone) throw new Error('an empty table');
    const elsewhere = { ...zone, safe: { x: 0, y: 0, width: 0.01, height: 0.01 } };
    expect(safeInAll([zone, elsewhere])).toBeNull();
    expect(safeInAll([])).toEqual(wholeFrame);
  });
});

describe('areas', () => {
  it('reach beyond others by what is outside', () => {
    const box = { x: -0.1, y: 0.2, width: 1.3, height: 0.3 };
    const { top, right, bottom, left } = reachBeyond(box, wholeFrame);
    expect([top, right, bottom, left].map((side) => Math.round(side * 1000) / 1000)).toEqual([0, 0.2, 0, 0.1]);
  });

  it('of a screen are found on a picture that stands in its middle', () => {
    // A square takes rows 420 to 1500 of 1080 × 1920.
    const lower = { x: 0, y: 1400 / 1920, width: 1, height: 520 / 1920 };
    const shared = areaOnPicture(lower, fullSizes['9:16'], fullSizes['1:1']);
    expect(shared?.y).toBeCloseTo(980 / 1080, 6);
    expect(shared?.height).toBeCloseTo(100 / 1080, 6);
    expect(areaOnPicture({ x: 0, y: 0, width: 1, height: 0.1 }, fullSizes['9:16'], fullSizes['1:1'])).toBeNull();
  });
});
