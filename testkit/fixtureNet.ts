import { parseHead } from '../src/heads/index.ts';
import type { Machine } from '../src/machines/machine.ts';
import type { MixingLaw } from '../src/mixing/law.ts';
import { parseLayout } from '../src/nets/layouts.ts';
import { buildNet, type Net, parseNet } from '../src/nets/networks.ts';
import { NetExecution } from '../src/training/netExecution.ts';
import { checkTensors } from '../src/training/state.ts';
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
export function openFixture(fixture: Fixture, machine: Machine, threads?: number): NetExecution {
  const { net, initial } = fixture;
  const opened = new NetExecution({
    net: fixtureNet(fixture),
    dataset: { mean: net.mean, std: net.std, classNames: Array(net.classes).fill('') },
    mixing: givenLaw(fixture),
    head: parseHead('softmax'),
    batch: net.batch,
    machine,
    threads,
  });
  const own = opened.tensors.filter(({ kind }) => kind !== 'momentum');
  checkTensors(own, initial);
  for (const tensor of own) opened.write(tensor, initial.get(tensor.name)!.data);
  return opened;
}

/** Places of the first images of a split. */
export const firstPlaces = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** Runs step `index` of a fixture up to the loss. */
export async function forwardStep(
  net: NetExecution,
  fixture: Fixture,
  index: number,
): Promise<number> {
  const { images, labels } = fixture.steps[index];
  const { batch, recipe } = fixture.net;
  net.execution.setHyper({ statisticsMomentum: 0.1, ...recipe });
  net.choose(images, firstPlaces(batch));
  await net.forward({ seed: 0, step: index }, batch);
  return (await net.head.loss({ labels, count: batch, step: 0, training: true })).loss;
}
