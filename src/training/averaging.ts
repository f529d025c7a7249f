import { z } from 'zod';
import { countOption, type Family, family, numberOption, parseChoice } from '../options/index.ts';
import type { Schedule } from './schedule.ts';

/** How the weights of the last part of a training are averaged, and how it learns meanwhile. */
export interface WeightAveraging {
  /** As text, defaults left out: read again, it is this averaging. */
  readonly name: string;
  /** How many states of the weights the mean holds after so many steps; 0 where there is none yet. */
  models(done: number, steps: number): number;
  /** The learning rate: another schedule squeezed into the steps before the mean begins, and then its own. */
  schedule(before: Schedule): Schedule;
}

/** Weights are not averaged. */
const none = family(
  { summary: 'weights are not averaged', source: '' },
  (name): WeightAveraging => ({ name, models: () => 0, schedule: (before) => before }),
);

/** A share of the steps that leaves some on either side. */
const startOption = numberOption(
  'must be a number above 0 and below 1',
  (value) => value > 0 && value < 1,
  0.75,
);

const rateOption = (initial: number) =>
  numberOption(
    'must be a number above 0 and at most 1',
    (value) => value > 0 && value <= 1,
    initial,
  );

/** The steps before the mean begins. */
const stepsBefore = (start: number, steps: number): number =>
  Math.min(Math.max(1, Math.round(start * steps)), steps);

/** A schedule squeezed into the first steps and lifted, so that it ends at a share of the base rate. */
const lifted =
  (before: Schedule, share: number): Schedule =>
  (base, step, steps) =>
    share * base + (1 - share) * before(base, step, steps);

const constantOptions = z.strictObject({
  /** Share of the steps before the mean begins. */
  start: startOption,
  /** Share of the learning rate that the steps of the mean have. */
  rate: rateOption(0.5),
});

/** The mean of the weights after every step, at a constant rate: cycles of one step. */
const constant = family(
  {
    summary: 'the mean of the weights over the last steps, at a constant rate',
    source: 'Izmailov et al. 2018, arXiv:1803.05407',
    options: constantOptions,
  },
  (name, { start, rate }): WeightAveraging => ({
    name,
    models: (done, steps) => Math.max(0, done - stepsBefore(start, steps) + 1),
    schedule: (before) => (base, step, steps) => {
      const first = stepsBefore(start, steps);
      return step < first ? lifted(before, rate)(base, step, first) : rate * base;
    },
  }),
);

const cyclicOptions = z.strictObject({
  start: startOption,
  /** Share of the learning rate that a cycle falls from. */
  rate: rateOption(0.5),
  /** Share of it that a cycle falls to. */
  low: rateOption(0.01),
  cycles: countOption(1, 4),
});

/**
 * The mean of the weights at the end of every cycle: within one of c steps step i, from 1, has the rate
 * (1 − t) α₁ + t α₂ with t = i / c (section 3.1 of the source).
 */
const cyclic = family(
  {
    summary: 'the mean of the weights at the ends of cycles, in each of which the rate falls',
    source: 'Izmailov et al. 2018, arXiv:1803.05407',
    options: cyclicOptions,
  },
  (name, { start, rate, low, cycles }): WeightAveraging => {
    const lengthOf = (steps: number) =>
      Math.max(1, Math.floor((steps - stepsBefore(start, steps)) / cycles));
    return {
      name,
      models(done, steps) {
        const first = stepsBefore(start, steps);
        return done < first ? 0 : 1 + Math.floor((done - first) / lengthOf(steps));
      },
      schedule: (before) => (base, step, steps) => {
        const first = stepsBefore(start, steps);
        if (step < first) return lifted(before, rate)(base, step, first);
        const length = lengthOf(steps);
        const t = (((step - first) % length) + 1) / length;
        return base * ((1 - t) * rate + t * low);
      },
    };
  },
);

/** Every way of averaging weights by name. */
const averagings: Record<string, Family<WeightAveraging>> = { none, constant, cyclic };

/**
 * Reads how weights are averaged: its name, then options after a colon, such as `cyclic:start=0.5,cycles=10`.
 *
 * @throws RequestError pointing at the name, option or value that does not fit
 */
export const parseAveraging = (text: string): WeightAveraging =>
  parseChoice({ field: 'swa', noun: 'averaging' }, averagings, text);
