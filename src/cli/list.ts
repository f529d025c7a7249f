import { transforms } from '../data/transforms/parse.ts';
import { featureVariations } from '../features/index.ts';
import { heads } from '../heads/index.ts';
import { laws } from '../mixing/index.ts';
import type { Family } from '../options/index.ts';
import { type ConfigKey, configFields } from '../runs/fields.ts';
import { columns } from '../text/text.ts';
import type { ListFlags } from './commands/list.ts';
import { printResult, refuseForms } from './output.ts';

/** One thing that may be switched on by a flag. */
export interface Choice {
  kind: 'mixing law' | 'head' | 'regulariser';
  what: string;
  flag: string;
  /** Which data it makes sense on. */
  data: string;
  source: string;
}

/** Regularisers that are a number or a word of the config. */
const regularisers: Omit<Choice, 'kind'>[] = [
  {
    what: 'random crops and mirroring',
    flag: flagOf('augment', 'crop-flip'),
    data: 'pictures that may be mirrored; the default for CIFAR',
    source: 'He et al. 2015, arXiv:1512.03385',
  },
  {
    what: 'dropout between the convolutions; a step of any layout, dropout=0.3',
    flag: flagOf('layout', 'preact-dropout'),
    data: 'any',
    source: 'Zagoruyko & Komodakis 2016, arXiv:1605.07146',
  },
  {
    what: 'cutout: a square cut out of every image',
    flag: flagOf('cutout', '16'),
    data: 'any images',
    source: 'DeVries & Taylor 2017, arXiv:1708.04552',
  },
  {
    what: 'mixup: images and labels mixed in pairs',
    flag: flagOf('mixup', '0.2'),
    data: 'any; not with contrastive or triplet',
    source: 'Zhang et al. 2018, arXiv:1710.09412',
  },
  {
    what: 'RICAP: every image patched of four, their labels mixed by area',
    flag: flagOf('ricap', '0.3'),
    data: 'any images; not with contrastive or triplet',
    source: 'Takahashi et al. 2018, arXiv:1811.09030',
  },
  {
    what: 'classes weigh in the loss as their sizes ask, not their samples',
    flag: flagOf('classWeights', 'effective'),
    data: 'classes of unequal sizes; not with contrastive or triplet',
    source: 'Cui et al. 2019, arXiv:1901.05555',
  },
  {
    what: 'every class as often in an epoch; small ones repeat their samples',
    flag: flagOf('sampling', 'balanced'),
    data: 'classes of unequal sizes',
    source: 'Buda et al. 2018, arXiv:1710.05381',
  },
  {
    what: 'batches of a few samples of each of their classes',
    flag: flagOf('sampling', 'classes:samples=4'),
    data: 'any; for contrastive and triplet',
    source: 'Hermans et al. 2017, arXiv:1703.07737',
  },
  {
    what: 'weight decay on everything',
    flag: flagOf('weightDecay', '1e-4'),
    data: 'any',
    source: 'Gastaldi 2017, arXiv:1705.07485',
  },
  {
    what: 'weight decay for a budget: more of it the fewer the epochs',
    flag: flagOf('decayEpochs', '1800'),
    data: 'any',
    source: 'Loshchilov & Hutter 2019, arXiv:1711.05101',
  },
  {
    what: 'weight decay on filters and class vectors alone',
    flag: flagOf('decay', 'weights'),
    data: 'any',
    source: 'He et al. 2018, arXiv:1812.01187',
  },
  {
    what: 'moving average of the weights',
    flag: flagOf('averageDecay', '0.999'),
    data: 'any',
    source: 'Polyak & Juditsky 1992, doi:10.1137/0330046',
  },
  {
    what: 'mean of the weights over the last part of the training (SWA); or cyclic',
    flag: flagOf('swa', 'constant'),
    data: 'any',
    source: 'Izmailov et al. 2018, arXiv:1803.05407',
  },
  {
    what: 'test images judged together with their mirror images',
    flag: flagOf('testMirror', 'horizontal'),
    data: 'pictures that training shows mirrored',
    source: 'Krizhevsky, Sutskever & Hinton 2012, doi:10.1145/3065386',
  },
];

/** Choices that need more said than “any data”, by name. */
const fitting: Record<string, string> = {
  'sub-band': 'images whose rows mean something, such as the frequencies of spectrograms',
  flip: 'pictures that may be mirrored',
  randaugment: 'photographs',
  'time-shift': 'spectrograms',
  'spec-augment': 'spectrograms',
  contrastive: 'any, a few samples of each class to a batch',
  triplet: 'any, a few samples of each class to a batch',
  extrapolate: 'any, a few samples of each class to a batch',
  interpolate: 'any, a few samples of each class to a batch',
};

/** Every mixing law, head and regulariser, with its flag and source. */
export function listChoices(): Choice[] {
  const { none: _, ...variations } = featureVariations;
  return [
    ...choicesOf('mixing law', 'mixing', laws),
    ...choicesOf('head', 'head', heads),
    ...choicesOf('regulariser', 'augment', transforms),
    ...regularisers.map((row) => ({ kind: 'regulariser' as const, ...row })),
    ...choicesOf('regulariser', 'featureAugment', variations),
  ];
}

function choicesOf(
  kind: Choice['kind'],
  key: ConfigKey,
  families: Record<string, Family<unknown>>,
): Choice[] {
  return Object.entries(families).map(([name, { summary, source }]) => {
    const flag = flagOf(key, name);
    return { kind, what: summary, flag, data: fitting[name] ?? 'any', source };
  });
}

function flagOf(key: ConfigKey, value: string): string {
  return `--${configFields[key].flag} ${value}`;
}

/** `shakelab list`: what may be switched on, as text, JSON or the README's table. */
export function list({ markdown, json }: ListFlags): void {
  refuseForms({ markdown, json });
  const choices = listChoices();
  printResult(json, choices, () => {
    if (markdown) return markdownTable(choices);
    const rows = choices.map(({ kind, flag, what, source }) => [kind, flag, what, source]);
    return columns(rows);
  });
}

/** The table of the README. */
export function markdownTable(choices: Choice[]): string {
  const lines = choices.map(
    ({ kind, what, flag, data, source }) =>
      `| ${kind} | \`${flag}\` | ${what} | ${data} | ${source} |`,
  );
  return ['| | flag | what it does | works on | source |', '|---|---|---|---|---|', ...lines].join(
    '\n',
  );
}
