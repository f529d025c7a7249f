import { type DataSettings, dataSettings, settingNames } from '../data/settings.ts';
import type { Precision } from '../program/precision.ts';
import type { Decay } from '../program/program.ts';
import type { TestMirror } from '../training/evaluate.ts';

/** What `classWeights` may say. */
export const weightChoices = ['none', 'auto', 'inverse', 'effective'] as const;

/** What `decay` may say. */
export const decayChoices = ['all', 'weights'] as const satisfies Decay[];

/** What `testMirror` may say. */
export const mirrorChoices = ['none', 'horizontal'] as const satisfies TestMirror[];

/** Everything that decides a run's result; the same for flags, config files and `run.json`. */
export interface RunConfig extends DataSettings {
  /** A name, or `folder:` and the absolute path of a folder of one's own. */
  dataset: string;
  net: string;
  layout: string;
  mixing: string;
  head: string;
  /** Channels of the very last block; null keeps the net's own width. */
  features: number | null;
  /** A safetensors file whose weights the run begins with, by its absolute path; null draws them. */
  init: string | null;
  /** What training leaves as it is: none, body, a number of stages, or parts by name. */
  freeze: string;
  /** Number of training images used; null takes them all. */
  trainSize: number | null;
  /** Which images `trainSize` takes: the seed of their choice, whatever that of the run. */
  subset: number;
  /** A fold of the training images to test on, see `parseFold`; null tests on the test set. */
  fold: string | null;
  /**
   * Images to choose by: 'auto' (the data set's own, where it sets some apart), 'own', 'none', or a share
   * or a count of the training images, which are held out.
   */
  validation: string;
  /** How training varies the images; 'auto' is as the data set is usually trained on. */
  augment: string;
  /** Side in pixels of a square cut out of every training image; 0 for none. */
  cutout: number;
  /** α of mixup's Beta(α, α); 0 for none. */
  mixup: number;
  /** β of RICAP's Beta(β, β); 0 for none. */
  ricap: number;
  /** How classes of different sizes weigh in the training loss. */
  classWeights: (typeof weightChoices)[number];
  /** Which training samples an epoch visits. */
  sampling: string;
  /** How features are varied before the head while training; 'none' leaves them. */
  featureAugment: string;
  epochs: number;
  /** Images a step, a multiple of 16. */
  batch: number;
  /** Learning rate of the first step; it falls to 0 along a cosine. */
  learningRate: number;
  /** Share of the steps over which the learning rate rises to it first. */
  warmUp: number;
  /** Share of it at which all but the head learns. */
  bodyRate: number;
  momentum: number;
  weightDecay: number;
  /** Epochs that the weight decay is meant for, see `decayFor`; 0 leaves it as it is. */
  decayEpochs: number;
  /** What weight decay pulls at: all parameters, or neither biases nor batch norms. */
  decay: Decay;
  /** Decay of the moving average of weights that is evaluated; 0 for none. */
  averageDecay: number;
  /** How weights are averaged over the last part of the training (SWA); 'none' does not. */
  swa: string;
  seed: number;
  /** What activations and their gradients are stored in. */
  precision: Precision;
  /** Epochs between two evaluations, or 'auto': as many as keep them cheap; the last one always is. */
  evaluateEvery: string;
  /** Ends the training after so many epochs without a better validation; 0 for never. */
  patience: number;
  /** Whether an image is judged together with its mirror image. */
  testMirror: TestMirror;
}

export type ConfigKey = keyof RunConfig;

/** One entry of the config as a user meets it. */
export interface ConfigField<Value> {
  flag: string;
  argument: string;
  help: string;
  initial: Value;
}

