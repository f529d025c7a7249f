import { expect } from 'vitest';
import { type Member, tarFile } from '../../testkit/cifarFiles.ts';
import { fuzzBytes } from '../../testkit/fuzz.ts';
import { MemberCollector } from './tar.ts';

const members: Member[] = [
  { name: 'd', type: 'Directory' },
  { name: 'd/readme', bytes: Buffer.alloc(2000, 1) },
  { name: 'd/first', bytes: Buffer.from(Array.from({ length: 700 }, (_, i) => i % 256)) },
  { name: './d/second', bytes: Buffer.from('the second') },
];
const wanted = { names: ['d/first', 'd/second'], largest: 1000 };

fuzzBytes('tar', {
  valid: [tarFile(members), tarFile(members.slice(2, 3)), tarFile(members.slice(0, 1))],
  parse(bytes) {
    const collector = new MemberCollector('a.tar', wanted);
    for (let at = 0; at < bytes.length; at += 1000) collector.write(bytes.subarray(at, at + 1000));
    return collector.finish();
  },
  accepted(found) {
    for (const [name, contents] of found) {
      expect(wanted.names).toContain(name);
      expect(contents.length).toBeLessThanOrEqual(wanted.largest);
    }
  },
  words: [
    'ustar',
    '../',
    './',
    'd/first',
    '00000000700',
    '77777777777',
    '\x80',
    '0',
    '5',
    'L',
    'x',
  ],
  repair(bytes) {
    for (let at = 0; at + 512 <= bytes.length; at += 512) {
      const header = Buffer.from(bytes.buffer, bytes.byteOffset + at, 512);
      if (header.toString('latin1', 257, 262) === 'ustar') sealHeader(header);
    }
  },
});

/** Makes a changed header's checksum right, so that more than the checksum is tested. */
function sealHeader(header: Buffer): void {
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}
