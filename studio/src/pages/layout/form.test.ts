import { expect, test } from 'vitest';
import { configOf } from './form.ts';

test('numbers become numbers, empty fields are left out, names stay text', () => {
  const values = { dataset: 'digits', epochs: '3', features: ' 2 ', trainSize: '', seed: 'x' };
  expect(configOf(values)).toEqual({ dataset: 'digits', epochs: 3, features: 2, seed: 'x' });
});
