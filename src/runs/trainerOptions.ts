import type { Dataset } from '../data/dataset.ts';
import { RequestError } from '../errors.ts';
import { parseFeatureVariation } from '../features/index.ts';
import { type Head, parseHead } from '../heads/index.ts';
import { type MixingLaw, parseMixing } from '../mixing/index.ts';
import { parseAveraging } from '../training/averaging.ts';
import { decayFor } from '../training/decay.ts';
import type { EvaluateEvery } from '../training/evaluations.ts';
import type { Regularisers } from '../training/regularisers.ts';
import { warmedUp } from '../training/schedule.ts';
import { checkTrainer, type Recipe, type TrainerOptions } from '../training/trainer.ts';
import { netOf } from './describe.ts';
import type { RunConfig } from './fields.ts';

/** A law or head of one's own, which the config calls by its name. */
export interface OwnParts {
  mixing?: MixingLaw;
  head?: Head;
}

/**
 * What a config says of a training, on its data.
 *
 * @throws RequestError on a name that does not parse, or of one's own that is not the config's
 */
export function trainerOptions(
  config: RunConfig,
  dataset: Dataset,
  own: OwnParts = {},
): TrainerOptions {
  const averaging = parseAveraging(config.swa);
  const { freeze, bodyRate, testMirror, precision } = config;
  return {
    mixing: ownOrNamed(own.mixing, config.mixing, parseMixing),
    head: ownOrNamed(own.head, config.head, parseHead),
    net: netOf(config, dataset),
    dataset,
    recipe: recipeOf(config),
    evaluateEvery: intervalOf(config),
    schedule: averaging.schedule(warmedUp(config.warmUp)),
    ...{ testMirror, freeze, bodyRate, precision },
    ...{ ...regularisersOf(config), averaging },
  };
}

/**
 * Refuses a config that `openModel` would refuse, but for data that are too few; opens nothing.
 *
 * @throws RequestError where its settings fit neither each other nor the data
 */
export const checkConfig = (config: RunConfig, dataset: Dataset): void =>
  checkTrainer(trainerOptions(config, dataset));

/**
 * A value of one's own, or the one that a config names.
 * @throws RequestError where it is not the one that the config names
 */
export function ownOrNamed<Choice extends { name: string }>(
  own: Choice | undefined,
  name: string,
  parse: (text: string) => Choice,
): Choice {
  if (!own) return parse(name);
  if (own.name === name) return own;
  throw new RequestError(
    `'${own.name}': the config names '${name}'; put this name into the config`,
  );
}

function recipeOf({ decayEpochs, ...config }: RunConfig): Recipe {
  const { epochs, batch, learningRate, momentum, seed } = config;
  const weightDecay = decayFor(config.weightDecay, epochs, decayEpochs);
  return { epochs, batch, learningRate, momentum, weightDecay, seed };
}

/** Epochs between two evaluations, as a config says. */
export const intervalOf = ({ evaluateEvery }: RunConfig): EvaluateEvery =>
  evaluateEvery === 'auto' ? 'auto' : Number(evaluateEvery);

function regularisersOf({ augment, featureAugment, ...config }: RunConfig): Regularisers {
  const { cutout, mixup, ricap, decay, averageDecay, classWeights, sampling } = config;
  const weighting = classWeights === 'auto' ? 'inverse' : classWeights;
  const classWeighting = weighting === 'none' ? undefined : weighting;
  const featureVariation = parseFeatureVariation(featureAugment);
  const named = augment === 'auto' ? {} : { augment };
  const drawn = { cutout, mixup, ricap, classWeighting, sampling, featureVariation };
  return { ...named, ...drawn, decay, averageDecay };
}
