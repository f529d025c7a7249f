import { describe, test } from 'vitest';
import type { Machine } from '../src/machines/machine.ts';
import { sizeOf } from '../src/nets/parameters.ts';
import type { NetExecution } from '../src/training/netExecution.ts';
import type { NamedTensors } from '../src/training/state.ts';
import { assertClose } from './assertClose.ts';
import { firstPlaces, forwardStep, openFixture } from './fixtureNet.ts';
import { listFixtures, loadFixture } from './fixtures.ts';

/** What every machine must pass: whole nets against the values that PyTorch computed. */
export function machineSuite(machine: Machine, fixtures = listFixtures()): void {
  describe.each(fixtures)(`${machine.name} machine against PyTorch: %s`, (name) => {
    const fixture = loadFixture(name);
    const { batch } = fixture.net;

    test('evaluation', async () => {
      const net = openFixture(fixture, machine);
      net.choose(fixture.steps[0].images, firstPlaces(batch));
      await net.evaluate(batch);
      await net.head.computeLogits(batch);
      closeTo(net.head.features, fixture.evaluated.features.data, 'features');
      closeTo(net.head.logits, fixture.evaluated.logits.data, 'logits');
      net.close();
    });

    test('one step: features, loss, gradients, running statistics', async () => {
      const net = openFixture(fixture, machine);
      const loss = await forwardStep(net, fixture, 0);
      closeTo(net.head.features, fixture.trained.features.data, 'features');
      closeTo([loss], [fixture.trained.loss], 'loss');
      await compare(net, fixture.statistics);
      await net.backward(batch);
      for (const { name: parameter, shape, gradient } of net.program.parameters) {
        const found = new Float32Array(sizeOf(shape));
        await net.execution.read(gradient, found);
        closeTo(found, fixture.gradients.get(parameter)!.data, parameter);
      }
      net.close();
    });

    const { finish } = fixture;
    if (!finish) return;
    test('all steps of SGD', async () => {
      const net = openFixture(fixture, machine);
      for (let index = 0; index < fixture.steps.length; index++) {
        await forwardStep(net, fixture, index);
        await net.backward(batch);
        await net.update();
      }
      await compare(net, finish.after);
      const momenta = [...finish.momenta];
      await compare(net, new Map(momenta.map(([key, t]) => [`momentum.${key}`, t])));
      net.close();
    });
  });
}

async function compare(net: NetExecution, expected: NamedTensors): Promise<void> {
  for (const [name, { data }] of expected) {
    const found = new Float32Array(data.length);
    await net.read(net.tensors.find((tensor) => tensor.name === name)!, found);
    closeTo(found, data, name);
  }
}

/** Within 1e-4 of the largest value: float32 through a whole net, against float64. */
function closeTo(actual: ArrayLike<number>, expected: Float32Array | number[], what: string): void {
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  assertClose(actual, expected, { absolute: 1e-4 * Math.max(largest, 1e-2), what });
}
