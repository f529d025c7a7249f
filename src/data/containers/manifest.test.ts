import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allSamples, pixelPart } from '../../../testkit/containerCases.ts';
import { fuzzReader } from '../../../testkit/fuzzAsync.ts';
import type { ContainerOptions } from './contents.ts';
import { readManifest } from './manifest.ts';

const read = (text: string, options: ContainerOptions = {}) =>
  readManifest(text, 'data/list.csv', options);
const rows = async (text: string) =>
  (await allSamples(await read(text))).map(({ picture, label }) => [
    'path' in picture ? picture.path : null,
    label,
  ]);
const at = (name: string) => resolve('data', name);

describe('a manifest', () => {
  test('with quotes, a byte order mark and Windows’ ends of lines', async () => {
    const text = '\ufeffpath,label\r\n"a, b.png",frog\r\n"c ""d"".png",cat\r\n';
    expect(await rows(text)).toEqual([
      [at('a, b.png'), 'frog'],
      [at('c "d".png'), 'cat'],
    ]);
  });

  test('separated by tabs, with splits in any case', async () => {
    const contents = await read('File\tClass\tSplit\na.png\t1\tTrain\nb.png\t2\tVALIDATION\n');
    expect(contents.parts.map(({ split }) => split)).toEqual(['train', 'validation']);
    expect((await allSamples(contents)).map(({ label }) => label)).toEqual([1, 2]);
    expect(contents.schema).toMatchObject({ split: 'column Split', label: 'field Class' });
  });

  test('with pandas’ index, which is not read', async () => {
    const contents = await read(',path,label\n0,a.png,frog\n1,b.png,cat\n');
    expect(contents.schema.notes).toEqual([
      'a column without a name is pandas’ index, and not read',
    ]);
    expect(contents.schema.label).toBe('field label');
  });

  test('without a line of names, as MedMNIST saves it', async () => {
    const contents = await read('TRAIN,a.png,3\nTEST,b.png,1\n');
    expect(contents.parts.map(({ split }) => split)).toEqual(['train', 'test']);
    expect(await rows('a.png,3\nb.png,1\n')).toEqual([
      [at('a.png'), 3],
      [at('b.png'), 1],
    ]);
  });
});

describe('a table of pixels', () => {
  test('of squares needs no size', async () => {
    const { pixels, labels } = pixelPart(
      await read('label,pixel0,pixel1,pixel2,pixel3\n5,0,1,2,255\n7,9,8,7,6\n'),
    );
    expect(pixels).toMatchObject({ count: 2, channels: 1, height: 2, width: 2 });
    expect([...pixels.images]).toEqual([0, 1, 2, 255, 9, 8, 7, 6]);
    expect(labels).toEqual([5, 7]);
  });

  test('of fractions is read by the range that is asked for', async () => {
    const range = { low: 0, high: 1 };
    const part = pixelPart(await read('label,0,1,2,3\n1,0,0.5,0.25,1\n', { range }));
    // numpy.rint of 255 times these, but that halves go up.
    expect([...part.pixels.images]).toEqual([0, 128, 64, 255]);
  });

  test('with a column of splits, which is read, and others, which are named', async () => {
    const contents = await read(
      'id,label,0,1,2,3,Usage,person\n' +
        '1,a,1,2,3,4,Training,x\n2,b,5,6,7,8,test,y\n3,b,9,8,7,6,training,z\n',
      { group: 'person' },
    );
    expect(contents.parts.map(({ split }) => split)).toEqual(['train', 'test']);
    const [train, test] = [pixelPart(contents, 'train'), pixelPart(contents, 'test')];
    expect([...train.pixels.images]).toEqual([1, 2, 3, 4, 9, 8, 7, 6]);
    expect([...test.pixels.images]).toEqual([5, 6, 7, 8]);
    expect([train.labels, train.groups, test.labels]).toEqual([['a', 'b'], ['x', 'z'], ['b']]);
    expect(contents.schema).toMatchObject({
      split: 'column Usage',
      notes: ['columns not read: id'],
    });
  });

  test('whose names say where a pixel lies needs none either', async () => {
    const { pixels } = pixelPart(
      await read('label,1x1,1x2,1x3,2x1,2x2,2x3\n1,1,2,3,4,5,6\n2,0,0,0,0,0,0\n'),
    );
    expect(pixels).toMatchObject({ height: 2, width: 3 });
  });
});

