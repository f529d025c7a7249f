import { expect, test } from 'vitest';
import { crc32, crc32c } from './crc.ts';

const digits = Buffer.from('123456789');

test.each([
  [crc32, digits, 0xcbf43926],
  [crc32c, digits, 0xe3069283],
  [crc32c, new Uint8Array(32), 0x8a9136aa],
  [crc32c, new Uint8Array(0), 0],
])('checks as the catalogue of checks and RFC 3720 say', (check, bytes, value) => {
  expect(check(bytes)).toBe(value);
});
