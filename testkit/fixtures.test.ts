import { describe, expect, test } from 'vitest';
import { assertClose } from './assertClose.ts';
import { fixtureNet } from './fixtureNet.ts';
import { type Fixture, listFixtures, loadFixture } from './fixtures.ts';
import { elements, type Tensor } from './safetensors.ts';

test('the fixtures cover the named layouts, odd ones, sizes and branch counts', () => {
  const nets = listFixtures().map((name) => loadFixture(name).net);
  const layouts = new Set(nets.map((net) => net.layout));
  for (const layout of ['postact', 'relu-preact', 'preact', 'preact-bn', 'bn-shake', 'conv bn'])
    expect(layouts).toContain(layout);
  expect(new Set(nets.map((net) => net.blocks[0].branches))).toEqual(new Set([1, 2, 3]));
  expect(new Set(nets.map((net) => net.narrowed))).toEqual(new Set([true, false]));
  const projections = new Set(nets.map(({ architecture }) => architecture?.projection));
  expect(projections).toEqual(new Set([undefined, 'conv-bn', 'preact-conv']));
  expect(nets.some((net) => net.input.height % 2 === 1)).toBe(true);
});

test('a missing fixture is an error', () => {
  expect(() => loadFixture('no-such-case')).toThrow(/no-such-case/);
});

describe.each(listFixtures())('fixture %s', (name) => {
  const fixture = loadFixture(name);
  const { net } = fixture;

  test('gives every step its bytes, labels and coefficients', () => {
    const { channels, height, width } = net.input;
    expect(fixture.steps).toHaveLength(net.steps);
    for (const step of fixture.steps) {
      expect(step.images).toHaveLength(net.batch * channels * height * width);
      expect(step.labels).toHaveLength(net.batch);
      expect(Math.max(...step.labels)).toBeLessThan(net.classes);
      for (const coefficients of [step.alpha, step.beta])
        expect(coefficients.shape).toEqual([net.blocks.length, net.blocks[0].branches, net.batch]);
    }
  });

  test('describes the blocks of the net that its name or architecture means', () => {
    expect(net.blocks).toEqual(fixtureNet(fixture).blocks);
  });

  test('names every parameter with a shape that fits', () => {
    const trained = [...fixture.gradients.values()].reduce((sum, t) => sum + t.data.length, 0);
    expect(trained).toBe(net.parameters);
    expect(fixture.gradients.size + fixture.statistics.size).toBe(fixture.initial.size);
    for (const tensor of fixture.initial.values()) expectFinite(tensor);
    expect(net.steps > 1).toBe(fixture.finish !== null);
  });

  test('computes its logits and its loss from its features', () => {
    const { features, logits, loss } = fixture.trained;
    expect(features.shape).toEqual([net.batch, net.features]);
    assertClose(linear(fixture, features), logits.data, { absolute: 1e-5, what: 'logits' });
    const { evaluated } = fixture;
    assertClose(linear(fixture, evaluated.features), evaluated.logits.data, { absolute: 1e-5 });
    assertClose([crossEntropy(logits, fixture.steps[0].labels)], [loss], { relative: 1e-6 });
  });
});

function expectFinite({ shape, data }: Tensor): void {
  expect(data).toHaveLength(elements(shape));
  expect(data.every(Number.isFinite)).toBe(true);
}

function linear({ net, initial }: Fixture, { data }: Tensor): number[] {
  const weight = initial.get('head.weight')!.data;
  const bias = initial.get('head.bias')!.data;
  return Array.from({ length: net.batch * net.classes }, (_, index) => {
    const sample = data.subarray(Math.floor(index / net.classes) * net.features);
    const row = weight.subarray((index % net.classes) * net.features);
    return bias[index % net.classes] + dot(sample, row, net.features);
  });
}

function dot(a: Float32Array, b: Float32Array, length: number): number {
  let sum = 0;
  for (let index = 0; index < length; index++) sum += a[index] * b[index];
  return sum;
}

function crossEntropy({ shape: [count, classes], data }: Tensor, labels: Uint16Array): number {
  const losses = Array.from(labels, (label, sample) => {
    const logits = data.subarray(sample * classes, (sample + 1) * classes);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    return Math.log(total) - logits[label];
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / count;
}
