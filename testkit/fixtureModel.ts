import { parseHead } from '../src/heads/index.ts';
import type { Machine } from '../src/machines/machine.ts';
import type { MixingLaw } from '../src/mixing/law.ts';
import { parseLayout } from '../src/nets/layouts.ts';
import { buildNet, type Net, parseNet } from '../src/nets/networks.ts';
import { Model } from '../src/training/model.ts';
import { restoreTensors } from '../src/training/state.ts';
import type { Fixture } from './fixtures.ts';

/** The law that gives step k the coefficients that PyTorch was given. */
function givenLaw({ steps }: Fixture): MixingLaw {
  return {
    name: 'given',
    bands: 1,
    draw({ step, block }, forward, backward) {
      const size = forward.length;
      const { alpha, beta } = steps[step];
      forward.set(alpha.data.subarray(block * size, (block + 1) * size));
      backward.set(beta.data.subarray(block * size, (block + 1) * size));
    },
    evaluation: ({ branches }, forward) => void forward.fill(1 / branches),
  };
}

/** The net that a fixture was computed with. */
export function fixtureNet({ net }: Fixture): Net {
  const { architecture, input, narrowed } = net;
  const layout = parseLayout(net.layout);
  const options = { ...input, layout, features: narrowed ? net.features : null };
  return architecture ? buildNet(net.name, architecture, options) : parseNet(net.net, options);
}

/** A fixture's net on a machine, with the fixture's parameters and running statistics. */
export function openFixture(fixture: Fixture, machine: Machine, threads?: number): Model {
  const { net, initial } = fixture;
  const model = new Model({
    net: fixtureNet(fixture),
    dataset: { mean: net.mean, std: net.std, classNames: Array(net.classes).fill('') },
    mixing: givenLaw(fixture),
    head: parseHead('softmax'),
    batch: net.batch,
    machine,
    threads,
  });
  const live = model.tensors();
  const momenta = [...live].filter(([name]) => name.startsWith('momentum.'));
  restoreTensors(live, new Map([...momenta, ...initial]));
  return model;
}

/** Runs step `index` of a fixture up to the loss. */
export async function forwardStep(model: Model, fixture: Fixture, index: number): Promise<number> {
  const { images, labels } = fixture.steps[index];
  const { batch } = fixture.net;
  model.execution.setImages(images);
  model.execution.setHyper({ statisticsMomentum: 0.1, ...fixture.net.recipe });
  model.select(Array.from({ length: batch }, (_, sample) => sample));
  model.draw(0, index, batch);
  await model.forward(batch);
  return model.loss({ labels, count: batch, step: 0, training: true });
}
