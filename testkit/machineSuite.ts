import { describe, test } from 'vitest';
import type { Machine } from '../src/machines/machine.ts';
import type { NamedTensors } from '../src/training/state.ts';
import { assertClose } from './assertClose.ts';
import { forwardStep, openFixture } from './fixtureModel.ts';
import { listFixtures, loadFixture } from './fixtures.ts';

/** What every machine must pass: whole nets against the values that PyTorch computed. */
export function machineSuite(machine: Machine, fixtures = listFixtures()): void {
  describe.each(fixtures)(`${machine.name} machine against PyTorch: %s`, (name) => {
    const fixture = loadFixture(name);
    const { batch } = fixture.net;

    test('evaluation', async () => {
      const model = openFixture(fixture, machine);
      model.execution.setImages(fixture.steps[0].images);
      model.select(Array.from({ length: batch }, (_, sample) => sample));
      await model.evaluate(batch);
      closeTo(model.features, fixture.evaluated.features.data, 'features');
      closeTo(model.logits, fixture.evaluated.logits.data, 'logits');
      model.close();
    });

    test('one step: features, loss, gradients, running statistics', async () => {
      const model = openFixture(fixture, machine);
      const loss = await forwardStep(model, fixture, 0);
      closeTo(model.features, fixture.trained.features.data, 'features');
      closeTo([loss], [fixture.trained.loss], 'loss');
      compare(model.tensors(), fixture.statistics);
      await model.execution.run('backward', batch);
      for (const { name: parameter, gradient } of model.program.parameters) {
        const { data } = fixture.gradients.get(parameter)!;
        closeTo(model.execution.values(gradient).subarray(0, data.length), data, parameter);
      }
      model.close();
    });

    const { finish } = fixture;
    if (!finish) return;
    test('all steps of SGD', async () => {
      const model = openFixture(fixture, machine);
      for (let index = 0; index < fixture.steps.length; index++) {
        await forwardStep(model, fixture, index);
        await model.learn(batch);
      }
      compare(model.tensors(), finish.after);
      const momenta = [...finish.momenta];
      compare(model.tensors(), new Map(momenta.map(([key, t]) => [`momentum.${key}`, t])));
      model.close();
    });
  });
}

function compare(live: NamedTensors, expected: NamedTensors): void {
  for (const [name, { data }] of expected) closeTo(live.get(name)!.data, data, name);
}

/** Within 1e-4 of the largest value: float32 through a whole net, against float64. */
function closeTo(actual: ArrayLike<number>, expected: Float32Array | number[], what: string): void {
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  assertClose(actual, expected, { absolute: 1e-4 * Math.max(largest, 1e-2), what });
}
