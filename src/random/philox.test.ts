import { describe, expect, test } from 'vitest';
import { philox } from './philox.ts';

function hex(text: string): Uint32Array {
  return Uint32Array.from(text.split(' '), (word) => Number.parseInt(word, 16));
}

describe('philox', () => {
  // The known answers that the authors publish with Random123 (kat_vectors, philox4x32 10).
  test.each([
    {
      counter: '00000000 00000000 00000000 00000000',
      key: '00000000 00000000',
      answer: '6627e8d5 e169c58d bc57ac4c 9b00dbd8',
    },
    {
      counter: 'ffffffff ffffffff ffffffff ffffffff',
      key: 'ffffffff ffffffff',
      answer: '408f276d 41c83b0e a20bc7c6 6d5451fd',
    },
    {
      counter: '243f6a88 85a308d3 13198a2e 03707344',
      key: 'a4093822 299f31d0',
      answer: 'd16cfe09 94fdcceb 5001e420 24126ea1',
    },
  ])('gives the published answer for counter $counter', ({ counter, key, answer }) => {
    const out = new Uint32Array(4);
    const [low, high] = hex(key);
    philox(hex(counter), low, high, out);
    expect(out).toEqual(hex(answer));
  });

  test('may write over its counter', () => {
    const words = new Uint32Array(4);
    philox(words, 0, 0, words);
    expect(words[0]).toBe(0x6627e8d5);
  });
});