/** The config's entries in the order of every listing, with flag, help and default. */
export const configFields: { readonly [K in ConfigKey]: ConfigField<RunConfig[K]> } = {
  dataset: {
    flag: 'dataset',
    argument: 'name',
    help: 'data to train on: a name of `data list`, or the path of a folder of your own',
    initial: 'mnist',
  },
  net: {
    flag: 'net',
    argument: 'name',
    help: 'net, resnext-D-NxWd: depth D, N branches, width W; or resnext-29-16x64d, wrn-28-10 …',
    initial: 'resnext-20-2x4d',
  },
  layout: {
    flag: 'layout',
    argument: 'layout',
    help: "steps of a branch: a name or a string such as 'bn relu conv bn'; bottleneck and wide nets have a default of their own",
    initial: 'preact-bn',
  },
  mixing: {
    flag: 'mixing',
    argument: 'law',
    help: 'law that blends the branches, with :options; `shakelab list` names them',
    initial: 'shake-shake',
  },
  head: {
    flag: 'head',
    argument: 'head',
    help: 'loss on the features, with :options: softmax, ccl, arcface …',
    initial: 'softmax',
  },
  features: {
    flag: 'features',
    argument: 'count',
    help: 'channels of the last block; 2 can be drawn as a plane',
    initial: null,
  },
  init: {
    flag: 'init',
    argument: 'file',
    help: 'begin with the weights of a safetensors file, named as `export --to pytorch` does; a head for other classes is drawn anew',
    initial: null,
  },
  freeze: {
    flag: 'freeze',
    argument: 'parts',
    help: 'parameters to leave as they are: none, body (all but the head), a number of stages, or names: stem,stage1.block2',
    initial: 'none',
  },
  trainSize: {
    flag: 'train-size',
    argument: 'count',
    help: 'train on this many images only',
    initial: null,
  },
  subset: {
    flag: 'subset',
    argument: 'number',
    help: 'which images --train-size takes: the seed of their choice',
    initial: 1,
  },
  fold: {
    flag: 'fold',
    argument: 'fold',
    help: 'test on a fold of the training images, leave the test set alone: 2/5; 2/5:3, third repeat',
    initial: null,
  },
  validation: {
    flag: 'validation',
    argument: 'images',
    help: 'choose by these: a share or count of the training images, own, none, or auto (own if any)',
    initial: 'auto',
  },
  ...dataSettings,
  augment: {
    flag: 'augment',
    argument: 'way',
    help: 'vary the images while training: none, crop-flip, shift+rotate …, or auto (as is usual for the data)',
    initial: 'auto',
  },
  cutout: {
    flag: 'cutout',
    argument: 'pixels',
    help: 'cut a square of this side out of every training image; 0 for none',
    initial: 0,
  },
  mixup: {
    flag: 'mixup',
    argument: 'alpha',
    help: 'mix images and labels in pairs, the share from Beta(alpha, alpha); 0 for none',
    initial: 0,
  },
  ricap: {
    flag: 'ricap',
    argument: 'beta',
    help: 'patch every image of four, where they meet from Beta(beta, beta), labels by area; 0 for none',
    initial: 0,
  },
  classWeights: {
    flag: 'class-weights',
    argument: 'how',
    help: 'weigh classes in the loss: none, inverse (to their sizes), effective (milder), or auto (inverse)',
    initial: 'none',
  },
  sampling: {
    flag: 'sampling',
    argument: 'way',
    help: 'samples of an epoch: natural, balanced (every class as often), classes:samples=4 (in groups)',
    initial: 'natural',
  },
  featureAugment: {
    flag: 'feature-augment',
    argument: 'way',
    help: 'vary features before the head: none, extrapolate, interpolate, noise',
    initial: 'none',
  },
  epochs: { flag: 'epochs', argument: 'count', help: 'passes over the data', initial: 10 },
  batch: {
    flag: 'batch',
    argument: 'size',
    help: 'images a step, a multiple of 16',
    initial: 128,
  },
  learningRate: {
    flag: 'lr',
    argument: 'rate',
    help: 'first learning rate of the cosine',
    initial: 0.1,
  },
  warmUp: {
    flag: 'warm-up',
    argument: 'share',
    help: 'share of the steps over which the learning rate rises to --lr, before the cosine',
    initial: 0,
  },
  bodyRate: {
    flag: 'body-rate',
    argument: 'share',
    help: 'share of the learning rate at which all but the head learns',
    initial: 1,
  },
  momentum: { flag: 'momentum', argument: 'value', help: 'Nesterov momentum', initial: 0.9 },
  weightDecay: {
    flag: 'weight-decay',
    argument: 'value',
    help: 'weight decay',
    initial: 1e-4,
  },
  decayEpochs: {
    flag: 'decay-epochs',
    argument: 'epochs',
    help: 'epochs that --weight-decay is meant for: decays by √(these / --epochs) times as much; 0 for as it is',
    initial: 0,
  },
  decay: {
    flag: 'decay',
    argument: 'which',
    help: 'decay all parameters, or weights alone: no bias, no batch norm',
    initial: 'all',
  },
  averageDecay: {
    flag: 'ema',
    argument: 'decay',
    help: 'evaluate a moving average of the weights, such as 0.999; 0 for none',
    initial: 0,
  },
  swa: {
    flag: 'swa',
    argument: 'how',
    help: 'evaluate the mean of the weights over the last part: constant, cyclic:start=0.75,cycles=4 …, or none',
    initial: 'none',
  },
  seed: { flag: 'seed', argument: 'number', help: 'seed of everything random', initial: 1 },
  precision: {
    flag: 'precision',
    argument: 'numbers',
    help: 'store activations and their gradients as float32 or bf16, in half the memory; all else is float32',
    initial: 'float32',
  },
  evaluateEvery: {
    flag: 'evaluate-every',
    argument: 'epochs',
    help: 'evaluate after so many epochs, or auto: seldom enough to cost at most a fifth of the time',
    initial: 'auto',
  },
  patience: {
    flag: 'patience',
    argument: 'epochs',
    help: 'stop after so many epochs without a better validation; 0 for never',
    initial: 0,
  },
  testMirror: {
    flag: 'test-mirror',
    argument: 'how',
    help: 'judge an image by the mean logits of it and its mirror image: horizontal, or none',
    initial: 'none',
  },
};

/** The keys of a config in the order of every listing. */
export const configKeys = Object.keys(configFields) as ConfigKey[];

/** What a run does when nothing is said. */
export const defaultConfig = Object.fromEntries(
  configKeys.map((key) => [key, configFields[key].initial]),
) as unknown as RunConfig;

/** What tells data, and the form they are read in, from any other: the key of caches. */
export const dataKeyOf = (config: RunConfig): string =>
  JSON.stringify([
    ...[config.dataset, config.trainSize, config.subset, config.fold, config.validation],
    ...settingNames.map((name) => config[name]),
  ]);
