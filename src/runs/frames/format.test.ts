import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeFrame, decodeHeader, encodeFrame, encodeHeader } from './format.ts';

const header = { every: 7, features: 2, places: [3, 5, 8], labels: [0, 9, 0] };

const bounded = fc.float({ min: -1e6, max: 1e6, noNaN: true });
const coordinate = fc.oneof(bounded, fc.constantFrom(Number.NaN, Infinity, 0));
const points = fc.array(bounded, { minLength: 6, maxLength: 6 });

it('comes back as it was, but for rounding; what is not finite is NaN', () => {
  fc.assert(
    fc.property(points, fc.array(coordinate, { minLength: 6, maxLength: 6 }), (one, other) => {
      const train = Float32Array.from(one);
      const evaluate = Float32Array.from(other);
      const back = decodeFrame(encodeFrame({ step: 9, train, evaluate, plane: null }), header);
      expect(back.step).toBe(9);
      for (const [before, after] of [
        [train, back.train],
        [evaluate, back.evaluate],
      ]) {
        const finite = before.filter(Number.isFinite);
        const range = Math.max(0, ...finite) - Math.min(0, ...finite);
        before.forEach((value, i) => {
          if (!Number.isFinite(value)) expect(after[i]).toBeNaN();
          else expect(Math.abs(after[i] - value)).toBeLessThanOrEqual(range / 30_000 + 1e-30);
        });
      }
    }),
  );
});

it('keeps the plane of wide features', () => {
  const plane = { origin: Float32Array.of(1, 2, 3), axes: Float32Array.of(1, 0, 0, 0, 1, 0) };
  const frame = { step: 1, train: new Float32Array(6), evaluate: new Float32Array(6), plane };
  expect(decodeFrame(encodeFrame(frame), { ...header, features: 3 })).toEqual(frame);
});

it('says its header once', () => {
  const bytes = encodeHeader(header);
  expect(decodeHeader(Buffer.concat([bytes, Buffer.from('more')]), 'f')).toEqual({
    header,
    start: bytes.length,
  });
  for (let length = 0; length < bytes.length; length++) {
    expect(decodeHeader(bytes.subarray(0, length), 'f')).toBeNull();
  }
});
