import { expect, test } from 'vitest';
import { fixture } from '../../../testkit/dataFiles.ts';
import { RequestError } from '../../errors.ts';
import { spectrogramDefaults } from '../audio/parameters.ts';
import type { Decoding } from './decoders.ts';
import { decodeAll } from './pool.ts';

const decoding: Decoding = { medium: 'clips', version: 0, parameters: spectrogramDefaults };
const paths = ['flac.flac', 'pcm_s16le.wav', 'mp3.mp3'].map((name) => fixture('sounds', name));
const decode = (seconds?: number) =>
  decodeAll(paths, decoding, { bytes: 1, tell: () => {}, seconds });

test('packed sounds are decoded apart', async () => {
  for (const result of await decode()) expect(result).toHaveProperty('decoded.height', 64);
});

test('one whose decoder does not come to an end is named, and the others are read', async () => {
  const [flac, wav, mp3] = await decode(0);
  expect(wav).toHaveProperty('decoded.height', 64);
  for (const [index, result] of [flac, mp3].entries()) {
    expect(result).toBeInstanceOf(RequestError);
    expect((result as RequestError).message).toContain(`${paths[2 * index]}: no sound can be read`);
    expect((result as RequestError).message).toContain('its decoder is still busy after 0 s');
  }
});
