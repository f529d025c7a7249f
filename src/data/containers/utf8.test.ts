import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tarFile } from '../../../testkit/cifarFiles.ts';
import { allSamples } from '../../../testkit/containerCases.ts';
import { temporaryFolder, writeFiles } from '../../../testkit/dataFiles.ts';
import { openDataset } from '../datasets.ts';
import { byteText } from './elements.ts';
import { readLabels } from './labels.ts';
import { readWebDataset } from './webdataset/webdataset.ts';

const table = 'label,0,1,2,3\r\nthé,0,0,0,1\nthè,0,0,0,2\ncafé,0,0,0,3\n';

async function opened(bytes: Uint8Array) {
  const folder = await temporaryFolder();
  await writeFiles(folder, { 'a.csv': bytes });
  return openDataset(join(folder, 'a.csv'));
}

// “é” and “è” of Latin-1 would both become the one sign for what is no UTF-8, and their classes one.
describe('text that is no UTF-8 is refused:', () => {
  test('a table in Latin-1, by its first line that is none', async () => {
    const message = /a\.csv: line 2 is no text in UTF-8; write it in UTF-8/;
    await expect(opened(Buffer.from(table, 'latin1'))).rejects.toThrow(message);
  });

  test('a table in UTF-16, as Excel calls Unicode', async () => {
    const bytes = Buffer.from(`\ufeff${table}`, 'utf16le');
    await expect(opened(bytes)).rejects.toThrow(/a\.csv: is text in UTF-16; write it in UTF-8/);
  });

  test('labels of a tar', async () => {
    const members = [
      { name: '0.png', bytes: Buffer.from('x') },
      { name: '0.cls', bytes: Buffer.from('thé', 'latin1') },
    ];
    const pieces = async function* () {
      yield tarFile(members);
    };
    const reading = async () => allSamples(await readWebDataset([{ path: 'a.tar', pieces }], {}));
    await expect(reading()).rejects.toThrow(/sample 0, \.cls: line 1 is no text in UTF-8/);
  });

  test('bytes of numpy', async () => {
    const pieces = () => [Buffer.from('thé\0thè\0', 'latin1')];
    const form = { element: byteText(4), shape: [2], little: true, fortran: false, pieces };
    const reading = readLabels({ name: 'y', ...form }, 'a.npz');
    await expect(reading).rejects.toThrow(/a\.npz: y: .* label 0 is no text in UTF-8; save labels/);
  });
});

test('what is UTF-8 is read', async () => {
  const pieces = () => [Buffer.from('thé\0\0thè\0\0')];
  const form = { element: byteText(6), shape: [2], little: true, fortran: false, pieces };
  expect((await readLabels({ name: 'y', ...form }, 'a.npz')).labels).toEqual(['thé', 'thè']);
});
