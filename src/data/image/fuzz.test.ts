import { readFileSync } from 'node:fs';
import { fixture } from '../../../testkit/dataFiles.ts';
import { fuzzReader } from '../../../testkit/fuzzAsync.ts';
import { decodeImage } from '../folder/images.ts';

// geotiff's own code reads these, not libvips.
const names = ['big16', 'deflate16', 'double', 'five', 'half', 'planes16', 'rgba8', 'signed'];

fuzzReader('TIFF files', {
  valid: names.map((name) => readFileSync(fixture('images', `${name}.tif`))),
  read: (bytes) =>
    decodeImage(Buffer.from(bytes), 'a.tif', {
      size: { height: 8, width: 8 },
      channels: 'auto',
      range: { low: 0, high: 1 },
    }),
});
