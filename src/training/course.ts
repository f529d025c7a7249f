import type { Dataset } from '../data/dataset.ts';
import { classSizes } from '../data/sampling/classSizes.ts';
import { classWeights } from '../data/sampling/classWeights.ts';
import { parseSampling, type Sampling } from '../data/sampling/sampling.ts';
import { parseAugmentation } from '../data/transforms/parse.ts';
import { type BatchRange, trainingBatches } from './batches.ts';
import { epochBatches } from './epochBatches.ts';
import type { StepSize } from './netExecution.ts';
import type { Regularisers } from './regularisers.ts';
import { cosine, type Schedule } from './schedule.ts';
import type { Recipe, TrainerOptions } from './trainer.ts';
import { type BatchVariation, drawBatch, type TrainingBatch } from './trainingBatch.ts';

/** What a training shows its net step by step, and how far each step goes; knows no net. */
export class Course {
  readonly stepsPerEpoch: number;
  /** Of all epochs. */
  readonly steps: number;
  private readonly dataset: Dataset;
  private readonly recipe: Recipe;
  private readonly schedule: Schedule;
  private readonly sampling: Sampling;
  private readonly variation: BatchVariation;
  private readonly batches: BatchRange[];

  /** @throws RequestError on too few images, and on a name that does not parse */
  constructor(options: TrainerOptions) {
    const { dataset, recipe, averaging, sampling = 'natural' } = options;
    this.dataset = dataset;
    this.recipe = recipe;
    this.schedule = options.schedule ?? averaging?.schedule(cosine) ?? cosine;
    this.sampling = parseSampling(sampling);
    this.variation = variationOf(dataset, options);
    this.batches = trainingBatches(dataset.train.count, recipe.batch);
    this.stepsPerEpoch = this.batches.length;
    this.steps = recipe.epochs * this.stepsPerEpoch;
  }

  /** The batches of an epoch, from 0, by their places in it; one after the last is as those before it. */
  batchesOf(epoch: number): (index: number) => TrainingBatch {
    const { dataset, batches, sampling, steps, variation } = this;
    const { seed } = this.recipe;
    const samplesOf = epochBatches(dataset, batches, sampling, { seed, epoch });
    return (index) => {
      const { indices, visits } = samplesOf(index);
      const step = epoch * this.stepsPerEpoch + index;
      return drawBatch(dataset, indices, { seed, epoch, step, steps, visits }, variation);
    };
  }

  /** How step `step`, from 0, moves the parameters. */
  stepSize(step: number): StepSize {
    const { momentum, weightDecay, learningRate } = this.recipe;
    return { learningRate: this.schedule(learningRate, step, this.steps), momentum, weightDecay };
  }
}

/** How the images of every batch vary, and what each class counts. */
function variationOf(
  dataset: Dataset,
  { augment = dataset.augmentation, classWeighting, cutout, mixup, ricap }: Regularisers,
): BatchVariation {
  const weights = classWeighting && classWeights(sizesOf(dataset), classWeighting);
  return { augment: parseAugmentation(augment), cutout, mixup, ricap, classWeights: weights };
}

/** Training samples of every class. */
const sizesOf = ({ train, classNames }: Dataset): number[] =>
  classSizes(train.labels, classNames.length);
