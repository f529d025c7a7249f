import { expect, test } from 'vitest';
import { assess, mistakes, mostlyTakenFor } from './assessment.ts';

/** Logits of three classes: the predicted one has the given lead over the others. */
const logitsOf = (predicted: readonly number[], leads: readonly number[]) =>
  predicted.flatMap((k, sample) => [0, 1, 2].map((at) => (at === k ? leads[sample] : 0)));

const predictions = {
  logits: logitsOf([0, 1, 1, 2, 0], [1, 2, 5, 3, 0.5]),
  labels: [0, 1, 0, 2, 2],
  classes: 3,
};

test('an assessment counts each class, and names what is most confidently wrong', () => {
  const found = assess(predictions);
  expect(found.confusion).toEqual([
    [1, 1, 0],
    [0, 1, 0],
    [1, 0, 1],
  ]);
  expect(found.samples).toBe(5);
  expect(found.accuracy?.share).toBe(0.6);
  expect(found.perClass[1]).toMatchObject({ samples: 1, predicted: 2 });
  expect(found.wrongest.map(({ sample }) => sample)).toEqual([2, 4]);
  const certain = Math.exp(5) / (Math.exp(5) + 2);
  expect(found.wrongest[0].confidence).toBeCloseTo(certain, 12);
  expect(found.calibration?.bins).toHaveLength(15);
  expect(found.calibration?.bins[14]).toMatchObject({ count: 1, accuracy: { share: 0 } });
  expect([found.temperature, found.tempered]).toEqual([null, null]);
});

test('a temperature is fitted on validation samples and applied to those of the test', () => {
  const { temperature, calibration, tempered } = assess(predictions, { validation: predictions });
  expect(temperature?.temperature).toBeGreaterThan(1);
  expect(tempered?.logLoss).toBeLessThan(calibration!.logLoss);
  expect(tempered?.logLoss).toBeCloseTo(temperature!.after!, 12);
});

test('validation samples that are all right have no temperature', () => {
  const validation = { logits: [3, 0, 0], labels: [0], classes: 3 };
  const { temperature, tempered } = assess(predictions, { validation });
  expect(temperature).toMatchObject({ temperature: null, unfit: 'no errors' });
  expect(tempered).toBeNull();
});

test('without samples there is nothing to say', () => {
  const { accuracy, calibration, wrongest } = assess({ logits: [], labels: [], classes: 2 });
  expect([accuracy, calibration, wrongest]).toEqual([null, null, []]);
});

test('mistakes are told by how often they are made', () => {
  const confusion = [
    [9, 1, 0],
    [4, 5, 0],
    [0, 0, 7],
  ];
  expect(mistakes(confusion)).toEqual([
    { label: 1, predicted: 0, count: 4 },
    { label: 0, predicted: 1, count: 1 },
  ]);
  expect(mostlyTakenFor(confusion[1], 1)).toEqual({ label: 1, predicted: 0, count: 4 });
  expect(mostlyTakenFor(confusion[2], 2)).toBeNull();
});
