import { describe, expect, test } from 'vitest';
import { tarFile } from '../../../../testkit/cifarFiles.ts';
import {
  allSamples,
  casePixels,
  fileOf,
  fixtureBytes,
} from '../../../../testkit/containerCases.ts';
import { fuzzReader } from '../../../../testkit/fuzzAsync.ts';
import type { ContainerOptions } from '../contents.ts';
import { readWebDataset } from './webdataset.ts';

const archive = (path: string, bytes: Uint8Array, piece = 700) => ({
  path,
  async *pieces() {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  },
});

const read = (name: string, options: ContainerOptions = {}) =>
  readWebDataset([archive(name, fixtureBytes(name))], options);

const text = (name: string, content: string) => ({ name, bytes: Buffer.from(content) });
const tar = (...members: [string, string][]) =>
  readWebDataset([archive('a.tar', tarFile(members.map(([n, c]) => text(n, c))))], {});

describe('samples of a tar', () => {
  test('headers with fractions of seconds are no hindrance', async () => {
    const contents = await read('plain.tar');
    const samples = await allSamples(contents);
    expect(samples).toMatchObject([3, 1, 2].map((label) => ({ label, split: 'train' })));
    expect(samples[1].name).toBe('plain.tar, sample train/000001');
    expect([...fileOf(samples[2]).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    expect(contents.schema.notes).toEqual(['endings not read: json']);
  });

  test('names with dots are told apart, where WebDataset makes one sample of them', async () => {
    const contents = await read('dotted.tar');
    const samples = await allSamples(contents);
    expect(samples.map(({ name, label }) => [name, label])).toEqual([
      ['dotted.tar, sample scan/x_0.0', 3],
      ['dotted.tar, sample scan/x_0.1', 1],
      ['dotted.tar, sample scan/x_0.2', 2],
      ['dotted.tar, sample scan/x_0.3', 0],
    ]);
    expect(contents.schema.notes).toEqual([
      'samples whose names have dots are told apart by the last one',
    ]);
  });

  test('arrays are pictures, and a second picture is not taken for the first', async () => {
    const contents = await read('arrays.tar');
    const samples = await allSamples(contents);
    expect(samples.map(({ label }) => label)).toEqual(['frog', 'cat', 'dog']);
    const pictures = samples.map(({ picture }) => ('pixels' in picture ? picture.pixels : null));
    expect(pictures[0]).toMatchObject({ count: 1, channels: 1, height: 5, width: 7 });
    expect(pictures.flatMap((pixels) => [...pixels!.images])).toEqual(casePixels(3));
    expect(contents.schema.notes).toEqual(['endings not read: seg.png']);
  });

  test('a label may stand in JSON', async () => {
    expect((await allSamples(await read('json.tar'))).map(({ label }) => label)).toEqual([3, 1]);
  });

  test('shards are read in their order, by splits', async () => {
    const shard = (path: string, label: string) =>
      archive(path, tarFile([text('0.cls', label), text('0.png', 'x')]));
    const files = [shard('train-1.tar', '7'), shard('val-0.tar', '5'), shard('train-0.tar', '6')];
    const { parts } = await readWebDataset(files, {});
    expect(parts.map(({ split }) => split)).toEqual(['train', 'validation']);
    const samples = await allSamples({ ...(await readWebDataset(files, {})), parts });
    expect(samples.map(({ label }) => label)).toEqual([6, 7, 5]);
  });
});

describe('refused, naming the sample', () => {
  test.each<[string, [string, string][], string]>([
    ['no label', [['0.png', 'x']], 'sample 0: which file is a label cannot be told; it has png'],
    [
      'two pictures',
      [
        ['0.png', 'x'],
        ['0.jpg', 'x'],
        ['0.cls', '1'],
      ],
      'which file is one picture cannot be told',
    ],
    [
      'a later sample without its picture',
      [
        ['0.png', 'x'],
        ['0.cls', '1'],
        ['1.cls', '1'],
      ],
      'a.tar, sample 1: lacks .png; it has cls',
    ],
    [
      'a file that is there twice',
      [
        ['0.png', 'x'],
        ['0.png', 'x'],
      ],
      'sample 0: 0.png is there twice',
    ],
    ['no sample', [['README', 'x']], 'a.tar: holds no samples'],
  ])('%s', async (_, members, message) => {
    const reading = async () => allSamples(await tar(...members));
    await expect(reading()).rejects.toThrow(message);
  });
});

fuzzReader('tars of samples', {
  valid: ['plain.tar', 'dotted.tar', 'arrays.tar', 'json.tar'].map(fixtureBytes),
  words: ['000000.png', '.cls', 'PaxHeader', '15 mtime=1.5\n', '0000777'],
  read: async (bytes) => allSamples(await readWebDataset([archive('f.tar', bytes, 4096)], {})),
  accepted(samples) {
    for (const { label } of samples) expect(['number', 'string']).toContain(typeof label);
  },
});
