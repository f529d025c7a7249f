import { describe, expect, test } from 'vitest';
import {
  caseLabels,
  casePixels,
  caseTexts,
  fixtureBytes,
  pixelPart,
} from '../../../testkit/containerCases.ts';
import { fuzzReader } from '../../../testkit/fuzzAsync.ts';
import { RequestError } from '../../errors.ts';
import type { ContainerOptions } from './contents.ts';
import { readNpy, readNpz } from './npz.ts';
import { bytesSource } from './source.ts';

const read = (name: string, options: ContainerOptions = {}, bytes = fixtureBytes(name)) =>
  (name.endsWith('z') ? readNpz : readNpy)(bytesSource(bytes, name), options);

describe('arrays of numpy', () => {
  test.each<[string, number, (number | string)[]]>([
    ['fortran.npz', 1, caseLabels.map((label) => (label > 1 ? 1 : 0))],
    ['records.npy', 1, caseLabels],
    ['version2.npy', 1, caseLabels],
    ['version3.npy', 1, caseLabels],
    ['streamed.npz', 1, caseLabels],
    ['uint16.npz', 1, caseTexts],
    ['big-endian.npz', 3, caseTexts],
    ['channels-first.npz', 3, caseLabels],
  ])('%s: pictures and labels', async (name, channels, labels) => {
    const { pixels, labels: found } = pixelPart(await read(name));
    expect(pixels).toMatchObject({ count: 12, channels, height: 5, width: 7 });
    expect([...pixels.images]).toEqual(casePixels(12, { channels }));
    expect(found).toEqual(labels);
  });

  test('rows of pixels in Fortran’s order are pictures row by row, too', async () => {
    const size = { height: 5, width: 7 };
    const { pixels } = pixelPart(await read('fortran-rows.npz', { size }));
    expect(pixels).toMatchObject({ count: 12, height: 5, width: 7 });
    expect([...pixels.images]).toEqual(casePixels(12));
  });

  test('keys of keras are its splits', async () => {
    const contents = await read('keras.npz');
    expect(contents.parts.map(({ split }) => split)).toEqual(['train', 'test']);
    expect(pixelPart(contents, 'test').labels).toEqual(caseLabels.slice(8));
    expect([...pixelPart(contents, 'test').pixels.images]).toEqual(casePixels(4, { first: 8 }));
    expect(contents.schema).toMatchObject({
      picture: 'field x_train (uint8 [8, 5, 7]), field x_test (uint8 [4, 5, 7]) of 5x7, grey',
      label: 'field y_train (int64 [8]), field y_test (int64 [4])',
    });
  });

  test('keys of MedMNIST are three splits, in any order', async () => {
    const contents = await read('medmnist.npz');
    const { labels, pixels } = pixelPart(contents, 'validation');
    expect(labels).toEqual([0, 1]);
    expect([...pixels.images]).toEqual(casePixels(2, { channels: 3, first: 8 }));
    expect(pixelPart(contents, 'train').labels).toEqual(caseLabels.slice(0, 8));
    expect(pixelPart(contents, 'test').labels).toEqual([2, 0]);
  });

  test('one-hot labels are said to be understood', async () => {
    const { schema } = await read('channels-first.npz');
    expect(schema.notes).toEqual([
      "labels: float32 [12, 4]: the class is the column of a row's only 1",
    ]);
  });

  test('sixteen bits are scaled by the range asked for', async () => {
    const options = { range: { low: 0, high: 255 } };
    expect([...pixelPart(await read('dark.npz', options)).pixels.images]).toEqual(casePixels(12));
  });
});

describe('refused by name', () => {
  test.each<[string, RegExp]>([
    [
      'objects.npz',
      /labels\.npy: labels holds pickled Python objects \(\|O\), which are never unpick/,
    ],
    [
      'several-labels.npz',
      /labels: uint8 \[12, 4\]: row 0 has 2 ones, but a picture has one class/,
    ],
    ['dark.npz', /X: uint16 .* no value above 233.*image range, such as 0:255/],
    ['bare.npy', /one array \(array: uint8 \[12, 5, 7\]\), but pictures need labels; .*savez/],
    ['bytes-without-meaning.npy', /array is bytes without a meaning.*\|V2.*float32/],
  ])('%s', async (name, message) => {
    await expect(read(name)).rejects.toThrow(message);
    await expect(read(name)).rejects.toThrow(RequestError);
  });

  test('a deflated member that claims more than its bytes can hold', async () => {
    const bytes = Uint8Array.from(fixtureBytes('medmnist.npz'));
    const view = new DataView(bytes.buffer);
    for (let at = 0; at + 46 < bytes.length; at++) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 0xfffffff0, true);
    }
    await expect(read('x.npz', {}, bytes)).rejects.toThrow(/claims 4294967280 bytes in \d+ packed/);
  });

  test('a header that claims more than the file holds', async () => {
    const text = Buffer.from(fixtureBytes('bare.npy')).toString('latin1');
    const claiming = (shape: string) => {
      const header = `${shape}, }`;
      const start = text.indexOf('(12, 5, 7)');
      const rest = text.slice(start + header.length);
      return Buffer.from(`${text.slice(0, start)}${header}${rest}`, 'latin1');
    };
    await expect(read('x.npy', {}, claiming('(99999, 5, 7)'))).rejects.toThrow(
      /takes 3500093 bytes, the file has 548/,
    );
    await expect(read('x.npy', {}, claiming('(99999999999, 5, 7)'))).rejects.toThrow(
      'elements, the limit is 4294967296',
    );
  });
});

const npz = ['keras.npz', 'medmnist.npz', 'fortran.npz', 'streamed.npz', 'uint16.npz'];

fuzzReader('npz archives', {
  valid: npz.map(fixtureBytes),
  read: (bytes) => read('f.npz', {}, bytes),
  accepted: ({ parts }) => {
    for (const part of parts) {
      if (part.kind === 'pixels') expect(part.labels).toHaveLength(part.pixels.count);
    }
  },
});

fuzzReader('npy files', {
  valid: ['records.npy', 'version2.npy', 'version3.npy'].map(fixtureBytes),
  words: ["'|O'", "'<f8'", '(12, 5, 7)', '(0,)', '(-1,)', 'True', "'descr'", '[('],
  read: (bytes) => read('f.npy', {}, bytes),
  accepted: (contents) => {
    const { pixels, labels } = pixelPart(contents);
    expect(pixels.images).toHaveLength(
      pixels.count * pixels.channels * pixels.height * pixels.width,
    );
    expect(labels).toHaveLength(pixels.count);
  },
});
