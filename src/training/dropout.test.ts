import { expect, test } from 'vitest';
import { parseHead } from '../heads/index.ts';
import { referenceMachine } from '../machines/reference.ts';
import { parseMixing } from '../mixing/index.ts';
import { parseLayout } from '../nets/layouts.ts';
import { parseNet } from '../nets/networks.ts';
import { wordsOf } from '../program/slots.ts';
import { Model } from './model.ts';

const shape = { channels: 1, height: 4, width: 4, features: 2 };
const model = new Model({
  net: parseNet('resnext-8-2x2d', { ...shape, layout: parseLayout('conv dropout=0.5 conv') }),
  dataset: { mean: [0], std: [1], classNames: ['a', 'b'] },
  mixing: parseMixing('even'),
  head: parseHead('softmax'),
  batch: 16,
  machine: referenceMachine,
});

/** The keys of the net's three dropouts, as text. */
function keysAt(seed: number, step: number): string[] {
  model.draw(seed, step, 16);
  return model.program.dropoutKeys.map((key) =>
    wordsOf(model.execution.values(key)).subarray(0, 2).join(),
  );
}

test('every dropout has a key of its own at every step of every seed', () => {
  const keys = [keysAt(1, 0), keysAt(1, 1), keysAt(2, 0)].flat();
  expect(new Set(keys).size).toBe(9);
});

test('the same seed and step have the same keys', () => {
  expect(keysAt(7, 3)).toEqual(keysAt(7, 3));
});
