import { openDataset } from '../src/data/datasets.ts';
import { parseConfig } from '../src/runs/config.ts';
import type { RunConfig } from '../src/runs/fields.ts';
import { type Model, openModel } from '../src/runs/open.ts';

/** Nets whose training in PyTorch is compared with ours: every kind of layout and skip path, several laws, all heads. */
export const exportedCases: Record<string, Partial<RunConfig>> = {
  'preact-bn': { net: 'resnext-8-2x2d', layout: 'preact-bn', features: 4 },
  postact: { net: 'resnext-8-2x2d', layout: 'postact', mixing: 'sub-band:bands=3' },
  bottleneck: { net: 'resnext-11-2x2x2d', layout: 'bottleneck-bn-shake', features: 4 },
  'three-branches': {
    net: 'resnext-8-3x2d',
    layout: 'relu-preact',
    mixing: 'stochastic-shake-shake',
  },
  'smoothed-labels': { net: 'resnext-8-2x2d', head: 'softmax:smoothing=0.1' },
  arcface: { net: 'resnext-8-2x2d', features: 4, head: 'arcface' },
  cosface: { net: 'resnext-8-2x2d', features: 4, head: 'cosface' },
  sphereface: { net: 'resnext-8-2x2d', features: 4, head: 'sphereface:margin=3,start=2,end=1' },
  'l-softmax': { net: 'resnext-8-2x2d', features: 4, head: 'l-softmax:start=2,end=1' },
  ccl: { net: 'resnext-8-2x2d', features: 4, head: 'ccl' },
  'ccl-running': { net: 'resnext-8-2x2d', features: 4, head: 'ccl:statistics=running' },
  contrastive: { net: 'resnext-8-2x2d', features: 4, head: 'contrastive' },
  triplet: { net: 'resnext-8-2x2d', features: 4, head: 'triplet' },
  wide: { net: 'wrn-10-1', layout: 'preact', mixing: 'shake-drop' },
};

/** Those whose values are committed, in testkit/fixtures/exported/. */
export const committedCases = [
  ...['preact-bn', 'three-branches', 'arcface', 'cosface', 'sphereface', 'l-softmax', 'ccl'],
  ...['contrastive', 'triplet'],
];

/** Samples of the pass that is compared. */
export const passSamples = 16;

/** A case's model on built-in digits, before its first step. */
export async function exportedModel(config: Partial<RunConfig>): Promise<Model> {
  const dataset = await openDataset('digits', { trainSize: 64, testSize: 32 });
  const values = { dataset: 'digits', trainSize: 64, batch: 32, epochs: 1, ...config };
  return openModel(parseConfig(values), { dataset, threads: 1 });
}
