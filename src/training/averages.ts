import { sizeOf } from '../nets/parameters.ts';
import type { NetExecution } from './netExecution.ts';
import type { NamedTensors } from './state.ts';
import type { LastingTensor } from './tensors.ts';

/** A tensor of the net's, its average, and room to bring it down. */
interface Averaged {
  tensor: LastingTensor;
  average: Float32Array;
  live: Float32Array;
}

/**
 * An exponential moving average (EMA) of everything that decides what a net computes: parameters,
 * running statistics, the head's state. After step t, from 0, the average moves by 1 − d towards
 * the live tensors, d the smaller of the decay and (1 + t) / (10 + t), so that it soon forgets how
 * the weights began.
 *
 * Source: Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992; the
 * first steps as in TensorFlow's ExponentialMovingAverage.
 */
export class Averages {
  private readonly net: NetExecution;
  private readonly decay: number;
  private readonly all: Averaged[];

  private constructor(net: NetExecution, decay: number) {
    this.net = net;
    this.decay = decay;
    this.all = net.tensors
      .filter(({ ofNet }) => ofNet)
      .map((tensor) => {
        const [average, live] = [0, 1].map(() => new Float32Array(sizeOf(tensor.shape)));
        return { tensor, average, live };
      });
  }

  /** Averages that begin as the net stands. */
  static async of(net: NetExecution, decay: number): Promise<Averages> {
    const averages = new Averages(net, decay);
    for (const { tensor, average } of averages.all) await net.read(tensor, average);
    return averages;
  }

  /** Moves the averages after a step, `step` of them done before. */
  async move(step: number): Promise<void> {
    const weight = 1 - Math.min(this.decay, (1 + step) / (10 + step));
    await this.download();
    for (const { live, average } of this.all)
      for (let i = 0; i < average.length; i++) average[i] += weight * (live[i] - average[i]);
  }

  private async download(): Promise<void> {
    for (const { tensor, live } of this.all) await this.net.read(tensor, live);
  }

  /** The averages as a checkpoint keeps them, `average.<tensor>`. */
  tensors(): NamedTensors {
    const entries = this.all.map(({ tensor: { name, shape }, average }) => {
      return [`average.${name}`, { shape, data: average }] as const;
    });
    return new Map(entries);
  }

  /** Runs something on the averages in the place of the live tensors. */
  async during<Result>(run: () => Promise<Result>): Promise<Result> {
    await this.download();
    for (const { tensor, average } of this.all) this.net.write(tensor, average);
    try {
      return await run();
    } finally {
      for (const { tensor, live } of this.all) this.net.write(tensor, live);
    }
  }
}
