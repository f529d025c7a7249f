#!/bin/sh
# wavefile 11.0.0: fromIMAADPCM() never decodes the last block of IMA ADPCM, and decodes Microsoft's ADPCM, another
# code of the same 4 bits, as IMA's without a word. Seen: `ima silent, microsoft decoded without a word`.
# shakelab reads both by its own decoders (src/data/audio/adpcm.ts).
set -e
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > init.log
npm install --silent --no-audit --no-fund wavefile@11.0.0
cat > run.cjs <<'JS'
const { WaveFile } = require('wavefile');
/** One block of one channel at 8 kHz: WAV with a format chunk of `tag` and the bytes of a block. */
function wav(tag, samplesPerBlock, extra, block) {
  const fmt = Buffer.alloc(20 + extra.length);
  fmt.writeUInt16LE(tag, 0);
  fmt.writeUInt16LE(1, 2);
  fmt.writeUInt32LE(8000, 4);
  fmt.writeUInt32LE(4000, 8);
  fmt.writeUInt16LE(block.length, 12);
  fmt.writeUInt16LE(4, 14);
  fmt.writeUInt16LE(2 + extra.length, 16);
  fmt.writeUInt16LE(samplesPerBlock, 18);
  extra.copy(fmt, 20);
  const chunk = (name, bytes) => {
    const head = Buffer.alloc(8);
    head.write(name);
    head.writeUInt32LE(bytes.length, 4);
    return Buffer.concat([head, bytes]);
  };
  const fact = Buffer.alloc(4);
  fact.writeUInt32LE(samplesPerBlock);
  const body = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', fmt), chunk('fact', fact), chunk('data', block)]);
  return chunk('RIFF', body);
}
const decoded = (file) => {
  const wave = new WaveFile();
  wave.fromBuffer(file);
  wave.fromIMAADPCM();
  return Array.from(wave.getSamples(false, Int16Array));
};
const ima = decoded(wav(0x11, 9, Buffer.alloc(0), Buffer.from([232, 3, 10, 0, 0x12, 0x34, 0x56, 0x70])));
const pairs = Buffer.alloc(2 + 28);
pairs.writeUInt16LE(7, 0);
[256, 0, 512, -256, 0, 0, 192, 64, 240, 0, 460, -208, 392, -232].forEach((n, i) => pairs.writeInt16LE(n, 2 + 2 * i));
let microsoft = 'refused';
try {
  decoded(wav(2, 4, pairs, Buffer.from([0, 16, 0, 232, 3, 208, 7, 0x12])));
  microsoft = 'decoded without a word';
} catch {}
const silent = ima.every((sample) => sample === 0) ? 'silent' : 'sounding';
const line = `ima ${silent}, microsoft ${microsoft}`;
console.log(line);
process.exit(line === 'ima silent, microsoft decoded without a word' ? 0 : 1);
JS
node run.cjs
