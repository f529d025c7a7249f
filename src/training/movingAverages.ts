import {
  type Averaged,
  type Averages,
  averagedOf,
  download,
  inPlaceOf,
  namedAverages,
} from './averages.ts';
import type { NetExecution } from './netExecution.ts';
import type { NamedTensors } from './state.ts';

/**
 * An exponential moving average (EMA) of everything that decides what a net computes: parameters,
 * running statistics, the head's state. After step t, from 0, the average moves by 1 − d towards
 * the live tensors, d the smaller of the decay and (1 + t) / (10 + t), so that it soon forgets how
 * the weights began.
 *
 * Source: Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992; the
 * first steps as in TensorFlow's ExponentialMovingAverage.
 */
export class MovingAverages implements Averages {
  private readonly net: NetExecution;
  private readonly decay: number;
  private readonly all: Averaged[];

  private constructor(net: NetExecution, decay: number) {
    this.net = net;
    this.decay = decay;
    this.all = averagedOf(net);
  }

  /** Averages that begin as the net stands. */
  static async of(net: NetExecution, decay: number): Promise<MovingAverages> {
    const averages = new MovingAverages(net, decay);
    for (const { tensor, average } of averages.all) await net.read(tensor, average);
    return averages;
  }

  async move(step: number): Promise<void> {
    const weight = 1 - Math.min(this.decay, (1 + step) / (10 + step));
    await download(this.net, this.all);
    for (const { live, average } of this.all)
      for (let i = 0; i < average.length; i++) average[i] += weight * (live[i] - average[i]);
  }

  tensors(): NamedTensors {
    return namedAverages(this.all);
  }

  measuresAnew = () => false;

  async complete(): Promise<void> {}

  during<Result>(run: () => Promise<Result>): Promise<Result> {
    return inPlaceOf(this.net, this.all, run);
  }
}
