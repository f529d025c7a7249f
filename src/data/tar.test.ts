import { describe, expect, test } from 'vitest';
import { type Member, tarFile } from '../../testkit/cifarFiles.ts';
import { RequestError } from '../errors.ts';
import { readMembers } from './tar.ts';

const first = Buffer.from(Array.from({ length: 700 }, (_, i) => i % 256));
const second = Buffer.from('the second');
const members: Member[] = [
  { name: 'd', type: 'Directory' },
  { name: 'd/readme', bytes: Buffer.alloc(2000, 1) },
  { name: 'd/first', bytes: first },
  { name: './d/second', bytes: second },
];
const wanted = { names: ['d/first', 'd/second'], largest: 1000 };
const read = (bytes: Uint8Array, size = 333) => readMembers(cut(bytes, size), 'a.tar', wanted);

test.each([1, 100, 512, 5000])('finds the members wanted in pieces of %i bytes', async (size) => {
  const found = await read(tarFile(members), size);
  expect([...found.keys()]).toEqual(wanted.names);
  expect(first.equals(found.get('d/first')!)).toBe(true);
  expect(second.equals(found.get('d/second')!)).toBe(true);
});

test.each<Member>([
  { name: '../d/first', bytes: first },
  { name: '/d/first', bytes: first },
  { name: 'd/../d/first', bytes: first },
  { name: 'd//first', bytes: first },
  { name: 'x/d/first', bytes: first },
  { name: 'd/first', type: 'SymbolicLink', target: '/etc/passwd' },
  { name: 'd/first', type: 'Link', target: 'd/readme' },
  { name: 'd/first', type: 'Directory' },
])('passes over $name, $type', async (member) => {
  expect((await read(tarFile([member, ...members.slice(0, 2)]))).size).toBe(0);
});

describe('refuses', () => {
  const whole = tarFile(members);
  const damaged = Buffer.from(whole).fill(0x37, 600, 640);
  const large = { name: 'd/first', bytes: Buffer.alloc(1001) };
  test.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'an empty file'],
    ['a text', Buffer.alloc(3000, 'no archive '), 'not a whole tar archive'],
    ['a damaged header', damaged, 'checksum failure'],
    ['an archive cut within a member', whole.subarray(0, 4500), 'Truncated'],
    ['the same member twice', tarFile([members[2], members[2]]), 'd/first is there twice'],
    ['a member that is too large', tarFile([large]), 'd/first claims 1001 bytes'],
    ['what is still packed', Buffer.concat([Buffer.of(0x1f, 0x8b), whole]), 'packed twice'],
  ])('%s', async (_, bytes, message) => {
    const reading = read(bytes);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(/^a\.tar, after byte \d+ unpacked: /);
    await expect(reading).rejects.toThrow(RequestError);
  });
});

function* cut(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
