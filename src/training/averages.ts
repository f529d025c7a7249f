import type { NamedTensors } from './state.ts';

/**
 * An exponential moving average of everything that decides what a model computes: parameters,
 * running statistics, the head's state. After step t, from 0, the average moves by 1 − d towards
 * the live tensors, d the smaller of the decay and (1 + t) / (10 + t), so that it soon forgets how
 * the weights began.
 *
 * Source: Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992; the
 * first steps as in TensorFlow's ExponentialMovingAverage.
 */
export class Averages {
  private readonly pairs: {
    name: string;
    shape: number[];
    live: Float32Array;
    kept: Float32Array;
  }[];
  private readonly decay: number;

  /** @param live the model's tensors as they begin; momenta among them are not averaged */
  constructor(live: NamedTensors, decay: number) {
    this.decay = decay;
    this.pairs = [...live]
      .filter(([name]) => !name.startsWith('momentum.'))
      .map(([name, { shape, data }]) => ({ name, shape, live: data, kept: data.slice() }));
  }

  /** Moves the averages after a step, `step` of them done before. */
  move(step: number): void {
    const weight = 1 - Math.min(this.decay, (1 + step) / (10 + step));
    for (const { live, kept } of this.pairs)
      for (let i = 0; i < kept.length; i++) kept[i] += weight * (live[i] - kept[i]);
  }

  /** The averages as a checkpoint keeps them, `average.<tensor>`. */
  tensors(): NamedTensors {
    const entries = this.pairs.map(({ name, shape, kept }) => {
      return [`average.${name}`, { shape, data: kept }] as const;
    });
    return new Map(entries);
  }

  /** Exchanges the live tensors and their averages. */
  swap(): void {
    for (const { live, kept } of this.pairs) {
      const trained = live.slice();
      live.set(kept);
      kept.set(trained);
    }
  }
}
