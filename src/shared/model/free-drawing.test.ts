import { describe, expect, test } from 'vitest';
import { freeBounds, freeDrawing, freeSize, lineAt, lookedUp } from './free-drawing.ts';
import type { FreePlacement } from './layers.ts';
import { colourLook, lookMatrix } from './look.ts';

const output = { width: 100, height: 200 };
const upright = { rotationDeg: 0 as const };
const placement = (more: Partial<FreePlacement> = {}): FreePlacement => ({
  ...{ from: { width: 40, height: 20 }, kept: null, centre: { x: 50, y: 100 }, width: 40, height: 20, rotationDeg: 0 },
  ...more,
});

describe('a picture placed between pixels', () => {
  test('lies pixel on pixel where it could lie on the grid', () => {
    const drawing = freeDrawing(upright, placement(), output);
    expect(drawing && [lineAt(drawing.across, 30, 90), lineAt(drawing.down, 30, 90)]).toEqual([0, 0]);
    expect(drawing && [lineAt(drawing.across, 69, 109), lineAt(drawing.down, 69, 109)]).toEqual([39, 19]);
    expect(drawing?.covers).toBe(false);
  });

  test('turns clockwise about its centre', () => {
    const drawing = freeDrawing(upright, placement({ rotationDeg: 90 }), output);
    // Its left top corner is at the right top of where it lies now.
    expect(drawing && lineAt(drawing.across, 59, 80)).toBeCloseTo(0, 9);
    expect(drawing && lineAt(drawing.down, 59, 80)).toBeCloseTo(0, 9);
    const { x, y, width, height } = freeBounds(placement({ rotationDeg: 90 }));
    expect([x, y, width, height].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([40, 80, 20, 40]);
  });

  test('covers the frame only with all of its edges outside, and is nothing outside of it', () => {
    const large = placement({ width: 400, height: 500, from: { width: 400, height: 500 } });
    expect(freeDrawing(upright, large, output)?.covers).toBe(true);
    expect(freeDrawing(upright, { ...large, kept: { x: 0, y: 0, width: 210, height: 500 } }, output)?.covers).toBe(
      false,
    );
    expect(freeDrawing(upright, placement({ centre: { x: 300, y: 100 } }), output)?.seen).toBeNull();
  });

  test('needs no more of its source than what is looked up, and that on even pixels', () => {
    const drawing = freeDrawing(upright, placement({ centre: { x: 4, y: 100 } }), output);
    const box = drawing?.seen && lookedUp(drawing, drawing.seen);
    expect(box && [box.x % 2, box.y % 2, box.width % 2, box.height % 2]).toEqual([0, 0, 0, 0]);
    expect(box?.x).toBeGreaterThan(0);
    expect(box && box.x + box.width).toBe(40);
  });

  test('is made from a size that is not below the one shown, and not much above', () => {
    const source = { width: 1920, height: 1080 };
    for (const width of [2400, 1920, 1500, 1358, 900, 333, 60]) {
      const from = freeSize(source, { width, height: (width * 9) / 16 });
      expect(from.width).toBeLessThanOrEqual(1920);
      expect(from.width).toBeGreaterThanOrEqual(Math.min(1920, width) - 2);
      if (width < 1920) expect(from.width).toBeLessThan(width * 1.5);
      expect([from.width % 2, from.height % 2]).toEqual([0, 0]);
    }
  });
});

describe('colours', () => {
  const plain = { exposure: 0, contrast: 0, saturation: 1, temperature: 0 };
  const through = (look: NonNullable<ReturnType<typeof colourLook>>, [y, u, v]: readonly [number, number, number]) =>
    (
      [
        [look.y, y],
        [look.u, u],
        [look.v, v],
      ] as const
    ).map(([{ gain, offset, low, high }, value]) =>
      Math.min(high, Math.max(low, Math.floor((value * gain + offset) / 65536))),
    );

  test('stay as they are unless something is asked for', () => {
    expect(colourLook(plain)).toBeNull();
  });

  test('keep black black in more light, the middle in more contrast, grey grey without colour', () => {
    const light = colourLook({ ...plain, exposure: 1 });
    expect(light && through(light, [16, 128, 128])).toEqual([16, 128, 128]);
    expect(light && through(light, [100, 100, 160])[0]).toBeGreaterThan(125);
    const steep = colourLook({ ...plain, contrast: 0.5 });
    expect(steep && through(steep, [126, 128, 128])).toEqual([126, 128, 128]);
    const grey = colourLook({ ...plain, saturation: 0 });
    expect(grey && through(grey, [90, 40, 220])).toEqual([90, 128, 128]);
    const warm = colourLook({ ...plain, temperature: 1 });
    expect(warm && through(warm, [90, 128, 128])).toEqual([90, 106, 150]);
  });

  test('are the same in red, green and blue while it plays', () => {
    const look = colourLook({ exposure: 0.3, contrast: 0.1, saturation: 1.2, temperature: 0.2 });
    if (!look) throw new Error('no look');
    const rgb = ([y, u, v]: readonly number[]) => {
      const [light, blue, red] = [((y ?? 0) - 16) / 219, ((u ?? 0) - 128) / 224, ((v ?? 0) - 128) / 224];
      return [light + 1.5748 * red, light - 0.187324 * blue - 0.468124 * red, light + 1.8556 * blue];
    };
    const before = [100, 120, 140] as const;
    const matrix = lookMatrix(look);
    const inputs = [...rgb(before), 1, 1];
    const after = [0, 1, 2].map((row) =>
      inputs.reduce((sum, value, column) => sum + value * (matrix[row * 5 + column] ?? 0), 0),
    );
    for (const [n, value] of rgb(through(look, before)).entries()) expect(after[n]).toBeCloseTo(value, 1.5);
  });
});
