#!/bin/sh
# sharp 0.35.5 (libvips 8.18.7): of a TIFF of signed 16-bit values, raw({ depth: 'short' }) gives none below 0 in any
# space it can be brought to. Seen of -100 0 255 256 32767: `grey16: 0 0 255 256 32767`.
# shakelab reads such files by geotiff (src/data/image/tiff.ts).
set -e
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > init.log
npm install --silent --no-audit --no-fund sharp@0.35.5
cat > run.cjs <<'JS'
const sharp = require('sharp');
/** A TIFF file of one row of grey values: little-endian, one strip, no compression. */
function tiff(values, bits, format) {
  const tags = [[256, 3, values.length / (bits / 8)], [257, 3, 1], [258, 3, bits], [259, 3, 1], [262, 3, 1],
    [273, 4, 8], [277, 3, 1], [278, 3, 1], [279, 4, values.length], [339, 3, format]];
  const start = 8 + values.length + (values.length % 2);
  const file = Buffer.alloc(start + 2 + 12 * tags.length + 4);
  file.write('II*\0', 'latin1');
  file.writeUInt32LE(start, 4);
  values.copy(file, 8);
  file.writeUInt16LE(tags.length, start);
  tags.forEach(([tag, type, value], i) => {
    const at = start + 2 + 12 * i;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(1, at + 4);
    file.writeUInt32LE(value, at + 8);
  });
  return file;
}
const values = Buffer.from(Int16Array.of(-100, 0, 255, 256, 32767).buffer);
sharp(tiff(values, 16, 2)).toColourspace('grey16').raw({ depth: 'short' }).toBuffer().then((data) => {
  const line = 'grey16: ' + Array.from(new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length))).join(' ');
  console.log(line);
  process.exit(line === 'grey16: 0 0 255 256 32767' ? 0 : 1);
});
JS
node run.cjs
