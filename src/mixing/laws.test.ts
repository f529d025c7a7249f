import { describe, expect, test } from 'vitest';
import {
  coefficientsOf,
  drawLaw,
  evaluateLaw,
  momentsOf,
  usualPass,
} from '../../testkit/drawLaw.ts';
import { laws, parseMixing } from './parse.ts';

/** Every law as it is by default, and some with options that change what is drawn. */
const texts = [
  ...Object.keys(laws),
  'shake-shake:level=batch,backward=keep,strength=0.5',
  'sub-band:bands=5,forward=even',
  'stochastic-shake-shake:last=0.2,negative=0.5,level=batch,gate=image',
  'shake-drop:alpha=0.5,beta=2,gate=image',
  'stochastic-depth:last=0.1,gate=image',
];

describe.each(texts)('%s', (text) => {
  const { bands } = parseMixing(text);

  test.each([2, 3, 5])('writes every coefficient of %i branches, none more', (branches) => {
    const { forward, backward } = drawLaw(text, { branches, samples: 16 });
    for (const values of [forward, backward, evaluateLaw(text, { branches, samples: 16 })])
      expect(values.every(Number.isFinite)).toBe(true);
  });

  test.each([2, 3])(
    'evaluates %i branches with the mean of its draws, in every band',
    (branches) => {
      const steps = Array.from(
        { length: 4000 },
        (_, step) => drawLaw(text, { step, branches, samples: 4 }).forward,
      );
      evaluateLaw(text, { branches, samples: 4 }).forEach((expected, i) => {
        const { mean, variance } = momentsOf(steps.map((forward) => forward[i]));
        const error = 5 * Math.sqrt(variance / steps.length) + 1e-6;
        expect(Math.abs(mean - expected), `coefficient ${i}`).toBeLessThan(error);
      });
    },
  );

  test('is fixed by seed, step and block, whatever was drawn before', () => {
    const change = { seed: 7, step: 123, block: 4, samples: 48 };
    expect(drawLaw(text, change)).toEqual(drawLaw(text, change));
  });

  test('gives a sample the same coefficients in a smaller batch', () => {
    const few = drawLaw(text, { samples: 16, branches: 3 });
    const many = drawLaw(text, { samples: 48, branches: 3 });
    for (let band = 0; band < bands; band++)
      for (let branch = 0; branch < 3; branch++)
        for (const side of ['forward', 'backward'] as const) {
          const place = { band, branch, branches: 3 };
          const long = coefficientsOf(many[side], { ...place, samples: 48 });
          expect(coefficientsOf(few[side], { ...place, samples: 16 })).toEqual(long.slice(0, 16));
        }
  });
});

test.each(['sub-band', 'stochastic-shake-shake'])(
  '%s needs two branches; the other laws take one',
  (name) => {
    expect(() => parseMixing(name).check?.({ branches: 1, height: 8 })).toThrow(
      `mixing '${name}': blocks of one branch have nothing to shake, it mixes 2 or more; use even`,
    );
  },
);

test.each(['even', 'shake-shake', 'shake-drop', 'stochastic-depth'])(
  '%s takes one branch',
  (name) => {
    expect(() => parseMixing(name).check?.({ branches: 1, height: 1 })).not.toThrow();
    const { forward } = drawLaw(name, { branches: 1, samples: usualPass.samples });
    expect(forward.every(Number.isFinite)).toBe(true);
  },
);
