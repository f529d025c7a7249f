import { expect, it } from 'vitest';
import { stubDataset } from '../../../testkit/fakeStudy.ts';
import { parseConfig } from '../../runs/config.ts';
import { describeRun } from '../../runs/describe.ts';
import { fittingRuns, trainingBytes } from './memory.ts';

const [small, large] = ['resnext-8-1x2d', 'resnext-8-2x8d'].map((net) => {
  const config = parseConfig({ dataset: 'digits', net });
  return { id: net, model: net, title: net, config };
});

it('counts the largest net, the images twice, and the process', () => {
  const stub = stubDataset('digits', 'digits');
  const images = new Uint8Array(5000);
  const dataset = { ...stub, train: { ...stub.train, images } };
  const { arenaBytes } = describeRun(large.config);
  expect(arenaBytes).toBeGreaterThan(describeRun(small.config).arenaBytes);
  expect(trainingBytes([small, large, small], dataset)).toBe(150e6 + 10_000 + arenaBytes);
});

it('leaves a part of the memory, and tries one run even where none fits', () => {
  expect(fittingRuns(2e9, 10.1e9)).toBe(4);
  expect(fittingRuns(2e9, 1e9)).toBe(1);
});