describe('pixels out of their order', () => {
  test.each([
    ['sorted by letters', 'pixel1,pixel10,pixel2,label', 'pixel10 stands where pixel 2'],
    ['with one left out', 'label,px0,px1,px3', 'px3 stands where pixel 3'],
    ['column by column', '1x1,2x1,1x2,2x2,label', '2x1 stands where pixel 2'],
    ['beside another number', '2024,pixel0,pixel1,label', 'pixel0 stands where pixel 2'],
  ])('%s are refused', async (_, header, message) => {
    const row = header.replace(/\w+/g, '1');
    await expect(read(`${header}\n${row}\n`)).rejects.toThrow(message);
  });
});

describe('refused, naming the lines', () => {
  test.each<[string, string, RegExp]>([
    ['nothing', '', /which field|no field is called/],
    [
      'an empty path',
      'path,label\na.png,1\n,2\n,3\n',
      /column path is empty in line 3, 4; fill or drop/,
    ],
    [
      'a split of pixels that nobody knows',
      'label,0,1,2,3,Usage\n1,2,3,4,5,PublicTest\n',
      /line 2: split PublicTest, known are train, validation and test/,
    ],
    ['no row of pixels', 'label,0,1,2,3\n', /holds no rows/],
    [
      'no line of names',
      '5,0,0,0,9\n1,2,3,4,5\n',
      /column 0 stands where .*; give the table a first line of names, such as label,pixel1/,
    ],
    [
      'semicolons',
      'label;0;1;2;3\n1;2;3;4;5\n',
      /separated by semicolons, but read are commas and tabs; write it with commas/,
    ],
    [
      'all pixels in one cell',
      'label,pixels\n1,70 80 82 72\n',
      /column pixels holds numbers, where paths .*; write each pixel as a column/,
    ],
    ['a row too short', 'path,label\na.png,1\nb.png\n', /row 3 has 1 columns, the first 2/],
    [
      'an unknown split',
      'path,label,split\na.png,1,trian\n',
      /line 2: split trian, known are train/,
    ],
    ['no label', 'path,height\na.png,1\n', /no field is called a label; it holds path, height/],
    [
      'several labels',
      'TRAIN,a.png,0,1\nTEST,b.png,1,1\n',
      /2 columns of labels, but a picture has one/,
    ],
    [
      'no square',
      'label,pixel0,pixel1\n1,2,3\n',
      /2 pixels a picture, which are no square; say the size/,
    ],
    ['a pixel too bright', 'label,0,1,2,3\n1,2,3,4,256\n', /holds 256, but its pixels are 0 … 255/],
    [
      'fractions where white is 255',
      'label,0,1,2,3\n1,0,0.5,0.25,1\n',
      /no value above 1, but white is 255; say .* image range, such as 0:1/,
    ],
    ['no number', 'label,0,1,2,3\n1,2,3,,4\n', /line 2: a pixel is no number/],
  ])('%s', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});

fuzzReader('manifests', {
  valid: [
    'path,label,split\na.png,1,train\n"b,c.png",2,test\n',
    'label,pixel0,pixel1,pixel2,pixel3\n5,0,1,2,255\n7,9,8,7,6\n',
    'TRAIN,a.png,3\nTEST,b.png,1\n',
  ].map((text) => Uint8Array.from(Buffer.from(text))),
  words: [',', '"', '""', '\t', '\r\n', '\ufeff', '1e999', '-0', '__proto__', '\0'],
  read: async (bytes) => allSamples(await read(Buffer.from(bytes).toString())),
});
