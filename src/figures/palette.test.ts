import { describe, expect, test } from 'vitest';
import { classColour, classColours, classColoursOnDark, modelStyle } from './palette.ts';

type Triple = [number, number, number];
type Matrix = [Triple, Triple, Triple];

/** Linear RGB as seen with each dichromacy (Machado et al. 2009, severity 1). */
const visions: Record<string, Matrix> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(hex: string): Triple {
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Triple;
}

function times(matrix: Matrix, [a, b, c]: Triple): Triple {
  return matrix.map(([x, y, z]) => x * a + y * b + z * c) as Triple;
}

function okLab(rgb: Triple): Triple {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map(Math.cbrt) as Triple;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  );
}

function smallestDistance(colours: readonly string[], vision: Matrix): number {
  const seen = colours.map((colour) => {
    const [r, g, b] = times(vision, linear(colour));
    return okLab([r, g, b].map((value) => Math.min(1, Math.max(0, value))) as Triple);
  });
  const distances = seen.flatMap((own, i) =>
    seen.slice(0, i).map((other) => Math.hypot(...own.map((value, d) => value - other[d]))),
  );
  return Math.min(...distances);
}

describe('class colours', () => {
  test.each(Object.keys(visions))('no two are alike with %s', (vision) => {
    expect(smallestDistance(classColours, visions[vision])).toBeGreaterThan(0.105);
  });

  test.each(Object.keys(visions))('no two are alike on a dark ground with %s', (vision) => {
    expect(smallestDistance(classColoursOnDark, visions[vision])).toBeGreaterThan(0.13);
  });

  test('on a dark ground all are light enough to see', () => {
    for (const colour of classColoursOnDark) {
      expect(okLab(linear(colour))[0]).toBeGreaterThan(0.495);
    }
  });

  test('the check finds a pair that only protanopes confuse', () => {
    const confused = ['#2ca02c', '#ff7f0e'];
    expect(smallestDistance(confused, visions.normal)).toBeGreaterThan(0.2);
    expect(smallestDistance(confused, visions.protanopia)).toBeLessThan(0.05);
  });

  test('none is too pale or too dark to see', () => {
    for (const colour of classColours) {
      const [lightness] = okLab(linear(colour));
      expect(lightness).toBeGreaterThan(0.25);
      expect(lightness).toBeLessThan(0.82);
    }
  });

  test('an eleventh class takes the first colour again', () => {
    expect(classColour(10)).toBe(classColour(0));
  });
});

test('the lines of four models differ in colour and in dash', () => {
  const styles = [0, 1, 2, 3].map(modelStyle);
  expect(new Set(styles.map(({ colour }) => colour)).size).toBe(4);
  expect(new Set(styles.map(({ dash }) => dash)).size).toBe(4);
});
