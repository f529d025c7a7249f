import { expect, it } from 'vitest';
import { explain, isRefusal, refused, unreadable } from './refusals.ts';

const refusal = (code: string, more = {}) =>
  Object.assign(new Error('what it says'), { code, syscall: 'open', ...more });

it.each([
  ['ENOENT', 'it is not there', 'put it back'],
  ['EACCES', 'this user may not read there', 'make it readable'],
  ['EMFILE', 'this process has too many files open', 'raise the limit (ulimit -n)'],
  ['EXYZ', 'what it says', 'check the disk and the file'],
])('tells a refusal to read: %s', (code, reason, remedy) => {
  expect(unreadable(refusal(code))).toBe(`cannot be read, ${reason} (${code}); ${remedy}`);
});

it('tells a refusal to write, and one that nobody knows more of', () => {
  const full = 'the disk is full (ENOSPC); free some space';
  expect(explain(refusal('ENOSPC'))).toBe(`cannot be written, ${full}`);
  expect(refused(refusal('ENOSPC', { path: '/a' }))).toBe(`/a: the system refuses (open), ${full}`);
  expect(refused(refusal('EXYZ'))).toBe(
    'the system refuses (open), what it says (EXYZ); see what stands in its way',
  );
});

it('knows the errors of a system from faults of its own', () => {
  expect(isRefusal(refusal('EIO'))).toBe(true);
  expect(isRefusal(new TypeError('a fault'))).toBe(false);
});
