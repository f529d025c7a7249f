import { readFileSync } from 'node:fs';
import CodecParser, { type CodecFrame, type OggPage } from 'codec-parser';
import { expect, test } from 'vitest';
import { fixture } from '../../../testkit/dataFiles.ts';
import { flacValues, opusValues, refuseClaims } from './claims.ts';
import { readSound } from './readSound.ts';

test.each([
  [2 ** 25, 1, 'taken'],
  [2 ** 25 + 1, 1, '1 bytes are taken to hold up to 33554432'],
  [2 ** 26, 2 ** 15, 'taken'],
  [2 ** 26 + 1, 2 ** 15, '32768 bytes are taken to hold up to 67108864'],
  [2 ** 29 + 1, 2 ** 20, '1048576 bytes are taken to hold up to 536870912'],
])('%i values in %i bytes: %s', (values, length, expected) => {
  const refuse = () => refuseClaims(values, { length } as Uint8Array);
  if (expected === 'taken') expect(refuse).not.toThrow();
  else expect(refuse).toThrow(`would make ${values} samples of all channels, but ${expected}`);
});

const bytesOf = (name: string): Buffer => readFileSync(fixture('sounds', name));

test('frames of FLAC and packets of Opus tell what is in them', async () => {
  const frames = new CodecParser<CodecFrame>('audio/flac').parseAll(bytesOf('flac.flac'));
  const { length } = await readSound(bytesOf('flac.flac'), 'a.flac', 8000);
  expect(flacValues(frames)).toBe(2 * length);
  const pages = new CodecParser<OggPage>('audio/ogg').parseAll(bytesOf('opus.opus'));
  // Packets of 20 ms each, of two channels.
  const packets = pages.flatMap(({ codecFrames }) => codecFrames);
  expect(opusValues(packets)).toBe(packets.length * 960 * 2);
});

/** A file with as many more packets, of a byte each, in a page before its last. */
function withPackets(file: Buffer, packets: number): Buffer {
  const last = file.lastIndexOf('OggS');
  const lengths = Buffer.alloc(packets, 1);
  const page = Buffer.from([...file.subarray(last, last + 26), packets, ...lengths]);
  page[5] = 0;
  return Buffer.concat([file.subarray(0, last), page, Buffer.alloc(packets), file.subarray(last)]);
}

test('Vorbis of 255 channels and the longest blocks is refused before it is decoded', async () => {
  const bytes = withPackets(bytesOf('vorbis.ogg'), 250);
  bytes[28 + 11] = 255;
  bytes[28 + 28] = 0xd8;
  const before = process.memoryUsage().arrayBuffers;
  await expect(readSound(bytes, 'a.ogg', 16_000)).rejects.toThrow(
    `a.ogg: no sound can be read from it (its packets would make ${255 * 4096 * 255} samples of all ` +
      `channels, but ${bytes.length} bytes are taken to hold up to 33554432); save it`,
  );
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
});
