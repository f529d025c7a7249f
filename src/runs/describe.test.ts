import { describe, expect, it } from 'vitest';
import { RequestError } from '../errors.ts';
import { parseConfig } from './config.ts';
import { describeRun } from './describe.ts';

describe('describeRun', () => {
  const net = 'resnext-26-2x64d';

  it.each([
    ['relu-preact', 11_653_978],
    ['preact', 11_653_018],
    ['preact-bn', 11_660_186],
    ['bn-shake', 11_646_810],
  ])('counts the parameters of Table 1: %s has %i', (layout, parameters) => {
    const description = describeRun(parseConfig({ net, layout, dataset: 'cifar10', batch: 16 }));
    expect(description.parameters).toBe(parameters);
    expect(description.macs).toBeCloseTo(1.69e9, -7);
    const rows = description.blocks.reduce((sum, row) => sum + row.parameters, 0);
    expect(rows).toBe(parameters);
  });

  it('counts the head on the features that are asked for', () => {
    const head = describeRun(parseConfig({ features: 2 })).blocks.at(-1);
    expect(head).toMatchObject({ name: 'head', in: 2, out: 10, parameters: 30, macs: 20 });
  });

  it('refuses data whose images it does not know', () => {
    expect(() => describeRun(parseConfig({ dataset: 'imagenet' }))).toThrow(RequestError);
  });
});
