import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import { listDatasets } from '../../data/datasets.ts';
import { heads } from '../../heads/index.ts';
import { laws } from '../../mixing/index.ts';
import { namedLayouts, tokens } from '../../nets/layouts.ts';
import { configFields, configKeys, defaultConfig } from '../../runs/fields.ts';
import { configSchema, whole } from '../schemas.ts';
import type { Studio } from '../studio.ts';
import { anyway, json, resource } from './resource.ts';

/** The words that configs are made of. */
export const vocabularySchema = z
  .object({
    defaults: configSchema,
    fields: z.array(z.object({ key: z.enum(configKeys), flag: z.string(), help: z.string() })),
    tokens: z.array(z.string()),
    /** The paper's layouts: name to tokens. */
    layouts: z.record(z.string(), z.string()),
    mixings: z.array(z.string()),
    heads: z.array(z.string()),
    datasets: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        train: whole,
        test: whole,
        /** Whether it is at hand; else a run would have to download it first. */
        found: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Vocabulary' });

export type Vocabulary = z.infer<typeof vocabularySchema>;

/** Tells which words configs are made of, and which data are at hand. */
export const vocabulary = ({ dataFolder }: Studio) =>
  resource().openapi(
    createRoute({
      method: 'get',
      path: '/api/vocabulary',
      summary: 'Names, defaults and help of everything a config may say',
      responses: { 200: json('The words', vocabularySchema), ...anyway },
    }),
    async (context) => context.json(await wordsOf(dataFolder), 200),
  );

async function wordsOf(dataFolder?: string): Promise<Vocabulary> {
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
