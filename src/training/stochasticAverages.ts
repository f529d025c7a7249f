import {
  type Averaged,
  type Averages,
  averagedOf,
  download,
  inPlaceOf,
  namedAverages,
  type TrainingPlace,
} from './averages.ts';
import type { WeightAveraging } from './averaging.ts';
import type { NetExecution } from './netExecution.ts';
import { completeName, type NamedTensors } from './state.ts';

/**
 * Stochastic weight averaging (SWA): the mean of the parameters over the last part of a training, the weights that
 * it begins with among them. Running statistics and the head's state are of no use to a mean of weights: they are
 * measured anew, over one more epoch of training images, at the end of an epoch that is evaluated. A mean without
 * them is not complete, and the weights that train are evaluated in its place.
 *
 * Source: Izmailov, Podoprikhin, Garipov, Vetrov and Wilson, "Averaging weights leads to wider optima and better
 * generalization", UAI 2018 (arXiv:1803.05407), algorithm 1: w_SWA ← (w_SWA n + w) / (n + 1).
 */
export class StochasticAverages implements Averages {
  private readonly net: NetExecution;
  private readonly models: (done: number) => number;
  private readonly all: Averaged[];
  private readonly parameters: Averaged[];
  private readonly statistics: Averaged[];
  /** 1 where the statistics are those of the mean, as a checkpoint keeps it. */
  private readonly isComplete = new Float32Array(1);

  /** @param steps of the whole training */
  constructor(net: NetExecution, averaging: WeightAveraging, steps: number) {
    this.net = net;
    this.models = (done) => averaging.models(done, steps);
    this.all = averagedOf(net);
    this.parameters = this.all.filter(({ tensor }) => tensor.kind === 'parameter');
    this.statistics = this.all.filter(({ tensor }) => tensor.kind === 'statistic');
  }

  async move(step: number): Promise<void> {
    const count = this.models(step + 1);
    if (count === 0) return;
    this.isComplete[0] = 0;
    for (const { average } of this.statistics) average.fill(0);
    if (count === this.models(step)) return;
    await download(this.net, this.parameters);
    for (const { live, average } of this.parameters)
      for (let i = 0; i < average.length; i++) average[i] += (live[i] - average[i]) / count;
  }

  tensors(): NamedTensors {
    const complete = { shape: [1], data: this.isComplete };
    return new Map([...namedAverages(this.all), [completeName, complete]]);
  }

  measuresAnew(done: number): boolean {
    return this.models(done) > 0;
  }

  async complete({ step, observe }: TrainingPlace): Promise<void> {
    if (!this.measuresAnew(step) || this.isComplete[0] === 1) return;
    await download(this.net, this.statistics);
    await inPlaceOf(this.net, this.parameters, async () => {
      await observe();
      for (const { tensor, average } of this.statistics) await this.net.read(tensor, average);
    });
    for (const { tensor, live } of this.statistics) this.net.write(tensor, live);
    this.isComplete[0] = 1;
  }

  during<Result>(run: () => Promise<Result>): Promise<Result> {
    return this.isComplete[0] === 1 ? inPlaceOf(this.net, this.all, run) : run();
  }
}
