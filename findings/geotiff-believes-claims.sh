#!/bin/sh
# geotiff 3.0.5 makes room for as many values as a tag claims: a file of 136 bytes whose colour map is said to have 2^24
# values takes 33 MiB before a pixel is read. Seen: `136 bytes, 33 MiB`. shakelab refuses such files first
# (src/data/image/tiffClaims.ts). Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > init.log
npm install --silent --no-audit --no-fund geotiff@3.0.5
cat > run.mjs <<'JS'
import { fromArrayBuffer } from 'geotiff';
// One grey pixel, one strip; the last tag is the colour map.
const tags = [[256, 3, 1, 1], [257, 3, 1, 1], [258, 3, 1, 8], [259, 3, 1, 1], [262, 3, 1, 1],
  [273, 4, 1, 8], [277, 3, 1, 1], [278, 3, 1, 1], [279, 4, 1, 1], [320, 3, 2 ** 24, 0]];
const file = Buffer.alloc(10 + 2 + 12 * tags.length + 4);
file.write('II*\0', 'latin1');
file.writeUInt32LE(10, 4);
file.writeUInt16LE(tags.length, 10);
tags.forEach(([tag, type, count, value], i) => {
  const at = 12 + 12 * i;
  file.writeUInt16LE(tag, at);
  file.writeUInt16LE(type, at + 2);
  file.writeUInt32LE(count, at + 4);
  file.writeUInt32LE(value, at + 8);
});
const before = process.memoryUsage().arrayBuffers;
const tiff = await fromArrayBuffer(new Uint8Array(file).buffer);
await (await tiff.getImage(0)).readRasters();
const mib = Math.floor((process.memoryUsage().arrayBuffers - before) / 2 ** 20);
console.log(`geotiff 3.0.5: ${file.length} bytes, ${mib} MiB`);
process.exit(mib >= 32 ? 0 : 1);
JS
node run.mjs
