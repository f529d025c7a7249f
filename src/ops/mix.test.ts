import { describe, expect, test } from 'vitest';
import { checkOp, normals, shape, tensor } from '../../testkit/checkOp.ts';
import { type MixOp, mix } from './mix.ts';

const op = (branches: number, bands = 1): MixOp => ({ kind: 'mix', block: 0, branches, bands });
const mixed = (of: MixOp, skip: number[], branches: number[], alpha: number[], height: number) => {
  const inputs = [
    tensor(shape(1, height, 1), skip, skip.length / height),
    tensor(shape(of.branches, height, 1), branches, skip.length / height),
  ];
  return Array.from(mix.forward(of, inputs, { parameters: [], alpha }).data);
};

describe('by hand', () => {
  test('skip + Σ αₙ Bₙ, with coefficients of its own for every sample', () => {
    const alpha = [0.5, 0.25, 0.5, 0.75];
    expect(mixed(op(2), [1, 2], [10, 20, 40, 80], alpha, 1)).toEqual([16, 72]);
  });

  test('bands of rows have coefficients of their own', () => {
    expect(mixed(op(1, 2), [0, 0, 0, 0], [1, 1, 1, 1], [2, 3], 4)).toEqual([2, 2, 3, 3]);
    expect(mixed(op(1, 2), [0, 0, 0], [1, 1, 1], [2, 3], 3)).toEqual([2, 2, 3]);
  });

  test('coefficients that add to 1 need not: the skip path keeps its whole weight', () => {
    expect(mixed(op(1), [5], [7], [0], 1)).toEqual([5]);
  });
});

test.each([
  [1, 1],
  [2, 1],
  [3, 2],
  [5, 3],
])(
  'backward, %i branches and %i bands: βₙ g to branch n and g to the skip, bit for bit',
  (branches, bands) => {
    const [samples, channels, height, width] = [3, 2, 4, 3];
    const size = channels * height * width;
    const skip = tensor(shape(channels, height, width), normals('skip', samples * size), samples);
    const wide = shape(branches * channels, height, width);
    const values = tensor(wide, normals('branches', branches * samples * size), samples);
    const g = { ...skip, data: normals('g', samples * size) };
    const [alpha, beta] = ['alpha', 'beta'].map((name) =>
      normals(name, bands * branches * samples),
    );
    const state = { parameters: [], alpha, beta };
    const { inputs } = mix.gradient(op(branches, bands), [skip, values], state, g);

    expect(inputs[0].data).toEqual(g.data);
    const expected = values.data.map((_, i) => {
      const sample = Math.floor(i / (branches * size));
      const branch = Math.floor(i / size) % branches;
      const row = Math.floor(i / width) % height;
      const band = Math.floor((row * bands) / height);
      return (
        beta[(band * branches + branch) * samples + sample] * g.data[sample * size + (i % size)]
      );
    });
    expect(inputs[1].data).toEqual(expected);
  },
);

test('has the shape of the skip path and a product for every branch value', () => {
  const inputs = [shape(3, 4, 5), shape(6, 4, 5)];
  expect(mix.shape(op(2), inputs)).toEqual(shape(3, 4, 5));
  expect(mix.parameters(op(2), inputs)).toEqual([]);
  expect(mix.macs(op(2), inputs)).toBe(6 * 4 * 5);
});

test.each([
  [1, 1, 1, 1, 1],
  [2, 1, 3, 5, 2],
  [3, 2, 2, 3, 3],
  [2, 3, 1, 2, 1],
])(
  'where β = α, gradient of %i branches and %i bands over %i × %i × %i',
  (branches, bands, channels, height, width) => {
    const alpha = normals('alpha', bands * branches * 3);
    const inputs = [shape(channels, height, width), shape(branches * channels, height, width)];
    const state = { alpha, beta: alpha };
    expect(checkOp({ op: op(branches, bands), inputs, state })).toHaveLength(2);
  },
);
