import { expect, test } from 'vitest';
import { openDataset } from './datasets.ts';
import { datasetDigest } from './identity.ts';
import { canonicalValidation, splitNamed, withValidation } from './validation.ts';

const digits = () => openDataset('digits', { trainSize: 200, testSize: 10 });

const countsOf = (labels: Uint16Array): number[] =>
  Array.from({ length: 10 }, (_, label) => labels.filter((own) => own === label).length);

test('a share is held out of every class in proportion, the same images again and again', async () => {
  const whole = await digits();
  const held = withValidation(whole, '0.1');
  expect([held.train.count, held.validation?.count]).toEqual([180, 20]);
  const before = countsOf(whole.train.labels);
  const shares = countsOf(held.validation!.labels);
  shares.forEach((share, label) => {
    expect(Math.abs(share - before[label] / 10)).toBeLessThan(1);
  });
  const again = withValidation(await digits(), '0.1');
  expect(again.validation!.images).toEqual(held.validation!.images);
  expect(again.train.images).toEqual(held.train.images);
  expect(held.test).toBe(whole.test);
});

test('held out and left images together are the training images', async () => {
  const whole = await digits();
  const { train, validation } = withValidation(whole, '30');
  expect(validation!.count).toBe(30);
  const sum = (bytes: Uint8Array) => bytes.reduce((total, value) => total + value, 0);
  expect(sum(train.images) + sum(validation!.images)).toBe(sum(whole.train.images));
  expect(train.count + validation!.count).toBe(200);
});

test('data are told by what they are, not by what is held out of them', async () => {
  const whole = await digits();
  expect(datasetDigest(withValidation(whole, '0.2'))).toBe(datasetDigest(whole));
});

test('data that are divided already are not divided again', async () => {
  const once = withValidation(await digits(), '0.1');
  expect(withValidation(once, '0.1')).toBe(once);
});

test('own images are taken, kept or set aside as the setting says', async () => {
  const whole = await digits();
  expect(withValidation(whole, 'auto').validation).toBeUndefined();
  expect(() => withValidation(whole, 'own')).toThrow(/own: built-in digits sets no images apart/i);
  const own = { ...whole, validation: whole.test };
  expect(withValidation(own, 'auto').validation).toBe(whole.test);
  expect(withValidation(own, 'own').validation).toBe(whole.test);
  expect(withValidation(own, 'none').validation).toBeNull();
  expect(datasetDigest(withValidation(own, 'none'))).toBe(datasetDigest(own));
});

test('texts have one spelling, and others are refused', () => {
  expect(['0.10', 'own', '1e2'].map(canonicalValidation)).toEqual(['0.1', 'own', '100']);
  for (const text of ['0', '1.5', '-3', 'half', ''])
    expect(() => canonicalValidation(text)).toThrow(/must be a share of the training images/);
});

test('a split that is not there is refused with the remedy', async () => {
  const whole = await digits();
  expect(splitNamed(whole, 'test')).toBe(whole.test);
  expect(() => splitNamed(whole, 'validation')).toThrow(/the run has no validation images/);
});

test('more than can be spared is refused', async () => {
  const whole = await digits();
  expect(() => withValidation(whole, '195')).toThrow(/195: of 200 .*take fewer/);
  expect(() => withValidation(whole, '200')).toThrow(/take fewer/);
});
