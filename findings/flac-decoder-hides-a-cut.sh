#!/bin/sh
# @wasm-audio-decoders/flac 0.2.11: of a FLAC file that is cut in half, decodeFile gives what there is, here nothing, and
# an empty list of errors. Seen: `whole 8000 samples, half: 0, 0 errors`.
# shakelab compares with the count that the file states (src/data/audio/packed.ts). Needs ffmpeg. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > init.log
npm install --silent --no-audit --no-fund @wasm-audio-decoders/flac@0.2.11
ffmpeg -hide_banner -loglevel error -f lavfi -i sine=frequency=440:sample_rate=8000:duration=1 a.flac
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { FLACDecoder } from '@wasm-audio-decoders/flac';
const bytes = readFileSync('a.flac');
async function decode(part) {
  const decoder = new FLACDecoder();
  await decoder.ready;
  const { samplesDecoded, errors } = await decoder.decodeFile(part);
  decoder.free();
  return { samples: samplesDecoded, errors: errors.length };
}
const [whole, half] = [await decode(bytes), await decode(bytes.subarray(0, bytes.length >> 1))];
console.log(`whole ${whole.samples} samples, half: ${half.samples}, ${half.errors} errors`);
process.exit(whole.samples === 8000 && half.samples < 8000 && half.errors === 0 ? 0 : 1);
JS
node run.mjs
