import { expect, test } from 'vitest';
import { modelTitle } from './model.ts';

test.each([
  ['preact-bn', 'shake-shake', 'PreActBN with shaking'],
  ['preact', 'even', 'PreAct without shaking'],
  ['bn conv', 'shake-shake:level=batch', 'bn conv, shake-shake:level=batch'],
])('%s and %s are called %s', (layout, mixing, title) => {
  expect(modelTitle({ layout, mixing })).toBe(title);
});
