#!/bin/sh
# @napi-rs/canvas 1.1.1: loadImage takes a PNG that is cut in half for a whole image; what is missing is transparent.
# Seen: `whole 255,0,0,255 half 0,0,0,0`. shakelab decodes by sharp, which refuses it. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > init.log
npm install --silent --no-audit --no-fund @napi-rs/canvas@1.1.1 sharp@0.35.5
cat > run.cjs <<'JS'
const { createCanvas, loadImage } = require('@napi-rs/canvas');
const sharp = require('sharp');
const red = { width: 64, height: 64, channels: 3, background: '#ff0000' };
async function lowest(bytes) {
  const context = createCanvas(64, 64).getContext('2d');
  context.drawImage(await loadImage(bytes), 0, 0);
  return [...context.getImageData(0, 60, 1, 1).data].join();
}
(async () => {
  const whole = await sharp({ create: red }).png({ compressionLevel: 0 }).toBuffer();
  const half = whole.subarray(0, whole.length >> 1);
  const line = `whole ${await lowest(whole)} half ${await lowest(half)}`;
  console.log(line);
  const refused = await sharp(half, { failOn: 'error' }).raw().toBuffer().then(() => false, () => true);
  process.exit(line === 'whole 255,0,0,255 half 0,0,0,0' && refused ? 0 : 1);
})();
JS
node run.cjs
