import { listDatasets } from '../data/datasets.ts';
import { heads } from '../heads/index.ts';
import { laws } from '../mixing/index.ts';
import { namedLayouts, tokens } from '../nets/layouts.ts';
import { configFields, configKeys, defaultConfig } from '../runs/fields.ts';
import type { Vocabulary } from './schemas.ts';

/** The words that configs are made of, and which data are at hand. */
export async function vocabulary(dataFolder?: string): Promise<Vocabulary> {
  const datasets = await listDatasets({ folder: dataFolder });
  return {
    defaults: defaultConfig,
    fields: configKeys.map((key) => {
      const { flag, help } = configFields[key];
      return { key, flag, help };
    }),
    tokens: [...tokens],
    layouts: namedLayouts,
    mixings: Object.keys(laws),
    heads: Object.keys(heads),
    datasets: datasets.map(({ name, title, images: { train, test }, found }) => ({
      ...{ name, title, train, test },
      found: found !== null,
    })),
  };
}
