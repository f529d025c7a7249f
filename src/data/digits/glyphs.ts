/** A place in the glyph's square: x to the right, y down, both 0…100. */
export type Point = readonly [x: number, y: number];

/**
 * What one pen stroke passes through, smoothly. A point given twice is a corner: the pen stops
 * there and turns.
 */
export type Stroke = readonly Point[];

/** One way of writing a digit. */
export type Glyph = readonly Stroke[];

/** The ways each digit is written, in the order of the digits. */
export const glyphs: readonly (readonly Glyph[])[] = [
  [
    [stroke('54,3 28,14 17,50 28,86 51,97 75,84 84,48 74,14 48,4')],
    [stroke('64,9 44,4 27,28 25,66 42,96 64,92 76,62 74,26 56,3 44,6')],
  ],
  [
    [stroke('50,3 50,34 50,66 50,97')],
    [stroke('32,22 44,13 53,3 53,3 52,50 51,97')],
    [stroke('30,24 52,4 52,4 52,50 52,94'), stroke('30,96 52,95 75,96')],
  ],
  [
    [stroke('19,25 34,7 60,4 76,24 66,52 42,76 18,95 18,95 50,94 84,94')],
    [stroke('22,22 40,4 68,9 75,34 56,64 31,92 17,85 28,75 52,87 70,97 87,86')],
  ],
  [
    [stroke('20,15 45,3 71,16 66,38 42,47 42,47 72,55 81,77 58,96 31,95 16,83')],
    [stroke('20,6 48,6 77,6 77,6 62,23 45,40 45,40 74,50 81,75 56,97 19,88')],
  ],
  [
    [stroke('27,6 22,32 17,57 17,57 50,57 85,54'), stroke('67,10 65,50 63,97')],
    [stroke('64,97 64,50 64,4 64,4 40,34 13,65 13,65 50,66 88,64')],
  ],
  [
    [stroke('78,6 54,6 30,6 30,6 27,25 24,45 24,45 52,38 78,56 74,84 47,97 18,88')],
    [stroke('30,8 27,27 25,47 25,47 56,44 77,66 60,93 20,93'), stroke('30,8 54,7 82,4')],
  ],
  [
    [stroke('67,4 40,20 23,52 23,80 46,97 73,87 77,65 54,51 31,61 23,78')],
    [stroke('52,3 32,34 21,70 37,96 64,93 74,72 56,57 34,66 24,80')],
  ],
  [
    [stroke('17,8 48,7 81,6 81,6 59,44 42,97')],
    [stroke('17,9 48,8 81,7 81,7 60,44 44,97'), stroke('32,52 52,50 74,48')],
    [stroke('19,22 20,8 20,8 50,9 82,8 82,8 62,46 52,97')],
  ],
  [
    [stroke('73,17 49,3 27,18 39,40 65,57 76,79 50,97 24,81 37,57 64,40 75,19')],
    [stroke('50,48 28,33 31,10 52,3 73,13 70,35 50,48 24,66 27,91 52,98 77,88 75,64 50,48')],
  ],
  [
    [stroke('75,28 61,7 37,7 23,27 32,47 57,47 75,28 75,28 72,62 63,97')],
    [stroke('76,24 55,4 28,15 26,41 50,51 73,33 77,22 78,58 66,88 44,97 25,90')],
  ],
];

/** Reads `x,y x,y …`. */
function stroke(text: string): Stroke {
  return text.split(' ').map((pair) => {
    const [x, y] = pair.split(',').map(Number);
    return [x, y];
  });
}
