import { readFileSync } from 'node:fs';
import { vi } from 'vitest';
import { fixture } from '../../../testkit/dataFiles.ts';
import { fuzzReader } from '../../../testkit/fuzzAsync.ts';
import { readSound } from './readSound.ts';

// Decoders that are compiled to WebAssembly, and the readers of their containers.
// libopus says there what it thinks of every packet.
vi.spyOn(console, 'error').mockImplementation(() => {});

for (const name of ['flac.flac', 'mp3.mp3', 'opus.opus', 'vorbis.ogg']) {
  fuzzReader(`sounds such as ${name}`, {
    valid: [readFileSync(fixture('sounds', name))],
    read: (bytes) => readSound(Buffer.from(bytes), name, 16_000),
  });
}
