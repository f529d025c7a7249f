import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  caseLabels,
  caseNames,
  casePixels,
  fixtureBytes,
  pixelPart,
} from '../../../testkit/containerCases.ts';
import { fuzzBytes } from '../../../testkit/fuzz.ts';
import { RequestError } from '../../errors.ts';
import { readCifarPickles } from './cifarPickle.ts';
import { PickledArray, readPickle } from './pickle.ts';

const batch = (protocol: number) => gunzipSync(fixtureBytes(`data_batch_${protocol}.gz`));

describe('CIFAR’s batches as Python pickled them', () => {
  test.each([2, 4])('protocol %i', async (protocol) => {
    const contents = await readCifarPickles(
      [
        { path: 'batches.meta', bytes: fixtureBytes('batches.meta') },
        { path: 'data_batch_1', bytes: batch(protocol) },
        { path: 'test_batch', bytes: batch(protocol) },
      ],
      {},
    );
    expect(contents.classNames).toEqual(caseNames);
    expect(contents.parts.map(({ split }) => split)).toEqual(['train', 'test']);
    const { pixels, labels } = pixelPart(contents, 'train');
    expect(labels).toEqual(caseLabels.slice(0, 6));
    expect(pixels).toMatchObject({ count: 6, channels: 3, height: 32, width: 32 });
    const row = casePixels(6, { channels: 1, height: 1, width: 32 });
    expect([...pixels.images.subarray(3 * 3072, 3 * 3072 + 33)]).toEqual([
      ...row.slice(96, 128),
      0,
    ]);
  });

  test('a pickle that names a function is refused, and nothing of it run', () => {
    expect(() => readPickle(fixtureBytes('evil.pickle'), 'evil')).toThrow(
      /evil, byte \d+: the pickle names "__builtin__ print", and nothing of a pickle is run here/,
    );
  });

  test.each<[string, string, RegExp]>([
    ['a call of text', 'S"a"\n)R.', /calls what is no function known here/],
    ['an object', '(i__main__\nX\n.', /holds the opcode "i"/],
    ['a stack that ends', '\x80\x02a.', /takes a value that is not there/],
    ['no end', '\x80\x02]', /ends within a value/],
  ])('%s is refused', (_, text, message) => {
    expect(() => readPickle(Buffer.from(text, 'latin1'), 'p')).toThrow(message);
    expect(() => readPickle(Buffer.from(text, 'latin1'), 'p')).toThrow(RequestError);
  });
});

fuzzBytes('pickles', {
  valid: [
    fixtureBytes('batches.meta'),
    fixtureBytes('evil.pickle').subarray(0, 20),
    batch(4).subarray(0, 300),
  ],
  words: ['cnumpy\ndtype\n', 'cos\nsystem\n', '(lp0\n', 'R', 'b', 'h\x01', '}(', 'e.', '\x8a\x08'],
  parse: (bytes) => readPickle(bytes, 'p') instanceof PickledArray,
});
