import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, nativeHeaders } from './nativeHeaders.ts';

const headers = nativeHeaders();

test.each(Object.keys(headers))('%s is what `npm run generate` writes', (name) => {
  expect(readFileSync(join(folder, name), 'utf8')).toBe(headers[name]);
});

test('a convolution’s operands are the table’s, in its order', () => {
  expect(headers['instructions.h']).toContain(`struct ConvOperands {
  View view;
  int32_t weights;
  Stored to;
  int32_t kernel, stride, groups, winograd, sums;
};`);
});

test('a kernel is found by its opcode, with the scratch that it asks for', () => {
  expect(headers['kernels.h']).toContain('#include "dropout.h"');
  expect(headers['kernels.h']).toContain('    {dropout, dropoutScratch},');
  expect(headers['kernels.h']).toContain('    {sgd, noScratch},');
});
