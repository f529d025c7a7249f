import { expect, test } from 'vitest';
import { modelTitle } from './titles.ts';

test.each([
  ['preact-bn', 'shake-shake', 'PreActBN with shaking'],
  ['preact', 'even', 'PreAct without shaking'],
  ['relu-preact', 'even', 'ReLU-PreAct without shaking'],
  ['bn conv', 'shake-shake:level=batch', 'bn conv, shake-shake:level=batch'],
])('%s and %s are called %s', (layout, mixing, title) => {
  expect(modelTitle({ layout, mixing })).toBe(title);
});
