import { openDataset } from '../src/data/datasets.ts';
import { parseConfig } from '../src/runs/config.ts';
import type { RunConfig } from '../src/runs/fields.ts';
import { type Model, openModel } from '../src/runs/open.ts';

/** Nets whose training in PyTorch is compared with ours: every kind of layout, skip path and several laws. */
export const exportedCases: Record<string, Partial<RunConfig>> = {
  'preact-bn': { net: 'resnext-8-2x2d', layout: 'preact-bn', features: 4 },
  postact: { net: 'resnext-8-2x2d', layout: 'postact', mixing: 'sub-band:bands=3' },
  bottleneck: { net: 'resnext-11-2x2x2d', layout: 'bottleneck-bn-shake', features: 4 },
  'three-branches': {
    net: 'resnext-8-3x2d',
    layout: 'relu-preact',
    mixing: 'stochastic-shake-shake',
  },
  wide: { net: 'wrn-10-1', layout: 'preact', mixing: 'shake-drop' },
};

/** Those whose values are committed, in testkit/fixtures/exported/. */
export const committedCases = ['preact-bn', 'three-branches'] as const;

/** Samples of the pass that is compared. */
export const passSamples = 16;

/** A case's model on built-in digits, before its first step. */
export async function exportedModel(config: Partial<RunConfig>): Promise<Model> {
  const dataset = await openDataset('digits', { trainSize: 64, testSize: 32 });
  const values = { dataset: 'digits', trainSize: 64, batch: 32, epochs: 1, ...config };
  return openModel(parseConfig(values), { dataset, threads: 1 });
}
