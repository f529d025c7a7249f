import { describe, expect, test } from 'vitest';
import {
  caseLabels,
  caseNames,
  casePixels,
  fixtureBytes,
  pixelPart,
} from '../../../../testkit/containerCases.ts';
import { fuzzBytes } from '../../../../testkit/fuzz.ts';
import { fuzzReader } from '../../../../testkit/fuzzAsync.ts';
import { readMat } from './mat.ts';
import { readVariables } from './variables.ts';

const read = (name: string) => readMat(fixtureBytes(name), name, {});

describe('a .mat file', () => {
  test.each(['svhn.mat', 'svhn-packed.mat'])('%s: 10 is the digit 0', async (name) => {
    const contents = await read(name);
    const { pixels, labels } = pixelPart(contents);
    expect(pixels).toMatchObject({ count: 6, channels: 3, height: 8, width: 10 });
    expect([...pixels.images]).toEqual(casePixels(6, { channels: 3, height: 8, width: 10 }));
    expect(labels).toEqual([0, 1, 9, 0, 2, 5]);
    expect(contents.classNames).toEqual([...'0123456789']);
  });

  test('a cell names the classes, counted from 1', async () => {
    const contents = await read('named.mat');
    expect(contents.classNames).toEqual(caseNames);
    expect(pixelPart(contents).labels).toEqual(caseLabels.slice(0, 6));
    expect([...pixelPart(contents).pixels.images]).toEqual(casePixels(6));
    expect(contents.schema.notes).toEqual([
      'not read: struct (struct)',
      'not read: z (complex)',
      'names names the classes, counted from 1',
    ]);
  });

  test('a cell names the classes of every split', async () => {
    const contents = await read('split.mat');
    expect(contents).toMatchObject({ classNames: caseNames.slice(0, 3), firstNumber: 1 });
    expect(pixelPart(contents, 'train').labels).toEqual([0, 1, 2, 0, 1, 2]);
    expect(pixelPart(contents, 'test').labels).toEqual([0, 1, 0, 1]);
    expect([...pixelPart(contents, 'test').pixels.images]).toEqual(casePixels(4, { first: 6 }));
  });

  test('as high as they are many, pictures are told by where their channels stand', async () => {
    const { pixels, labels } = pixelPart(await read('square.mat'));
    const form = { channels: 3, height: 8, width: 6 };
    expect([...pixels.images]).toEqual(casePixels(8, form));
    expect(labels).toEqual(caseLabels.slice(0, 8));
  });

  test('labels that are texts are refused with the remedy', async () => {
    const reading = readMat(fixtureBytes('named.mat'), 'named.mat', { label: 'names' });
    const message =
      'names holds texts, but the labels of a .mat file are numbers; save numbers from 1';
    await expect(reading).rejects.toThrow(message);
  });

  test('where nothing tells, they are refused', async () => {
    await expect(read('either.mat')).rejects.toThrow(
      'X: uint8 [8, 6, 8]: its first and its last axis may each count the pictures; save it as',
    );
  });

  test('the count may come first, as scipy leaves numpy’s arrays', async () => {
    const { pixels, labels } = pixelPart(await read('count-first.mat'));
    expect([...pixels.images]).toEqual(casePixels(12));
    expect(labels).toEqual(caseLabels);
  });
});

describe('other files are refused with the remedy', () => {
  const remedy = 'save it as version 5: `save -v7 file.mat';
  const octave = Buffer.from(`# Created by Octave 7.3.0\n# name: y\n${' '.repeat(200)}`);
  test.each<[string, Uint8Array, string]>([
    ['version 4', fixtureBytes('version4.mat'), 'too short'],
    [
      'version 4, longer',
      Buffer.concat([fixtureBytes('version4.mat'), Buffer.alloc(99)]),
      'version 4',
    ],
    [
      'version 7.3',
      Buffer.from(`MATLAB 7.3 MAT-file${' '.repeat(200)}`),
      'is version 7.3, an HDF5 file',
    ],
    ['Octave’s text', octave, 'Octave’s own text'],
    ['anything', Buffer.from('x'.repeat(200)), 'is no MATLAB file'],
  ])('%s', async (_, bytes, message) => {
    await expect(readMat(bytes, 'f.mat', {})).rejects.toThrow(message);
    await expect(readMat(bytes, 'f.mat', {})).rejects.toThrow(remedy);
  });
});

const valid = ['svhn.mat', 'svhn-packed.mat', 'named.mat', 'count-first.mat'].map(fixtureBytes);

fuzzBytes('variables of .mat files', {
  valid: valid.slice(1),
  parse: (bytes) => readVariables(bytes, true, 'f.mat').length,
});

fuzzReader('.mat files', {
  valid,
  read: (bytes) => readMat(bytes, 'f.mat', {}),
  accepted(contents) {
    expect(pixelPart(contents).labels).toHaveLength(pixelPart(contents).pixels.count);
  },
});
