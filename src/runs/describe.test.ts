import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RequestError } from '../errors.ts';
import { parseConfig } from './config.ts';
import { describeRun } from './describe.ts';

/** The rows of the README's table of nets. */
function publishedNets() {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const row = /^\| ((?:resnext|wrn)-\S+) +\| (\S+) +\| ([\d,]+) +\| (?:([\d.]+) M)? *\|$/gm;
  return [...readme.matchAll(row)].map(([, net, layout, parameters, published]) => ({
    ...{ net, layout, parameters, published },
  }));
}

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

  it.each(publishedNets())('$net, $layout, has the $parameters parameters of the README', (row) => {
    const { net, layout, parameters, published } = row;
    const counted = describeRun(parseConfig({ net, layout, dataset: 'cifar10', batch: 16 }));
    expect(counted.parameters.toLocaleString('en')).toBe(parameters);
    if (published) expect(Math.abs(counted.parameters / 1e6 - Number(published))).toBeLessThan(0.1);
  });

  it('the README names every net of Table 1', () => {
    const nets = new Set(publishedNets().map(({ net }) => net));
    for (const net of ['resnext-26-2x64d', 'resnext-26-2x96d', 'resnext-29-16x64d', 'wrn-28-10'])
      expect(nets).toContain(net);
  });

  it('says what a net is made of where copies of it tend to differ', () => {
    const parts = (net: string) => describeRun(parseConfig({ net, dataset: 'cifar10' })).parts;
    expect(parts('wrn-28-10')).toEqual({
      stem: 'conv',
      branch: 'bn relu conv bn relu conv',
      skip: 'conv1 of the activated input',
      end: 'bn, relu, mean over pixels',
    });
    expect(parts('resnext-29-16x64d')).toMatchObject({ stem: 'conv, bn, relu', skip: 'conv1, bn' });
  });

  it('counts the head on the features that are asked for', () => {
    const head = describeRun(parseConfig({ features: 2 })).blocks.at(-1);
    expect(head).toMatchObject({ name: 'head', in: 2, out: 10, parameters: 30, macs: 20 });
  });

  it('refuses data whose images it does not know', () => {
    expect(() => describeRun(parseConfig({ dataset: 'imagenet' }))).toThrow(RequestError);
  });
});
